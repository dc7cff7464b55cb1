import OpenCXCore
import OpenCXHubSpot
import OpenCXTesting
import Testing

/// Whole agents with an account at HubSpot: webhook in, answer out, handoff, people's replies, resolution.
struct HubSpotAgentTests {
    private struct Desk {
        let hubspot: HubSpot
        let store = InMemoryStore()
        let web = RecordingChannel(id: "web")
        let agent: Agent

        init(_ change: (inout HubSpotConfiguration) -> Void = { _ in }) {
            hubspot = HubSpot(change)
            agent = Agent(
                AgentParts(
                    store: store, knowledge: ListIndex(), answerer: ScriptedAnswerer(answering: "Within 60 days."),
                    channels: [hubspot.channel, web], helpdesks: [hubspot.helpdesk], clock: hubspot.clock,
                    ids: SequentialIDs()))
        }

        /// HubSpot posts events, and everything due is done.
        func told(_ events: JSONValue...) async throws {
            let body = JSONValue.array(events).serialized()
            let request = HubSpot.signed(body, at: hubspot.clock.now().milliseconds)
            // What is not taken in HubSpot tells again.
            for attempt in 0..<10 {
                let response = await HubSpotAccount.answer(request, by: agent)
                if response.status == 200 { break }
                #expect(response.status == 503 && attempt < 9)
            }
            try await agent.runUntilIdle()
        }

        func customer(_ text: String) async throws {
            hubspot.clock.advance(by: .seconds(5))
            try await told(
                hubspot.event("conversation.newMessage", message: hubspot.write(text), messageType: "MESSAGE"))
        }

        func person(_ text: String, in thread: String = "1", id: Int64 = 50) async throws {
            hubspot.clock.advance(by: .seconds(5))
            let message = hubspot.write(text, in: thread, from: "A-8")
            try await told(hubspot.event("conversation.newMessage", thread, id: id, message: message))
        }

        var said: [String] { hubspot.fake.snapshot.threads["1"]?.said ?? [] }

        func session() async throws -> Session {
            try #require(try await store.latestSession(channel: "hubspot", thread: "thread-1"))
        }
    }

    @Test func `a conversation in HubSpot is answered, handed over, led on by a person, and resolved`() async throws {
        let desk = Desk { $0.tickets.ownerID = "88" }
        let now = desk.hubspot.clock.now()
        desk.hubspot.fake.change { state in
            state.threads["1"]?.ticket = "512"
            state.records["tickets"]?["512"] = FakeHubSpot.Record(
                id: "512", properties: ["hubspot_owner_id": "77"], at: now)
        }
        try await desk.customer("Until when can I return it?")
        #expect(desk.said.last == "A-7: Within 60 days.")
        try await desk.customer("I want to speak to a human")
        var session = try await desk.session()
        #expect(session.owner == .team && session.handoff?.trigger == .explicitRequest && session.home == "hubspot")
        let thread = try #require(desk.hubspot.fake.snapshot.threads["1"])
        #expect(thread.comments.count == 1 && thread.said.count == 4, "the customer is told of the handoff")
        #expect(desk.hubspot.fake.snapshot.records["tickets"]?["512"]?.properties["hubspot_owner_id"] == "88")

        try await desk.person("Mia here, let me look.")
        try await desk.customer("Thank you")
        session = try await desk.session()
        #expect(session.owner != .ai && session.owner != .team)
        #expect(desk.said.count == 6, "what a person sent is not sent again, and the AI is silent")
        let messages = try await desk.store.history(session.id, after: 0, limit: 99).compactMap(\.message)
        #expect(messages.contains { $0.author == .person("hubspot:A-8") })

        desk.hubspot.fake.change { $0.threads["1"]?.status = "CLOSED" }
        try await desk.told(
            desk.hubspot.event(
                "conversation.propertyChange", id: 60, property: ("status", "CLOSED"), user: "8"))
        #expect(try await desk.session().status == .closedResolved)
        #expect(desk.hubspot.fake.snapshot.threads["1"]?.comments.count == 1, "HubSpot needs not be told")
    }

    @Test func `what HubSpot tells twice happens once`() async throws {
        let desk = Desk()
        let message = desk.hubspot.write("Until when can I return it?")
        let event = desk.hubspot.event("conversation.newMessage", message: message)
        for _ in 0..<3 { try await desk.told(event) }
        try await desk.told(event, desk.hubspot.event("conversation.creation", id: 2))
        #expect(desk.said == ["V-101: Until when can I return it?", "A-7: Within 60 days."])
        let reply = desk.hubspot.write("Mia here.", from: "A-8")
        let told = desk.hubspot.event("conversation.newMessage", id: 3, message: reply)
        for _ in 0..<3 { try await desk.told(told) }
        let history = try await desk.store.history(try await desk.session().id, after: 0, limit: 99)
        #expect(history.compactMap(\.message).filter { $0.author == .person("hubspot:A-8") }.count == 1)
    }

