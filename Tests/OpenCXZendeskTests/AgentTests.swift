import OpenCXCore
import OpenCXTesting
import OpenCXZendesk
import Testing

/// Whole agents, with Zendesk at the other end.
struct AgentTests {
    private let zendesk = FakeZendesk()
    private let store = InMemoryStore()
    private let clock = ManualClock(start: Zendesk.now)
    private let web = RecordingChannel(id: "web")
    private let agent: Agent

    init() {
        let configuration = Zendesk.configuration()
        agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(["Opening hours": "We are open from 9 to 5."]),
                channels: [web, ZendeskChannel(configuration, http: zendesk, clock: clock)],
                helpdesks: [ZendeskHelpdesk(configuration, http: zendesk, clock: clock)], clock: clock,
                ids: SequentialIDs()))
    }

    private func session() async throws -> Session { try #require(try await store.sessions(.all, limit: 1).first) }

    private func tell(
        _ type: String, _ event: JSONValue, ticket: Int64, _ detail: [String: JSONValue], id: String = "e1",
        atHelpdesk: Bool
    ) async throws {
        let request = Zendesk.event(type, ticket: ticket, event, detail, id: id, at: clock.now())
        let response =
            atHelpdesk ? await agent.handle(request, at: "zendesk") : await agent.handle(request, on: "zendesk")
        #expect(response.status == 200)
        try await agent.runUntilIdle()
    }

    @Test func `a chat is handed off, answered from Zendesk, solved, and opened again`() async throws {
        let jane = ContactHandle(email: "jane@example.com", name: "Jane", isVerified: true)
        _ = try await agent.receive(web.message("I want to talk to a human", providerID: "w1", from: jane))
        try await agent.runUntilIdle()
        let session = try await session()
        #expect(session.owner == .team && session.status == .open)
        let number = try #require(session.tickets["zendesk"].flatMap { Int64($0) })
        let detail: [String: JSONValue] = [
            "external_id": .string(session.id.rawValue), "tags": ["opencx_handedoff"], "via": ["channel": "api"],
        ]
        let sent = web.sent.count
        for _ in 1...2 {
            try await tell("comment_added", Zendesk.staff("Hello Jane!"), ticket: number, detail, atHelpdesk: true)
            try await tell(
                "comment_added", Zendesk.staff("Psst", id: 902, isPublic: false), ticket: number, detail,
                atHelpdesk: true)
        }
        #expect(web.sent.dropFirst(sent).map { $0.text.reveal() } == ["Hello Jane!"])
        #expect(try await self.session().owner == .person("Ana"))
        try await tell(
            "status_changed", ["previous": "OPEN", "current": "SOLVED"], ticket: number, detail, id: "e2",
            atHelpdesk: true)
        #expect(try await self.session().status == .closedResolved)
        // Zendesk has told of it, so it is not told again.
        #expect(zendesk.comments(of: number).count == 2)
        try await tell(
            "status_changed", ["previous": "SOLVED", "current": "OPEN"], ticket: number, detail, id: "e3",
            atHelpdesk: true)
        #expect(try await self.session().status == .open)
        // The other webhook tells the same of the same ticket; the channel does not take it for its own.
        try await tell("comment_added", Zendesk.staff("Again", id: 903), ticket: number, detail, atHelpdesk: false)
        #expect(web.sent.count == sent + 1)
    }

    private func customerWrites(_ text: String, id: Int64, assignee: Int64? = Zendesk.agent) async throws {
        let detail: [String: JSONValue] = ["assignee_id": assignee.map { .string(String($0)) } ?? .null]
        try await tell(
            "comment_added", Zendesk.comment(text, id: id, by: 501), ticket: 35436, detail, atHelpdesk: false)
    }

    @Test func `a mail is answered in its ticket, handed off there, and led by a person`() async throws {
        zendesk.mail(35436, assignee: Zendesk.agent)
        for _ in 1...2 { try await customerWrites("When are you open?", id: 900) }
        #expect(zendesk.comments(of: 35436).count == 2)
        #expect(zendesk.comments(of: 35436)[1].contains("9 to 5"))
        #expect(
            zendesk.calls == [
                "GET /api/v2/users/501", "GET /api/v2/tickets/35436", "PUT /api/v2/tickets/35436",
                "GET /api/v2/users/501",
            ])
        try await customerWrites("I want to talk to a human", id: 904)
        // The last words and the handoff go out at the same time; where they meet, one of them is tried again.
        clock.advance(by: .seconds(600))
        try await agent.runUntilIdle()
        let own = zendesk.state.withLock {
            ($0.comments[35436] ?? []).filter { $0["author_id"] == .integer(Zendesk.agent) }
        }
        #expect(own.count { $0["public"] == true } == 2 && own.count { $0["public"] == false } == 1)
        let session = try await session()
        #expect(session.owner == .team && session.status == .open && session.home == "zendesk")
        #expect(zendesk.ticket(35436)["assignee_id"] == .null)
        #expect(zendesk.ticket(35436)["tags"]?.texts.contains("opencx_handedoff") == true)
        #expect(zendesk.state.withLock(\.tickets.count) == 1)
        let before = zendesk.comments(of: 35436)
        let detail: [String: JSONValue] = ["tags": ["opencx", "opencx_handedoff"], "status": "SOLVED"]
        // Both webhooks tell of it; it is recorded once, and never sent again.
        try await tell("comment_added", Zendesk.staff("Here I am."), ticket: 35436, detail, atHelpdesk: false)
        try await tell("comment_added", Zendesk.staff("Here I am."), ticket: 35436, detail, atHelpdesk: true)
        #expect(zendesk.comments(of: 35436) == before)
        #expect(try await self.session().status == .closedResolved)
        let history = try await store.history(session.id, after: 0, limit: 99).compactMap(\.message)
        #expect(history.count { $0.author == .person("Ana") } == 1)
    }

    @Test func `nobody answers in a ticket of somebody else, and what was about to be said is withdrawn`() async throws
    {
        zendesk.mail(35436, assignee: Zendesk.ana)
        try await customerWrites("When are you open?", id: 900, assignee: Zendesk.ana)
        #expect(try await store.sessions(.all, limit: 9).isEmpty)
        // The event says that the AI has it; by the time of the answer, a person does.
        try await customerWrites("When are you open?", id: 905)
        #expect(try await session().owner == .team)
        #expect(zendesk.comments(of: 35436).count == 1)
        clock.advance(by: .seconds(9_999))
        try await agent.runUntilIdle()
        #expect(zendesk.comments(of: 35436).count == 1)
    }

    @Test func `Zendesk's outage holds up no customer, and the handoff arrives afterwards`() async throws {
        zendesk.state.withLock { state in for place in 0..<4 { state.faults[place] = .busy } }
        _ = try await agent.receive(web.message("I want to talk to a human", providerID: "w1"))
        try await agent.runUntilIdle()
        #expect(try await session().owner == .team && !web.sent.isEmpty)
        #expect(zendesk.state.withLock(\.tickets.isEmpty))
        for _ in 0..<8 {
            clock.advance(by: .seconds(600))
            try await agent.runUntilIdle()
        }
        #expect(zendesk.state.withLock(\.tickets.count) == 1)
        #expect(try await session().tickets["zendesk"] != nil)
    }

    @Test func `a resolved session solves the ticket that the AI has`() async throws {
        zendesk.mail(35436, assignee: Zendesk.agent)
        try await customerWrites("When are you open?", id: 900)
        _ = try await agent.close(session().id, by: .ai)
        try await agent.runUntilIdle()
        #expect(zendesk.ticket(35436)["status"] == "solved")
        #expect(zendesk.comments(of: 35436).count == 3)
    }

    @Test func `what is not signed is refused and leaves nothing`() async throws {
        var request = Zendesk.event("comment_added", ticket: 35436, Zendesk.comment("Hi", by: 501))
        request.body.append(0x20)
        #expect(await agent.handle(request, on: "zendesk").status == 401)
        #expect(await agent.handle(request, at: "zendesk").status == 401)
        #expect(await agent.handle(Zendesk.signed("{}"), at: "zendesk").status == 400)
        #expect(try await store.sessions(.all, limit: 9).isEmpty)
    }
}
