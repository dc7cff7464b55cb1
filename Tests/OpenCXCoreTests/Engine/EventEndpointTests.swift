import OpenCXCore
import OpenCXTesting
import Testing

/// What other systems are told.
struct EventEndpointTests {
    private func names(_ desk: Desk) -> [ConversationEvent.Name] { desk.endpoint.deliveries.map(\.name) }

    @Test func `an endpoint is told the whole conversation, in order`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Within 60 days."), hasEndpoint: true)
        let accepted = try await desk.customer("Until when can I return it? I am jane@example.com")
        try await desk.customer("I want to speak to a human")
        _ = try await desk.agent.reply(to: accepted.session, as: "mia", UnredactedText("Mia here."))
        _ = try await desk.agent.close(accepted.session, by: .person("mia"))
        try await desk.agent.runUntilIdle()
        #expect(
            names(desk) == [
                .started, .contactResponse, .aiResponse, .contactResponse, .handoffToHuman, .aiResponse,
                .agentResponse, .closed,
            ])
        for delivery in desk.endpoint.deliveries {
            #expect(delivery.payload["conversation_id"]?.string == accepted.session.rawValue)
            #expect(delivery.payload["ticket_number"] == .integer(1001))
            #expect(!String(describing: delivery).contains("jane@example.com"))
        }
        let payloads = desk.endpoint.deliveries.map(\.payload)
        #expect(payloads[0]["first_message"] == "Until when can I return it? I am [EMAIL_1]")
        #expect(payloads[2]["message"]?["text"] == "Within 60 days.")
        #expect(payloads[4]["reasons"] == ["user_requested_human_assistance"])
        #expect(payloads[6]["message"]?["agent"]?["name"] == "mia")
        #expect(payloads[7]["resolution_status"] == "resolved")
        #expect(payloads[7]["closed_by"] == ["type": "human", "name": "mia"])
        #expect(payloads.map { $0["message_count"] } == [1, 1, 2, 3, 3, 4, 5, 5])
    }

    @Test func `an event carries the number of messages, so that its delivery reads one entry`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Yes."), hasEndpoint: true)
        desk.endpoint.fail(with: Array(repeating: EventError(.unavailable, "500"), count: 1))
        let accepted = try await desk.customer("Hi")
        let pending = try await desk.store.outbox(.pending, limit: 9)
        let counts = pending.compactMap { entry in
            if case .event(_, let event) = entry.payload { event.messageCount } else { nil }
        }
        #expect(counts == [1, 1, 2])
        #expect(try await desk.session(accepted).messageCount == 2)
    }

    @Test func `an endpoint gets only what it asked for`() async throws {
        let endpoint = RecordingEndpoint(events: [.closed])
        let (store, clock, channel) = (InMemoryStore(), ManualClock(), RecordingChannel())
        let agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), answerer: ScriptedAnswerer(answering: "Yes."),
                channels: [channel], endpoints: [endpoint], clock: clock, ids: SequentialIDs()))
        let session = try await agent.receive(channel.message("Hi", providerID: "1")).0.session
        try await agent.runUntilIdle()
        #expect(endpoint.tries.isEmpty)
        _ = try await agent.close(session, as: .closedUnresolved, by: .customer)
        try await agent.runUntilIdle()
        #expect(endpoint.deliveries.map(\.name) == [.closed])
        #expect(endpoint.deliveries.first?.payload["resolution_status"] == "not_resolved")
    }

    @Test func `an event that fails comes again under the same id, with the same content, and holds up the later ones`()
        async throws
    {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Yes."), hasEndpoint: true)
        desk.endpoint.fail(with: [EventError(.unavailable, "500"), EventError(.unavailable, "500")])
        try await desk.customer("Hi")
        #expect(desk.sent == ["Yes."], "the customer does not wait for it")
        for _ in 0..<4 {
            desk.clock.advance(by: .seconds(600))
            try await desk.agent.runUntilIdle()
        }
        #expect(names(desk) == [.started, .contactResponse, .aiResponse])
        #expect(Set(desk.endpoint.tries.prefix(3)).count == 1)
    }

    @Test func `an event that is given up is said in the history, and no event is made of that`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Yes."), hasEndpoint: true)
        desk.endpoint.fail(with: [EventError(.rejected, "410 Gone")])
        let accepted = try await desk.customer("Hi")
        let dead = try await desk.store.outbox(.dead, limit: 9)
        #expect(dead.map(\.lastFailure) == ["410 Gone"])
        #expect(try await desk.history(accepted).map(\.event).contains(.deliveryFailed(dead[0].id, reason: "410 Gone")))
        #expect(names(desk) == [.contactResponse, .aiResponse])
        #expect(try await desk.session(accepted).owner == .ai)
    }

    @Test func `a handoff that no helpdesk takes is an event`() async throws {
        let desk = Desk(
            settings: AgentSettings(retries: RetryPolicies(helpdesk: RetryPolicy(attemptLimit: 2))), hasEndpoint: true)
        desk.helpdesk.fail(times: 9, with: HelpdeskError(.unavailable, "no answer"))
        try await desk.customer("I want to speak to a human")
        desk.clock.advance(by: .seconds(600))
        try await desk.agent.runUntilIdle()
        #expect(names(desk).last == .handoffToThirdPartyFailed)
        #expect(desk.endpoint.deliveries.last?.payload["error"] == "no answer")
    }

    @Test func `a session that falls silent is an event`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Yes."), hasEndpoint: true)
        try await desk.customer("Hi")
        desk.clock.advance(by: .seconds(2 * 24 * 3600))
        try await desk.agent.runUntilIdle()
        #expect(names(desk).last == .closed)
        #expect(desk.endpoint.deliveries.last?.payload["closed_because"] == "inactivity")
        #expect(desk.endpoint.deliveries.last?.payload["closed_by"] == ["type": "AI"])
    }

    @Test func `a person who takes over is a handoff to a human, once`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Yes."), hasEndpoint: true)
        let accepted = try await desk.customer("Hi")
        _ = try await desk.agent.takeOver(accepted.session, by: "mia")
        _ = try await desk.agent.takeOver(accepted.session, by: "mia")
        _ = try await desk.agent.assign(accepted.session, to: .person("ben"), by: "mia")
        try await desk.agent.runUntilIdle()
        #expect(names(desk).count { $0 == .handoffToHuman } == 1)
        #expect(desk.endpoint.deliveries.last?.payload["reason"] == "human_agent_decided_to_take_over")
    }

    @Test(.timeLimit(.minutes(5))) func `who listens in the process is told the same as an endpoint`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Yes."), hasEndpoint: true)
        var events = desk.agent.events().makeAsyncIterator()
        let session = try await desk.customer("Hi").session
        _ = try await desk.agent.reply(to: session, as: "mia", UnredactedText("Mia here."))
        _ = try await desk.agent.takeOver(session, by: "ben")
        _ = try await desk.agent.assign(session, to: .ai, by: "ben")
        for _ in 1...2 { _ = try await desk.agent.assign(session, to: .person("mia"), by: "ben") }
        for _ in 1...2 { _ = try await desk.agent.close(session, by: .person("mia")) }
        for _ in 1...2 { _ = try await desk.agent.rate(session, score: 5) }
        try await desk.agent.runUntilIdle()
        let told = names(desk)
        _ = try await desk.customer("Hi", thread: "another")
        var heard: [ConversationEvent.Name] = []
        while let event = await events.next(), heard.isEmpty || event.kind != .started {
            switch event.kind {
            case .started: heard.append(.started)
            case .contactResponse: heard.append(.contactResponse)
            case .aiResponse: heard.append(.aiResponse)
            case .agentResponse: heard.append(.agentResponse)
            case .handoffToHuman: heard.append(.handoffToHuman)
            case .closed: heard.append(.closed)
            case .rated: heard.append(.scoreSubmitted)
            default: break
            }
        }
        #expect(heard == told)
    }

    @Test(.timeLimit(.minutes(5))) func `a person who has the conversation in its helpdesk is one, for every listener`()
        async throws
    {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Yes."), hasEndpoint: true)
        var events = desk.agent.events().makeAsyncIterator()
        desk.channel.fail(with: [ChannelError(.taken, "Somebody else has the conversation.")])
        try await desk.customer("Hi")
        let told = desk.endpoint.deliveries.filter { $0.name == .handoffToHuman }
        #expect(told.map { $0.payload["reason"] } == ["human_agent_decided_to_take_over"])
        var kinds: [AgentEvent.Kind] = []
        while kinds.last != .handoffToHuman(.person), let event = await events.next() { kinds.append(event.kind) }
        #expect(kinds.suffix(2) == [.replyWithheld(.ownerChanged), .handoffToHuman(.person)])
    }
}