    @Test func `a person who takes the conversation while the AI thinks has it`() async throws {
        let desk = Desk()
        let message = desk.hubspot.write("Until when can I return it?")
        let path = "GET /conversations/v3/conversations/threads/1/messages"
        desk.hubspot.fake.change { state in state.before[path] = { $0.threads["1"]?.assignee = "A-8" } }
        try await desk.told(desk.hubspot.event("conversation.newMessage", message: message))
        #expect(desk.said.count == 1 && desk.hubspot.fake.snapshot.threads["1"]?.comments.isEmpty == true)
        #expect(try await desk.session().owner == .team)
    }

    @Test func `conversations of others are left alone`() async throws {
        let desk = Desk()
        desk.hubspot.fake.change { $0.threads["1"]?.assignee = "A-8" }
        try await desk.customer("Hi Mia")
        #expect(desk.said.count == 1)
        #expect(try await desk.store.latestSession(channel: "hubspot", thread: "thread-1") == nil)
    }

    @Test func `the end of a session closes the conversation that the AI has`() async throws {
        let desk = Desk()
        try await desk.customer("Until when can I return it?")
        let session = try await desk.session()
        _ = try await desk.agent.close(session.id, as: .closedResolved, by: .ai)
        try await desk.agent.runUntilIdle()
        let thread = try #require(desk.hubspot.fake.snapshot.threads["1"])
        #expect(thread.status == "CLOSED" && thread.comments.count == 1)
    }

    @Test func `an outage of HubSpot loses no handoff and makes no second one`() async throws {
        let desk = Desk()
        try await desk.customer("Until when can I return it?")
        let message = desk.hubspot.write("I want to speak to a human")
        let start = desk.hubspot.fake.calls.count
        // Webhook, then the reply and the handoff, in whatever order: each breaks off somewhere.
        for call in [2, 4, 5, 7, 9, 11, 14] { desk.hubspot.fake.fail(start + call, with: .lostAnswer) }
        try await desk.told(desk.hubspot.event("conversation.newMessage", id: 7, message: message))
        for _ in 0..<20 {
            desk.hubspot.clock.advance(by: .seconds(120))
            try await desk.agent.runUntilIdle()
        }
        let thread = try #require(desk.hubspot.fake.snapshot.threads["1"])
        #expect(thread.comments.count == 1 && thread.said.count == 4)
        #expect(try await desk.store.outbox(.pending, limit: 9).isEmpty)
    }

    @Test func `a chat on the page becomes a ticket, and what people send from it comes back`() async throws {
        let desk = Desk()
        let sender = ContactHandle(email: "anna@example.com", customID: "device-1", name: "Anna", isVerified: false)
        let accepted = try await desk.agent.receive(
            desk.web.message("I want to speak to a human", providerID: "m1", from: sender)
        ).0
        try await desk.agent.runUntilIdle()
        let ticket = try #require(desk.hubspot.fake.snapshot.records["tickets"]?.values.first)
        #expect(try await desk.store.session(accepted.session)?.tickets["hubspot"] == ticket.id)

        desk.hubspot.fake.change { state in
            state.threads["2"] = FakeHubSpot.Thread(id: "2", assignee: "A-8", ticket: ticket.id)
        }
        let before = desk.web.sent.count
        try await desk.person("Your refund is on its way.", in: "2")
        #expect(desk.web.sent.dropFirst(before).map { $0.text.reveal() } == ["Your refund is on its way."])

        try await desk.told(
            desk.hubspot.event("ticket.propertyChange", ticket.id, id: 70, property: ("hs_pipeline_stage", "4")))
        #expect(try await desk.store.session(accepted.session)?.status == .closedResolved)
        try await desk.told(
            desk.hubspot.event("ticket.propertyChange", ticket.id, id: 71, property: ("hs_pipeline_stage", "2")))
        #expect(try await desk.store.session(accepted.session)?.status == .open)
    }

    @Test func `what is forged is answered 401, and nothing is kept`() async throws {
        let desk = Desk()
        var request = desk.hubspot.told(desk.hubspot.write("Hi"))
        request.body[3] ^= 1
        #expect(await HubSpotAccount.answer(request, by: desk.agent).status == 401)
        #expect(await HubSpotAccount.answer(request, by: desk.agent, channel: nil).status == 401)
        #expect(try await desk.store.latestSession(channel: "hubspot", thread: "thread-1") == nil)
    }
}
