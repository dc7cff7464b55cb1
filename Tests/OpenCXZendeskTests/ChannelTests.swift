import OpenCXCore
import OpenCXTesting
import OpenCXZendesk
import Testing

struct ChannelTests {
    private let zendesk = FakeZendesk()

    // MARK: In

    private func messages(
        _ type: String = "comment_added", _ event: JSONValue = Zendesk.comment("And on Sunday?", by: 501),
        _ detail: [String: JSONValue] = [:], handlesUnassigned: Bool = false
    ) async throws -> [InboundMessage] {
        try await Zendesk.channel(zendesk) { $0.handlesUnassigned = handlesUnassigned }
            .receive(Zendesk.event(type, ticket: 35436, event, detail))
    }

    @Test func `a customer's comment is a message of its ticket`() async throws {
        zendesk.mail(35436)
        let message = try #require(try await messages(["assignee_id": "11"]).first)
        #expect(message.thread == "35436" && message.providerID == "comment-900" && message.helpdesk == "zendesk")
        #expect(message.text.reveal() == "And on Sunday?" && message.subject?.reveal() == "Opening hours")
        #expect(message.sender.email == "jane@example.com" && message.sender.isVerified)
        #expect(message.sender.name == "Jane Doe" && message.channelKind == .email && message.holder == .ai)
    }

    private func messages(_ detail: [String: JSONValue]) async throws -> [InboundMessage] {
        try await messages("comment_added", Zendesk.comment("And on Sunday?", by: 501), detail)
    }

    @Test(
        arguments: [
            ("11", false, ConversationHolder.ai), (nil, true, .ai), (nil, false, .nobody), ("12", true, .person("Ana")),
            ("77", false, .person("Zendesk user 77")),
        ] as [(String?, Bool, ConversationHolder)])
    func `who has the ticket`(assignee: String?, handlesUnassigned: Bool, holder: ConversationHolder) async throws {
        zendesk.mail(35436)
        let detail: [String: JSONValue] = ["assignee_id": assignee.map { .string($0) } ?? .null]
        let message = try await messages(
            "comment_added", Zendesk.comment("Hi", by: 501), detail, handlesUnassigned: handlesUnassigned)
        #expect(message.first?.holder == holder)
    }

    @Test func `the first words of a ticket count once, by whichever event they come`() async throws {
        zendesk.mail(35436)
        let created = try #require(try await messages("created", [:]).first)
        let added = Zendesk.comment("When are you open?", id: 354360, by: 501)
        let commented = try #require(try await messages("comment_added", added).first)
        #expect(created.text.reveal() == "When are you open?")
        #expect(created.providerID == commented.providerID && created.thread == commented.thread)
    }

    @Test func `handoffs from other channels, and tickets that came in otherwise, are not the channel's`() async throws
    {
        zendesk.mail(35436)
        for detail: [String: JSONValue] in [
            ["external_id": "session-1"], ["via": ["channel": "api"]], ["via": ["channel": "web"]], ["via": .null],
        ] {
            #expect(try await messages(detail).isEmpty)
        }
    }

    @Test func `people's answers are recorded, notes are not`() async throws {
        let channel = Zendesk.channel(zendesk)
        func told(_ comment: JSONValue) async throws -> [String] {
            try await channel.events(in: Zendesk.event("comment_added", ticket: 35436, comment)).map { event in
                guard case .team(let event) = event else { return "?" }
                #expect(event.conversation == .thread("35436"))
                return word(event.activity)
            }
        }
        #expect(try await told(Zendesk.staff("Hello!")) == ["Ana: Hello!"])
        #expect(try await told(Zendesk.staff("Psst", isPublic: false)).isEmpty)
        #expect(try await told(Zendesk.comment("Hi", by: Zendesk.agent, name: "AI", isStaff: true)).isEmpty)
        #expect(zendesk.calls.isEmpty)
        #expect(try await told(Zendesk.comment("Hi", by: Zendesk.ana, name: "Ana", isStaff: false)).isEmpty)
    }

    @Test func `a webhook whose author cannot be looked up is delivered again`() async throws {
        zendesk.mail(35436)
        zendesk.state.withLock { $0.faults = [0: .tooMany] }
        let error = try await #require(throws: ChannelError.self) { _ = try await messages() }
        #expect(error.httpStatus == 503)
    }

    @Test(arguments: [401, 403, 422, 429, 500])
    func `Zendesk is asked to tell again what could not be read, within the minute that it waits`(status: Int)
        async throws
    {
        let clock = ManualClock(start: Zendesk.now)
        let http = ScriptedHTTP(
            answers: ScriptedHTTP.Answer("{}", status: status, headers: [("retry-after", "93")]))
        let agent = Agent(
            AgentParts(
                store: InMemoryStore(), knowledge: ListIndex(),
                channels: [ZendeskChannel(Zendesk.configuration(), http: http, clock: clock)], clock: clock,
                ids: SequentialIDs()))
        let told = Zendesk.event(
            "comment_added", ticket: 35436, Zendesk.comment("Hello?", id: 901, by: 501), id: "e1", at: clock.now())
        let response = await agent.handle(told, on: "zendesk")
        #expect(response.status == 503)
        #expect(response.headers.contains { $0.name == "retry-after" && $0.value == "1" })
    }

    // MARK: Out

