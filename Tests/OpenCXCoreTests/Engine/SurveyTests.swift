import OpenCXCore
import OpenCXTesting
import Testing

/// Ratings on a channel without a page: the question is a message, and so is the answer.
struct SurveyTests {
    private static let hour = Duration.seconds(3600)
    private static let question = Wording.english.survey.text

    private func desk(delay: Duration = .zero, kind: ChannelKind = .sms) -> Desk {
        var policy = SatisfactionPolicy(delays: ["test": delay])
        policy.messageChannels = ["test"]
        return Desk(
            answerer: ScriptedAnswerer(answering: "Within 60 days."), settings: AgentSettings(satisfaction: policy),
            kind: kind, hasEndpoint: true)
    }

    private func ended(_ desk: Desk, by actor: HistoryEntry.Actor = .customer) async throws -> AcceptedMessage {
        let accepted = try await desk.customer("Until when can I return it?")
        _ = try await desk.agent.close(accepted.session, by: actor)
        try await desk.agent.runUntilIdle()
        return accepted
    }

    @Test(arguments: [HistoryEntry.Actor.customer, .ai, .person("mia"), .system])
    func `whoever ends the session, its customer is asked once and answers by a message`(
        actor: HistoryEntry.Actor
    ) async throws {
        let desk = desk()
        let asked = try await desk.customer("Until when can I return it?")
        if case .person(let person) = actor { _ = try await desk.agent.takeOver(asked.session, by: person) }
        _ = try await desk.agent.close(asked.session, by: actor)
        try await desk.agent.runUntilIdle()
        #expect(desk.sent == ["Within 60 days.", Self.question])
        let accepted = try await desk.customer("4/5, call me: jane@example.com")
        #expect(accepted.session == asked.session && !accepted.startedSession)
        let session = try await desk.session(asked)
        #expect(session.status == .closedResolved)
        #expect(session.rating?.score == 4 && session.rating?.comment == "call me: [EMAIL_1]")
        #expect(desk.sent.count == 2)
        let told = desk.endpoint.deliveries.map(\.name.rawValue)
        #expect(told.filter { $0.hasPrefix("csat.") } == ["csat.requested", "csat.score_submitted"])
        #expect(desk.endpoint.deliveries.last?.payload["score"] == 4)
        let insight = try await Insight.of(desk.store, from: .epoch, to: desk.clock.now())
        #expect(insight.total.ratings == [4: 1] && insight.total.ratingsRequested == 1)
        #expect(!"\(try await desk.history(asked))".contains("jane@example.com"))
    }

    @Test func `the answer counts once, however often it is delivered`() async throws {
        let desk = desk()
        let asked = try await ended(desk)
        for _ in 0..<3 { _ = try await desk.customer("5", id: "sid-1") }
        let message = desk.channel.message("5", providerID: "sid-1")
        #expect(try await desk.agent.receive(message).isDuplicate)
        let ratings = try await desk.history(asked).filter { if case .rated = $0.event { true } else { false } }
        #expect(ratings.count == 1)
        #expect(try await desk.session(asked).status == .closedResolved)
    }

    @Test func `an answer without a provider's id counts once, and its key tells nothing of its words`() async throws {
        let desk = desk()
        let asked = try await ended(desk)
        var message = desk.channel.message("4/5, call me: jane@example.com", providerID: "x")
        message.providerID = nil
        #expect(try await !desk.agent.receive(message).isDuplicate)
        #expect(try await desk.agent.receive(message).isDuplicate)
        // The key is that of the redacted answer: what is told under it counts as told.
        let key = "rating/" + StableHash.hex(asked.session.rawValue, "4", "call me: [EMAIL_1]")
        let again = try await desk.store.apply(
            .rate(CustomerRating(score: 1, at: desk.clock.now(), id: "r"), askedSince: .epoch), to: asked.session,
            at: desk.clock.now(), once: ToldEventKey(source: .channel("test"), id: key), telling: [])
        #expect(again?.isRepeat == true)
    }

