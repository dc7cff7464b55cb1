import OpenCXCore
import OpenCXTesting
import Testing

/// How sessions end, and begin again.
struct LifecycleTests {
    private static let day = Duration.seconds(24 * 3600)

    private func closings(_ desk: Desk, _ accepted: AcceptedMessage) async throws -> [HistoryEntry.Event] {
        try await desk.history(accepted).map(\.event).filter { if case .status = $0 { true } else { false } }
    }

    @Test func `an answer that nobody contradicts counts as the end`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Within 60 days."))
        let accepted = try await desk.customer("Until when can I return it?")
        desk.clock.advance(by: Self.day - .seconds(10))
        try await desk.agent.runUntilIdle()
        #expect(try await desk.session(accepted).status == .open)
        desk.clock.advance(by: .seconds(10))
        try await desk.agent.runUntilIdle()
        let session = try await desk.session(accepted)
        #expect(session.status == .closedResolved)
        #expect(session.closure?.actor == .ai && session.closure?.reason == .inactivity)
        #expect(try await closings(desk, accepted) == [.status(.closedResolved, by: .ai, because: .inactivity)])
    }

    @Test func `silence about an answer that has not arrived is no end`() async throws {
        let lifecycle = SessionLifecycle(resolveAnsweredAfter: .seconds(3600))
        for outage in [2, 30] {
            let desk = Desk(
                answerer: ScriptedAnswerer(answering: "Within 60 days."), settings: AgentSettings(lifecycle: lifecycle))
            desk.channel.fail(with: Array(repeating: ChannelError(.unavailable, "down"), count: outage * 12))
            let accepted = try await desk.customer("Until when can I return it?")
            while desk.sent.isEmpty, try await desk.session(accepted).owner == .ai {
                desk.clock.advance(by: .seconds(300))
                try await desk.agent.runUntilIdle()
                #expect(try await desk.session(accepted).status == .open)
            }
            // As long as the customer may still read it, the AI waits for them; else somebody else has to reach them.
            #expect(desk.sent.isEmpty == (outage == 30))
            desk.clock.advance(by: .seconds(3600 - 301))
            try await desk.agent.runUntilIdle()
            #expect(try await desk.session(accepted).status == .open)
            desk.clock.advance(by: .seconds(302))
            try await desk.agent.runUntilIdle()
            #expect(try await desk.session(accepted).status == (outage == 30 ? .open : .closedResolved))
        }
    }

    @Test func `a session that is given back to the AI with nothing to answer ends like any other`() async throws {
        let desk = Desk()
        let accepted = try await desk.customer("I want to speak to a human")
        _ = try await desk.agent.reply(to: accepted.session, as: "mia", UnredactedText("Hello, Mia here."))
        _ = try await desk.agent.assign(accepted.session, to: .ai, by: "mia")
        desk.clock.advance(by: Self.day * 3)
        try await desk.agent.runUntilIdle()
        #expect(
            try await closings(desk, accepted) == [.status(.closedUnresolved, by: .system, because: .inactivity)])
    }

    @Test func `a question of the AI that nobody answers ends unresolved`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(.askBack("Which order?")))
        let accepted = try await desk.customer("Where is it?")
        desk.clock.advance(by: Self.day * 3)
        try await desk.agent.runUntilIdle()
        #expect(
            try await closings(desk, accepted) == [.status(.closedUnresolved, by: .system, because: .inactivity)])
    }

    @Test func `what waits for a person does not end by itself`() async throws {
        let desk = Desk()
        let accepted = try await desk.customer("I want to speak to a human")
        desk.clock.advance(by: Self.day * 30)
        try await desk.agent.runUntilIdle()
        #expect(try await desk.session(accepted).status == .open)
        _ = try await desk.agent.reply(to: accepted.session, as: "mia", UnredactedText("Hello, Mia here."))
        desk.clock.advance(by: Self.day * 30)
        try await desk.agent.runUntilIdle()
        #expect(try await desk.session(accepted).status == .open)
    }

    @Test func `where the team wants it, silence after a person's reply ends the session`() async throws {
        let lifecycle = SessionLifecycle(closeHandedOffAfter: Self.day)
        let desk = Desk(settings: AgentSettings(lifecycle: lifecycle))
        let accepted = try await desk.customer("I want to speak to a human")
        desk.clock.advance(by: Self.day * 2)
        try await desk.agent.runUntilIdle()
        #expect(try await desk.session(accepted).status == .open, "nobody has answered yet")
        _ = try await desk.agent.reply(to: accepted.session, as: "mia", UnredactedText("Hello, Mia here."))
        desk.clock.advance(by: Self.day)
        try await desk.agent.runUntilIdle()
        #expect(try await desk.session(accepted).status == .closedResolved)
    }

    @Test func `silence about a person's reply that never arrives ends nothing`() async throws {
        let desk = Desk(settings: AgentSettings(lifecycle: SessionLifecycle(closeHandedOffAfter: Self.day)))
        let accepted = try await desk.customer("I want to speak to a human")
        desk.channel.fail(with: [ChannelError(.rejected, "blocked number")])
        _ = try await desk.agent.reply(to: accepted.session, as: "mia", UnredactedText("Hello, Mia here."))
        try await desk.agent.runUntilIdle()
        desk.clock.advance(by: Self.day * 2)
        try await desk.agent.runUntilIdle()
        #expect(try await desk.session(accepted).status == .open)
    }

    @Test func `a customer who is back soon goes on in the same session, with the same ticket`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Within 60 days."))
        let first = try await desk.customer("Until when can I return it?")
        desk.clock.advance(by: Self.day)
        try await desk.agent.runUntilIdle()
        desk.clock.advance(by: .seconds(3600))
        let second = try await desk.customer("And what does it cost?")
        #expect(second.session == first.session && second.ticket == first.ticket && !second.startedSession)
        #expect(desk.sent.count == 2)
        #expect(try await closings(desk, first).last == .status(.open, by: .customer))
        #expect(try await desk.session(first).closure == nil)
    }

    @Test func `a customer who is back much later begins a new session`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Within 60 days."))
        let first = try await desk.customer("Until when can I return it?")
        desk.clock.advance(by: Self.day)
        try await desk.agent.runUntilIdle()
        desk.clock.advance(by: Self.day + .seconds(1))
        let second = try await desk.customer("And what does it cost?")
        #expect(second.session != first.session && second.startedSession)
    }

    @Test func `the window is another one where the kind of channel has its own`() async throws {
        let lifecycle = SessionLifecycle(reopeningWindow: .zero, reopeningWindows: [.email: Self.day * 7])
        for (kind, isReopened) in [(ChannelKind.web, false), (.email, true)] {
            let desk = Desk(
                answerer: ScriptedAnswerer(answering: "Yes."), settings: AgentSettings(lifecycle: lifecycle),
                kind: kind)
            let first = try await desk.customer("May I?")
            _ = try await desk.agent.close(first.session, by: .person("mia"))
            desk.clock.advance(by: Self.day)
            #expect(try await (desk.customer("Really?").session == first.session) == isReopened, "\(kind)")
        }
    }

    @Test func `a session that a person closed comes back to that person`() async throws {
        let desk = Desk()
        let accepted = try await desk.customer("I want to speak to a human")
        _ = try await desk.agent.reply(to: accepted.session, as: "mia", UnredactedText("Done."))
        _ = try await desk.agent.close(accepted.session, by: .person("mia"))
        try await desk.customer("It happened again")
        let session = try await desk.session(accepted)
        #expect(session.status == .open && session.owner == .person("mia"))
    }

    @Test func `an end does not swallow a message that came while the turn ran`() async throws {
        let change = ActionRecord(name: "cancel", arguments: [:], outcome: .succeeded, result: "Done.", changes: true)
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Noted."))
        let accepted = try await desk.agent.receive(desk.channel.message("Yes, cancel it", providerID: "1")).0
        let now = desk.clock.now()
        let claim = try #require(try await desk.store.claimTurn(now: now, lease: "l", until: now + .seconds(60)))
        _ = try await desk.agent.receive(desk.channel.message("And the other one?", providerID: "2"))
        var commit = TurnCommit(
            session: accepted.session, lease: "l", customerSequence: claim.session.lastCustomerSequence,
            reply: Message(id: "r", author: .ai, text: "Cancelled. Bye!", at: now), actions: [change], resolves: true,
            placeholders: PlaceholderCounts(),
            trace: Trace(id: "t", session: accepted.session, customerSequence: 1, startedAt: now), at: now)
        commit.expiry = SessionExpiry(at: now, status: .closedResolved, by: .ai)
        _ = try await desk.store.commitTurn(commit)
        let session = try await desk.session(accepted)
        #expect(session.status == .open && session.awaitsAI && session.expiry == nil)
        try await desk.agent.runUntilIdle()
        #expect(desk.sent == ["Cancelled. Bye!", "Noted."])
    }
}