    @Test func `an answer is a public comment by the AI`() async throws {
        zendesk.mail(35436, assignee: Zendesk.agent)
        var message = Zendesk.outbound("We are **open** <b>daily</b>.")
        message.files = [
            OutboundFile(
                name: UnredactedText("map.png"), mediaType: "image/png",
                location: UnredactedText("https://shop.example/map.png")),
            OutboundFile(
                name: UnredactedText("x"), mediaType: "image/png", location: UnredactedText("file:///etc/passwd")),
        ]
        let receipt = try await Zendesk.channel(zendesk).send(message)
        #expect(zendesk.calls == ["GET /api/v2/tickets/35436", "PUT /api/v2/tickets/35436"])
        let comment = try #require(zendesk.state.withLock { $0.comments[35436]?.last })
        #expect(comment["public"] == true && comment["author_id"] == .integer(Zendesk.agent))
        #expect(comment["id"]?.number.map(String.init) == receipt.providerID)
        let html = zendesk.state.withLock { $0.bodies[1]["ticket"]?["comment"]?["html_body"]?.string } ?? ""
        #expect(html.contains("<strong>open</strong> &lt;b&gt;daily"))
        #expect(html.contains("https://shop.example/map.png") && !html.contains("passwd"))
        #expect(zendesk.ticket(35436)["status"] == "open")
    }

    @Test(
        arguments: [
            (Zendesk.agent, false, Author.ai, true), (nil, true, .ai, true), (nil, false, .ai, false),
            (Zendesk.ana, true, .ai, false), (Zendesk.ana, false, .person("Bea"), true),
        ] as [(Int64?, Bool, Author, Bool)])
    func `the AI answers only where the ticket is its own`(
        assignee: Int64?, handlesUnassigned: Bool, author: Author, isSent: Bool
    ) async throws {
        zendesk.mail(35436, assignee: assignee)
        let channel = Zendesk.channel(zendesk) { $0.handlesUnassigned = handlesUnassigned }
        do {
            _ = try await channel.send(Zendesk.outbound("Hello", author: author))
            #expect(isSent)
        } catch let error as ChannelError {
            #expect(!isSent && error.code == .taken && !error.isRetryable)
        }
        #expect(zendesk.comments(of: 35436).count == (isSent ? 2 : 1))
    }

    @Test func `a person who takes the ticket between our look and our answer has it`() async throws {
        zendesk.mail(35436, assignee: Zendesk.agent)
        zendesk.state.withLock { $0.race = { $0.change(35436, ["assignee_id": .integer(Zendesk.ana)]) } }
        let error = await #expect(throws: ChannelError.self) {
            _ = try await Zendesk.channel(zendesk).send(Zendesk.outbound("Hello"))
        }
        #expect(error?.code == .taken && zendesk.comments(of: 35436).count == 1)
    }

    @Test func `the last words before a handoff may come after it`() async throws {
        zendesk.mail(35436)
        let channel = Zendesk.channel(zendesk)
        await #expect(throws: ChannelError.self) { _ = try await channel.send(Zendesk.outbound("A colleague comes.")) }
        zendesk.state.withLock { $0.change(35436, ["tags": ["opencx_handedoff"]]) }
        _ = try await channel.send(Zendesk.outbound("A colleague comes."))
        #expect(zendesk.comments(of: 35436).count == 2)
    }

    @Test func `another change at the same time only costs a second try`() async throws {
        zendesk.mail(35436, assignee: Zendesk.agent)
        zendesk.state.withLock { $0.race = { $0.change(35436, ["tags": ["rule"]]) } }
        let channel = Zendesk.channel(zendesk)
        let error = await #expect(throws: ChannelError.self) { _ = try await channel.send(Zendesk.outbound("Hello")) }
        #expect(error?.isRetryable == true)
        _ = try await channel.send(Zendesk.outbound("Hello", isRetry: true))
        #expect(zendesk.comments(of: 35436).count == 2)
        #expect(zendesk.ticket(35436)["tags"]?.texts.contains("rule") == true)
    }

    @Test(arguments: FakeZendesk.Fault.allCases)
    func `an answer that breaks anywhere is there once after the next try`(fault: FakeZendesk.Fault) async throws {
        zendesk.mail(35436, assignee: Zendesk.agent)
        _ = try await Zendesk.channel(zendesk).send(Zendesk.outbound("Hello"))
        for place in zendesk.calls.indices {
            let broken = FakeZendesk()
            broken.mail(35436, assignee: Zendesk.agent)
            broken.state.withLock { $0.faults = [place: fault] }
            let error = await #expect(throws: ChannelError.self) {
                _ = try await Zendesk.channel(broken).send(Zendesk.outbound("Hello"))
            }
            #expect(error?.isRetryable == true)
            _ = try await Zendesk.channel(broken).send(Zendesk.outbound("Hello", isRetry: true))
            #expect(broken.picture() == zendesk.picture(), "\(fault) at call \(place)")
        }
    }

    @Test func `of answers in a row, only the last one leaves its mark`() async throws {
        zendesk.mail(35436, assignee: Zendesk.agent)
        let channel = Zendesk.channel(zendesk)
        for key in ["a", "b", "c"] { _ = try await channel.send(Zendesk.outbound("Hello", key: key)) }
        #expect(zendesk.comments(of: 35436).count == 4)
        #expect(zendesk.ticket(35436)["tags"]?.texts.count { $0.hasPrefix("opencx_reply_") } == 1)
    }

    @Test(arguments: ["closed", "gone", "not ours", "too long"]) func `what can never be sent is rejected`(kind: String)
        async throws
    {
        zendesk.mail(35436, assignee: Zendesk.agent, status: kind == "closed" ? "closed" : "open")
        let thread: ThreadID = kind == "gone" ? "404" : kind == "not ours" ? "+1/+2" : "35436"
        let text = kind == "too long" ? String(repeating: "long ", count: 20_000) : "Hello"
        let error = await #expect(throws: ChannelError.self) {
            _ = try await Zendesk.channel(zendesk).send(Zendesk.outbound(text, in: thread))
        }
        #expect(error?.isRetryable == false && error?.code != .taken)
    }
}
