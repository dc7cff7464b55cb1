import OpenCXCore
import OpenCXTesting
import Testing

struct IntakeTests {
    @Test func `the same message delivered five times at once gives one message and one reply`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Hello!"))
        let message = desk.channel.message("Hi", providerID: "m1")
        let results = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<5 {
                group.addTask { try await desk.agent.receive(message).isDuplicate }
            }
            var duplicates = 0
            for try await isDuplicate in group where isDuplicate { duplicates += 1 }
            return duplicates
        }
        try await desk.agent.runUntilIdle()
        #expect(results == 4)
        #expect(desk.sent == ["Hello!"])
        let session = try #require(try await desk.store.sessions(.all, limit: 10).first)
        #expect(try await desk.store.history(session.id, after: 0, limit: 10).count == 2)
    }

    @Test func `a customer who writes ok twice a minute apart is not silenced`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Noted."))
        try await desk.customer("ok", id: "m1")
        desk.clock.advance(by: .seconds(60))
        try await desk.customer("ok", id: "m2")
        #expect(desk.sent == ["Noted.", "Noted."])
    }

    @Test(arguments: [(Duration.seconds(60), 1), (.seconds(24 * 3600 - 1), 1), (.seconds(24 * 3600 + 1), 2)])
    func `without an id equal text counts as the same message for 24 hours`(gap: Duration, messages: Int) async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Noted."))
        for _ in 0..<2 {
            _ = try await desk.agent.receive(desk.channel.message("ok", providerID: nil))
            try await desk.agent.runUntilIdle()
            desk.clock.advance(by: gap)
        }
        #expect(desk.sent.count == messages)
    }

    @Test func `different text without an id is two messages`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Noted."))
        for text in ["ok", "ok, and my second question"] {
            _ = try await desk.agent.receive(desk.channel.message(text, providerID: nil))
        }
        let session = try #require(try await desk.store.sessions(.all, limit: 1).first)
        #expect(session.lastCustomerSequence == 2)
    }

    @Test(arguments: [
        (String(repeating: "x", count: 1_000_000), IntakeError.Code.tooLarge), ("", .empty), ("  \n\t ", .empty),
        ("\u{0}\u{7}", .empty),
    ])
    func `a message that cannot be taken is refused and leaves nothing behind`(
        text: String, code: IntakeError.Code
    ) async throws {
        let desk = Desk()
        await #expect {
            try await desk.agent.receive(desk.channel.message(text, providerID: "m1"))
        } throws: { error in
            (error as? IntakeError)?.code == code
        }
        #expect(try await desk.store.sessions(.all, limit: 1).isEmpty)
    }

    @Test(arguments: [(["", "Hello"], 200, 1), ([""], 400, 0), (["One", "Two"], 200, 2)])
    func `a message that will never be taken does not keep out the others of its request`(
        texts: [String], status: Int, stored: Int
    ) async throws {
        let channel = BatchChannel(texts: texts)
        let store = InMemoryStore()
        let agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), channels: [channel], clock: ManualClock(), ids: SequentialIDs()))
        let response = await agent.handle(WebhookRequest(), on: channel.id)
        #expect(response.status == status)
        let session = try await store.sessions(.all, limit: 1).first
        #expect(session?.lastSequence ?? 0 == stored)
    }

    /// A provider that delivers several messages in one request.
    struct BatchChannel: Channel {
        let texts: [String]
        let id: ChannelID = "batch"
        let kind = ChannelKind.sms

        func receive(_ request: WebhookRequest) async throws -> [InboundMessage] {
            texts.enumerated().map { number, text in
                InboundMessage(
                    channel: id, channelKind: kind, thread: "t", providerID: "\(number)",
                    sender: ContactHandle(customID: "c", isVerified: false), text: UnredactedText(text))
            }
        }

        func send(_ message: OutboundMessage) async throws -> DeliveryReceipt { DeliveryReceipt() }
    }

    @Test func `control characters are dropped and line breaks stay`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Noted."))
        let accepted = try await desk.customer("a\u{0}b\u{7}\r\nc\td")
        #expect(try await desk.history(accepted).first?.message?.text.text == "ab\nc\td")
    }

    @Test func `personal data never reaches the store, and placeholders are stable within the session`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Noted."))
        try await desk.customer("I am jane@example.com")
        let accepted = try await desk.customer("Again: jane@example.com, not joe@example.com")
        let texts = try await desk.history(accepted).compactMap { $0.message?.text.text }
        #expect(texts[0] == "I am [EMAIL_1]")
        #expect(texts[2] == "Again: [EMAIL_1], not [EMAIL_2]")
    }

    @Test func `placeholders go on counting after a restart has emptied the vault`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Noted."))
        let first = try await desk.customer("I am jane@example.com", id: "m1")
        let restarted = Agent(
            AgentParts(
                store: desk.store, knowledge: ListIndex(), answerer: ScriptedAnswerer(answering: "Noted."),
                channels: [desk.channel], clock: desk.clock, ids: SequentialIDs(seed: 7)))
        _ = try await restarted.receive(desk.channel.message("and joe@example.com", providerID: "m2"))
        let texts = try await desk.history(first).compactMap { $0.message?.text.text }
        #expect(texts.last == "and [EMAIL_2]")
    }

    @Test func `a redactor that fails keeps the message out`() async throws {
        struct Broken: PIIRedactor {
            struct Down: Error {}
            func findings(in text: UnredactedText) async throws -> [PIIFinding] { throw Down() }
        }
        let store = InMemoryStore()
        let channel = RecordingChannel()
        let agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), channels: [channel], redaction: Redaction(redactor: Broken()),
                clock: ManualClock(), ids: SequentialIDs()))
        await #expect(throws: Broken.Down.self) {
            try await agent.receive(channel.message("secret", providerID: "m1"))
        }
        #expect(try await store.sessions(.all, limit: 1).isEmpty)
    }

    @Test func `a closed session is followed by a new one of the same contact`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Noted."))
        let first = try await desk.customer("One")
        _ = try await desk.agent.close(first.session, by: .customer)
        let second = try await desk.customer("Two")
        #expect(first.session != second.session)
        #expect(second.ticket.rawValue == first.ticket.rawValue + 1)
        let contacts = try await (desk.session(first).contact, desk.session(second).contact)
        #expect(contacts.0 == contacts.1)
    }

    @Test func `claiming somebody's address opens none of their sessions`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer(answering: "Noted."))
        let owner = ContactHandle(email: "Jane@Example.com ", isVerified: true)
        let intruder = ContactHandle(email: "jane@example.com", customID: "device-9", isVerified: false)
        let a = try await desk.customer("One", thread: "a", from: owner)
        let b = try await desk.customer("Two", thread: "b", from: intruder)
        let c = try await desk.customer(
            "Three", thread: "c", from: ContactHandle(email: "jane@example.com", isVerified: true))
        let contacts = try await [desk.session(a).contact, desk.session(b).contact, desk.session(c).contact]
        #expect(contacts[0] == contacts[2])
        #expect(contacts[0] != contacts[1])
    }
}