    @Test(arguments: ["7", "5, but where is my refund?", "2 items are missing", "Thanks!"])
    func `anything else is a message like any other`(text: String) async throws {
        let desk = desk()
        let asked = try await ended(desk, by: .person("mia"))
        let accepted = try await desk.customer(text)
        #expect(try await desk.session(asked).rating == nil)
        #expect(accepted.session == asked.session)
        #expect(try await desk.session(asked).status == .open)
        #expect(try await desk.history(accepted).contains { $0.message?.text.text == text })
    }

    @Test func `a number says nothing where nobody asked, too late, a second time, or when the session goes on`()
        async throws
    {
        func isRating(_ text: String, _ desk: Desk, from sender: ContactHandle? = nil) async throws -> Bool {
            let accepted = try await desk.customer(text, from: sender)
            return try await !desk.history(accepted).contains { $0.message?.text.text == text }
        }
        let open = desk()
        try await open.customer("Until when can I return it?")
        #expect(try await !isRating("5", open))
        let late = desk()
        _ = try await ended(late)
        late.clock.advance(by: Self.hour * 73)
        #expect(try await !isRating("5", late))
        let twice = desk()
        _ = try await ended(twice)
        #expect(try await isRating("5", twice))
        #expect(try await !isRating("4", twice))
        let reopened = desk()
        _ = try await ended(reopened, by: .person("mia"))
        try await reopened.customer("One more question about returns")
        #expect(try await !isRating("5", reopened))
        let other = desk()
        _ = try await ended(other)
        #expect(try await !isRating("5", other, from: ContactHandle(customID: "somebody else", isVerified: false)))
    }

    @Test func `nobody is asked where silence has ended the session, or twice`() async throws {
        let desk = desk()
        let accepted = try await desk.customer("Until when can I return it?")
        desk.clock.advance(by: Self.hour * 25)
        try await desk.agent.runUntilIdle()
        #expect(try await desk.session(accepted).status == .closedResolved)
        #expect(desk.sent == ["Within 60 days."])
        let again = self.desk()
        let first = try await ended(again, by: .person("mia"))
        try await again.customer("And in the shop, until when can I return it there?")
        _ = try await again.agent.close(first.session, by: .person("mia"))
        try await again.agent.runUntilIdle()
        #expect(again.sent.count { $0 == Self.question } == 1)
    }

    @Test func `the question comes after the delay, in the customer's language, and not once the customer goes on`()
        async throws
    {
        let desk = desk(delay: Self.hour)
        let accepted = try await desk.customer("Bis wann kann ich die Jacke denn bitte zurückgeben?")
        _ = try await desk.agent.close(accepted.session, by: .person("mia"))
        try await desk.agent.runUntilIdle()
        #expect(desk.sent == ["Within 60 days."])
        desk.clock.advance(by: Self.hour)
        try await desk.agent.runUntilIdle()
        #expect(desk.sent.last == Wording.german.survey.text)
        let again = self.desk(delay: Self.hour)
        let other = try await ended(again, by: .person("mia"))
        try await again.customer("And in the shop, until when can I return it there?")
        again.clock.advance(by: Self.hour * 2)
        try await again.agent.runUntilIdle()
        #expect(try await again.session(other).ratingRequestedAt == nil)
        #expect(!again.sent.contains(Self.question))
    }

    @Test func `what asks and answers is not shown where the channel has a page for it`() async throws {
        let desk = Desk(
            answerer: ScriptedAnswerer(answering: "Within 60 days."),
            settings: AgentSettings(satisfaction: SatisfactionPolicy(delays: ["test": .zero])))
        let asked = try await ended(desk, by: .person("mia"))
        #expect(desk.sent == ["Within 60 days."])
        try await desk.customer("5")
        #expect(try await desk.session(asked).rating == nil)
    }
}
