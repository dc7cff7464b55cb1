import OpenCXCore
import OpenCXTesting
import Testing

struct DeliveryTests {
    @Test func `a channel that is down gets the message once it is back, once`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Hello!"))
        desk.channel.fail(with: Array(repeating: ChannelError(.unavailable, "down"), count: 3))
        try await desk.customer("Hi")
        #expect(desk.sent.isEmpty)
        for _ in 0..<6 {
            desk.clock.advance(by: .seconds(60))
            try await desk.agent.runUntilIdle()
        }
        #expect(desk.sent == ["Hello!"])
        #expect(desk.channel.tries == 4)
    }

    @Test func `what the AI could not deliver is withdrawn when a person takes over`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Hello!"))
        desk.channel.fail(with: [ChannelError(.unavailable, "down")])
        let accepted = try await desk.customer("Hi")
        _ = try await desk.agent.takeOver(accepted.session, by: "ann")
        desk.clock.advance(by: .seconds(60))
        try await desk.agent.runUntilIdle()
        #expect(desk.sent.isEmpty)
        #expect(try await desk.store.outbox(.dead, limit: 5).count == 1)
        _ = try await desk.agent.reply(to: accepted.session, as: "ann", UnredactedText("I'm here."))
        try await desk.agent.runUntilIdle()
        #expect(desk.sent == ["I'm here."])
    }

    @Test(.timeLimit(.minutes(5))) func `a channel that never answers is given up before the lease ends`() async throws
    {
        let clock = ManualClock()
        let channel = SlowChannel(clock: clock)
        let store = InMemoryStore()
        let agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), answerer: ScriptedAnswerer(answering: "Hello!"),
                channels: [channel], clock: clock, ids: SequentialIDs()))
        _ = try await agent.receive(
            InboundMessage(
                channel: channel.id, channelKind: channel.kind, thread: "t", providerID: "1",
                sender: ContactHandle(customID: "c", isVerified: false), text: UnredactedText("Hi")))
        try await agent.runUntilIdle()
        let waiting = try await store.outbox(.pending, limit: 5)
        #expect(waiting.first?.lastFailure == "The other side did not answer in time.")
        #expect(waiting.first?.attempts == 1)
    }

    /// Holds a message until the sender has lost patience.
    struct SlowChannel: Channel {
        let clock: ManualClock
        let id: ChannelID = "slow"
        let kind = ChannelKind.sms
        func receive(_ request: WebhookRequest) async throws -> [InboundMessage] { [] }
        func send(_ message: OutboundMessage) async throws -> DeliveryReceipt {
            clock.advance(by: .seconds(91))
            try await clock.sleep(until: clock.now() + .seconds(3600))
            return DeliveryReceipt()
        }
    }

    @Test func `what the provider asks for is waited for`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Hello!"))
        desk.channel.fail(with: [ChannelError(.unavailable, "slow down", retryAfter: .seconds(90))])
        try await desk.customer("Hi")
        desk.clock.advance(by: .seconds(80))
        try await desk.agent.runUntilIdle()
        #expect(desk.channel.tries == 1)
        desk.clock.advance(by: .seconds(11))
        try await desk.agent.runUntilIdle()
        #expect(desk.sent == ["Hello!"])
    }

    @Test func `a message the provider refuses is given up, listed, and can be driven again`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Hello!"))
        desk.channel.fail(with: [ChannelError(.rejected, "blocked number")])
        let accepted = try await desk.customer("Hi")
        let dead = try #require(try await desk.store.outbox(.dead, limit: 5).first)
        #expect(dead.lastFailure == "blocked number")
        let events = try await desk.history(accepted).map(\.event)
        #expect(events.contains(.deliveryFailed(dead.id, reason: "blocked number")))
        #expect(try await desk.session(accepted).owner == .team)
        #expect(try await desk.store.redrive(dead.id, at: desk.clock.now()))
        try await desk.agent.runUntilIdle()
        #expect(desk.sent == ["Hello!"])
    }

    @Test func `a customer who cannot be reached is handed off like every other`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Within 60 days."), hasEndpoint: true)
        desk.channel.fail(with: [ChannelError(.rejected, "blocked number")])
        let accepted = try await desk.customer("Until when can I return it?")
        let handoff = try #require(try await desk.session(accepted).handoff)
        #expect(handoff.trigger == .undeliverable && handoff.reasons == [.insufficientTools])
        #expect(handoff.explanation.text.contains("blocked number"))
        #expect(handoff.summary.text.contains("Until when can I return it?"))
        #expect(desk.helpdesk.tickets.map(\.record) == [handoff])
        #expect(desk.helpdesk.tickets.first?.transcript.map { $0.text.reveal() }.last == "Within 60 days.")
        let told = desk.endpoint.deliveries.filter { $0.name == .handoffToHuman }
        #expect(told.map { $0.payload["reason"] } == ["message_undeliverable"])
        #expect(try await desk.store.sessions(.handedOff, limit: 9).map(\.id) == [accepted.session])
    }

    @Test func `a person's answer that cannot be delivered is handed off when the AI has the session again`()
        async throws
    {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Hello!"))
        let accepted = try await desk.customer("Hi")
        desk.channel.fail(with: [ChannelError(.rejected, "blocked number")])
        _ = try await desk.agent.reply(to: accepted.session, as: "mia", UnredactedText("Mia here."))
        _ = try await desk.agent.assign(accepted.session, to: .ai, by: "mia")
        try await desk.agent.runUntilIdle()
        #expect(try await desk.session(accepted).owner == .team)
        #expect(desk.helpdesk.tickets.map(\.record.trigger) == [.undeliverable])
    }

    @Test func `a sentence of a handoff that cannot be delivered makes no second one`() async throws {
        let desk = Desk()
        desk.channel.fail(with: [ChannelError(.rejected, "blocked number")])
        let accepted = try await desk.customer("I want to speak to a human")
        #expect(try await desk.session(accepted).handoff?.trigger == .explicitRequest)
        #expect(desk.helpdesk.tickets.count == 1)
    }

    @Test(.timeLimit(.minutes(5)), arguments: [3, 50])
    func `deliveries that nobody else takes up do not wait for one another`(replies: Int) async throws {
        // A channel that hangs and takes one at a time, and a helpdesk that no process has.
        let (store, clock) = (InMemoryStore(), ManualClock())
        let channel = HangingChannel(clock: clock)
        var parts = AgentParts(
            store: store, knowledge: ListIndex(), answerer: ScriptedAnswerer(answering: "Hello!"), channels: [channel],
            clock: clock, ids: SequentialIDs())
        let gone = ScriptedHelpdesk()
        gone.fail(times: 99, with: HelpdeskError(.unavailable, "no answer"))
        parts.helpdesks = [gone]
        // What a process has left that had the helpdesk: replies to some customers, then a handoff.
        let before = Agent(parts)
        for number in 1...replies + 1 {
            let text = number > replies ? "I want to speak to a human" : "Hi"
            _ = try await before.receive(
                InboundMessage(
                    channel: channel.id, channelKind: channel.kind, thread: ThreadID("t\(number)"),
                    providerID: "\(number)", sender: ContactHandle(customID: "c\(number)", isVerified: false),
                    text: UnredactedText(text)))
            let now = clock.now()
            let turn = try #require(try await store.claimTurn(now: now, lease: "l", until: now + .seconds(9)))
            var commit = TurnCommit(
                session: turn.session.id, lease: "l", customerSequence: turn.session.lastCustomerSequence,
                reply: number > replies
                    ? nil : Message(id: MessageID("r\(number)"), author: .ai, text: "Hello!", at: now),
                placeholders: turn.session.placeholders,
                trace: Trace(
                    id: TraceID("t\(number)"), session: turn.session.id, customerSequence: 1, startedAt: now, steps: []),
                at: now)
            if number > replies {
                commit.handoff = HandoffRecord(
                    trigger: .explicitRequest, explanation: "Asked.", summary: "A person.", sentiment: .neutral, at: now
                )
                commit.helpdesks = [gone.id]
            }
            _ = try await store.commitTurn(commit)
        }
        clock.advance(by: .seconds(2 * 3600))
        parts.helpdesks = []
        let agent = Agent(parts, settings: AgentSettings(parallelDeliveries: 1))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await agent.run() }
            while try await !store.outbox(.pending, limit: 99).contains(where: {
                $0.destination == .helpdesk(gone.id) && $0.lastFailure != nil
            }) { await Task.yield() }
            // What waits for the channel was put back, and nobody has stopped anything.
            let waiting = try await store.outbox(.pending, limit: 99).compactMap(\.lastFailure)
            #expect(!waiting.contains { $0.contains("stopped") })
            group.cancelAll()
        }
        #expect(channel.isHanging)
    }

    /// Takes a message and never says what became of it.
    final class HangingChannel: Channel {
        let id: ChannelID = "slow"
        let kind = ChannelKind.sms
        private let clock: ManualClock
        private let begun = Locked(0)
        init(clock: ManualClock) { self.clock = clock }
        var isHanging: Bool { begun.withLock { $0 > 0 } }
        func receive(_ request: WebhookRequest) async throws -> [InboundMessage] { [] }
        func send(_ message: OutboundMessage) async throws -> DeliveryReceipt {
            begun.withLock { $0 += 1 }
            try await clock.sleep(until: clock.now() + .seconds(3600))
            return DeliveryReceipt()
        }
    }

    @Test func `messages of a session arrive in order although the first needs a second try`() async throws {
        let desk = Desk(
            answerer: ScriptedAnswerer { .answer(Answer(text: $0.question, confidence: 1, basis: .smallTalk)) })
        desk.channel.fail(with: [ChannelError(.unavailable, "down")])
        try await desk.customer("one")
        try await desk.customer("two")
        desk.clock.advance(by: .seconds(60))
        try await desk.agent.runUntilIdle()
        #expect(desk.sent == ["one", "two"])
    }

    @Test func `a helpdesk that is down does not silence the channel`() async throws {
        let desk = Desk()
        desk.helpdesk.fail(times: 20, with: HelpdeskError(.unavailable, "no answer"))
        let accepted = try await desk.customer("I want to speak to a human")
        #expect(desk.helpdesk.tickets.isEmpty)
        #expect(desk.sent.count == 1, "the sentence that says so goes out at once")
        _ = try await desk.agent.reply(to: accepted.session, as: "mia", UnredactedText("Mia here."))
        try await desk.agent.runUntilIdle()
        #expect(desk.helpdesk.tickets.isEmpty)
        #expect(desk.sent.dropFirst() == ["Mia here."])
    }

    @Test func `a helpdesk that never takes a handoff leaves it in the inbox and says so`() async throws {
        let desk = Desk(settings: AgentSettings(retries: RetryPolicies(RetryPolicy(attemptLimit: 3))))
        desk.helpdesk.fail(times: 10, with: HelpdeskError(.unavailable, "no answer"))
        var events = desk.agent.events().makeAsyncIterator()
        let accepted = try await desk.customer("I want to speak to a human")
        for _ in 0..<5 {
            desk.clock.advance(by: .seconds(600))
            try await desk.agent.runUntilIdle()
        }
        #expect(desk.helpdesk.tries.count == 3)
        #expect(try await desk.store.sessions(.handedOff, limit: 5).map(\.id) == [accepted.session])
        var failure: AgentEvent.Kind?
        while failure == nil, let event = await events.next() {
            if case .handoffToThirdPartyFailed = event.kind { failure = event.kind }
        }
        #expect(failure == .handoffToThirdPartyFailed(desk.helpdesk.id, reason: "no answer"))
    }

    @Test func `a handoff that is driven again tells everything once`() async throws {
        let desk = Desk()
        desk.helpdesk.fail(with: HelpdeskError(.rejected, "no such inbox"), HelpdeskError(.unavailable, "no answer"))
        try await desk.customer("I want to speak to a human")
        try await desk.customer("It is about order 17")
        let dead = try #require(try await desk.store.outbox(.dead, limit: 5).first)
        #expect(try await desk.store.redrive(dead.id, at: desk.clock.now()))
        try await desk.agent.runUntilIdle()
        desk.clock.advance(by: .seconds(1))
        try await desk.customer("And order 18")
        desk.clock.advance(by: .seconds(600))
        try await desk.agent.runUntilIdle()
        // What came after that follows it.
        #expect(desk.helpdesk.tickets.map { $0.transcript.last?.text.reveal() } == ["It is about order 17"])
        #expect(try await desk.store.outbox(.pending, limit: 5).isEmpty)
    }

    @Test func `the helpdesk gets raw values, the store never does`() async throws {
        let desk = Desk()
        let accepted = try await desk.customer("I am jane@example.com, let me talk to an agent")
        #expect(desk.helpdesk.tickets.first?.transcript.first?.text.reveal().contains("jane@example.com") == true)
        #expect(desk.helpdesk.tickets.first?.summary.reveal().contains("jane@example.com") == true)
        #expect(!String(describing: try await desk.session(accepted)).contains("jane@example.com"))
    }

    @Test func `a person's reply reaches the customer with its address, and the store without`() async throws {
        let desk = Desk()
        let accepted = try await desk.customer("I want to speak to a human")
        _ = try await desk.agent.reply(
            to: accepted.session, as: "mia", UnredactedText("Write to help@fernhill.example"))
        try await desk.agent.runUntilIdle()
        #expect(desk.sent.last == "Write to help@fernhill.example")
        #expect(try await desk.history(accepted).last?.message?.text.text == "Write to [EMAIL_1]")
    }

    @Test(arguments: [(1, 1.0, 1), (2, 1.0, 2), (5, 0.5, 8), (400, 1.0, 600), (3, 0.0, 0)])
    func `the wait doubles up to a limit and is spread over its whole length`(
        attempt: Int, jitter: Double, seconds: Int
    ) {
        #expect(RetryPolicy().delay(after: attempt, jitter: jitter) == .seconds(seconds))
    }
}
