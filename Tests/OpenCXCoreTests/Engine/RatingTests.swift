import OpenCXCore
import OpenCXTesting
import Testing

/// What customers think of sessions and of single answers.
struct RatingTests {
    private static let hour = Duration.seconds(3600)

    private func desk(_ policy: SatisfactionPolicy = SatisfactionPolicy(delays: ["test": .zero])) -> Desk {
        Desk(
            answerer: ScriptedAnswerer(answering: "Within 60 days."), settings: AgentSettings(satisfaction: policy),
            hasEndpoint: true)
    }

    private func events(_ desk: Desk, _ accepted: AcceptedMessage) async throws -> [HistoryEntry.Event] {
        try await desk.history(accepted).map(\.event).filter {
            switch $0 {
            case .status, .ratingRequested, .rated: true
            default: false
            }
        }
    }

    @Test func `whoever closes a session, its customer is asked at once and answers`() async throws {
        let desk = desk()
        let accepted = try await desk.customer("Until when can I return it?")
        let closed = try await desk.agent.close(accepted.session, by: .person("mia"))
        #expect(closed?.ratingRequestedAt == desk.clock.now())
        let rated = try await desk.agent.rate(
            accepted.session, score: 2, comment: UnredactedText("Slow! Call me: jane@example.com"))
        #expect(rated?.rating?.comment == "Slow! Call me: [EMAIL_1]")
        try await desk.agent.runUntilIdle()
        let told = desk.endpoint.deliveries.suffix(2)
        #expect(told.map(\.name.rawValue) == ["csat.requested", "csat.score_submitted"])
        #expect(told.last?.payload["score"] == 2)
        #expect(told.last?.payload["comment"] == "Slow! Call me: [EMAIL_1]")
        #expect(told.last?.payload["conversation_id"]?.string == accepted.session.rawValue)
        #expect(!"\(try await desk.history(accepted))".contains("jane@example.com"))
    }

    @Test func `silence ends a session and asks after the delay`() async throws {
        let desk = desk(SatisfactionPolicy(delays: ["test": Self.hour]))
        let accepted = try await desk.customer("Until when can I return it?")
        desk.clock.advance(by: Self.hour * 24)
        try await desk.agent.runUntilIdle()
        #expect(try await events(desk, accepted) == [.status(.closedResolved, by: .ai, because: .inactivity)])
        desk.clock.advance(by: Self.hour)
        let heard = desk.agent.events()
        try await desk.agent.runUntilIdle()
        #expect(try await events(desk, accepted).last == .ratingRequested)
        var iterator = heard.makeAsyncIterator()
        #expect(await iterator.next()?.kind == .ratingRequested)
    }

    @Test(arguments: [
        (SatisfactionPolicy(), SessionStatus.closedResolved, false),
        (SatisfactionPolicy(delays: ["sms": .zero]), .closedResolved, false),
        (SatisfactionPolicy(delays: ["test": .zero]), .closedUnresolved, false),
        (SatisfactionPolicy(delays: ["test": .zero], asksUnresolved: true), .closedUnresolved, true),
        (SatisfactionPolicy(delays: ["test": .zero]), .open, false),
    ])
    func `nobody is asked where the team does not want it`(
        policy: SatisfactionPolicy, status: SessionStatus, isAsked: Bool
    ) async throws {
        let desk = desk(policy)
        let accepted = try await desk.customer("Until when can I return it?")
        _ = try await desk.agent.close(accepted.session, as: status, by: .customer)
        #expect(try await events(desk, accepted).contains(.ratingRequested) == isAsked)
    }

    @Test func `a second rating counts instead of the first, the same once more is nothing new`() async throws {
        let desk = desk()
        let accepted = try await desk.customer("Until when can I return it?")
        _ = try await desk.agent.close(accepted.session, by: .customer)
        for score in [1, 1, 4] { _ = try await desk.agent.rate(accepted.session, score: score) }
        let ratings = try await events(desk, accepted).compactMap { event in
            if case .rated(let rating) = event { rating.score } else { nil }
        }
        #expect(ratings == [1, 4])
        #expect(try await desk.session(accepted).rating?.score == 4)
    }

    @Test func `whoever has rated is not asked again, whoever has not is asked at each end`() async throws {
        let desk = desk()
        let accepted = try await desk.customer("Until when can I return it?")
        for _ in 0..<2 {
            _ = try await desk.agent.close(accepted.session, by: .person("mia"))
            try await desk.customer("One more thing")
        }
        _ = try await desk.agent.close(accepted.session, by: .person("mia"))
        _ = try await desk.agent.rate(accepted.session, score: 5)
        try await desk.customer("And another")
        _ = try await desk.agent.close(accepted.session, by: .person("mia"))
        #expect(try await events(desk, accepted).count { $0 == .ratingRequested } == 3)
    }

    @Test func `an open session is not rated, and neither with a score that there is not`() async throws {
        let desk = desk()
        let accepted = try await desk.customer("Until when can I return it?")
        await #expect(throws: StoreError.self) { _ = try await desk.agent.rate(accepted.session, score: 5) }
        _ = try await desk.agent.close(accepted.session, by: .customer)
        for score in [0, 6, -1, .max] {
            await #expect(throws: StoreError.self) { _ = try await desk.agent.rate(accepted.session, score: score) }
        }
        #expect(try await desk.session(accepted).rating == nil)
        #expect(try await desk.agent.rate("nowhere", score: 5) == nil)
    }

    // MARK: Votes

    @Test func `a thumbs-down is a sign that the answers do not help`() async throws {
        let desk = desk()
        let accepted = try await desk.customer("Until when can I return it?")
        let answer = try #require(try await desk.history(accepted).compactMap(\.message).last)
        _ = try await desk.agent.vote(on: answer.id, in: accepted.session, isHelpful: false)
        try await desk.customer("Which day is that for an order of last week?")
        let session = try await desk.session(accepted)
        #expect(session.handoff?.trigger == .noProgress)
        let signals = try #require(
            try await desk.store.traces(accepted.session).last?.steps.compactMap { step in
                if case .signals(let signals) = step.event { signals } else { nil }
            }.last)
        #expect(signals == [HandoffSignal(trigger: .noProgress, strength: 0.8, evidence: "👎")])
    }

    @Test func `the last vote counts, and only one on the last answer`() async throws {
        let desk = desk()
        let accepted = try await desk.customer("Until when can I return it?")
        let first = try #require(try await desk.history(accepted).compactMap(\.message).last).id
        for isHelpful in [false, false, true, true] {
            _ = try await desk.agent.vote(on: first, in: accepted.session, isHelpful: isHelpful)
        }
        let votes = try await desk.history(accepted).compactMap { entry in
            if case .vote(first, let isHelpful) = entry.event { isHelpful } else { nil }
        }
        #expect(votes == [false, true])
        try await desk.customer("And shoes, may I return those as well?")
        #expect(try await desk.session(accepted).owner == .ai)
        _ = try await desk.agent.vote(on: first, in: accepted.session, isHelpful: false)
        try await desk.customer("How do I pack a bicycle?")
        #expect(try await desk.session(accepted).owner == .ai, "that vote was about an earlier answer")
    }

    @Test func `only an answer of the AI in this very session is voted on`() async throws {
        let desk = desk()
        let accepted = try await desk.customer("Until when can I return it?")
        let other = try await desk.customer("Do you ship to Norway?", thread: "thread-2")
        let foreign = try #require(try await desk.history(other).compactMap(\.message).last).id
        let question = try #require(try await desk.history(accepted).compactMap(\.message).first).id
        for message in [foreign, question, "no-such-message"] {
            await #expect(throws: StoreError.self) {
                _ = try await desk.agent.vote(on: message, in: accepted.session, isHelpful: true)
            }
        }
        #expect(try await desk.agent.vote(on: foreign, in: "nowhere", isHelpful: true) == nil)
    }
}
