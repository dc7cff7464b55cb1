import OpenCXCore
import OpenCXTesting
import OpenCXWeb
import Testing

@Suite(.timeLimit(.minutes(5))) struct PollingTests {
    @Test func `there is nothing to read before the first message`() async throws {
        let desk = WebDesk()
        #expect(try await desk.get().status == 404)
        #expect(try await desk.get("wait=25").status == 404)
    }

    @Test func `shows the conversation and where it stands`() async throws {
        let desk = WebDesk()
        let receipt = try await desk.post("Hello", id: "1")
        let before = try await desk.get()
        #expect(before.status == 200)
        #expect(before.header("cache-control") == "no-store")
        #expect(before.json["working"] == true)
        try await desk.agent.runUntilIdle()
        let after = try await desk.get()
        #expect(after["session"] == receipt["session"])
        #expect(after.json["ticket"] == receipt.json["ticket"])
        #expect(after["status"] == "open")
        #expect(after["owner"] == "ai")
        #expect(after.json["working"] == false)
        #expect(after.json["last"] == 2)
        #expect(
            after.messages == [
                [
                    "sequence": 1, "id": receipt.json["message"] ?? .null, "author": "customer", "name": .null,
                    "text": "Hello",
                    "citations": [],
                    "at": .string(desk.clock.now().description),
                ],
                [
                    "sequence": 2, "id": after.messages[1]["id"] ?? .null, "author": "ai", "name": .null,
                    "text": "An answer.",
                    "citations": [],
                    "at": .string(desk.clock.now().description),
                ],
            ])
    }

    @Test(arguments: [("after=0", 2), ("after=1", 1), ("after=2", 0), ("after=99", 0), ("", 2)])
    func `shows what came after an entry`(query: String, count: Int) async throws {
        let desk = WebDesk()
        try await desk.post("Hello")
        try await desk.agent.runUntilIdle()
        let reply = try await desk.get(query)
        #expect(reply.messages.count == count)
        #expect(reply.json["last"] == (query == "after=99" ? 99 : 2))
    }

    @Test(arguments: [
        "after=-1", "after=x", "after=", "after=1.5", "after=99999999999999999999", "wait=-1", "wait=26", "wait=x",
        "wait=", "after=1&wait=1e1",
    ])
    func `refuses numbers that are none`(query: String) async throws {
        let desk = WebDesk()
        try await desk.post("Hello")
        let reply = try await desk.get(query)
        #expect(reply.status == 400)
        #expect(reply["message"]?.contains("whole number") == true)
    }

    @Test func `a waiting request returns when the AI answers`() async throws {
        let desk = WebDesk()
        try await desk.post("Hello")
        async let waiting = desk.get("after=1&wait=25")
        try await desk.clock.waitForSleepers(count: 1)
        try await desk.agent.runUntilIdle()
        // The clock has not moved: it is the event that woke the request.
        #expect(try await waiting.texts == ["An answer."])
    }

    @Test func `what happens in other conversations wakes nobody`() async throws {
        let desk = WebDesk()
        try await desk.post("Hello")
        async let waiting = desk.get("after=2&wait=1")
        try await desk.clock.waitForSleepers(count: 1)
        for number in 0..<50 { try await desk.post("Hello", thread: "another-visitor-\(number)") }
        #expect(desk.clock.sleeperCount == 1)
        desk.clock.advance(by: .seconds(1))
        #expect(try await waiting.messages.isEmpty)
    }

    @Test func `a waiting request returns empty-handed at the end of its time`() async throws {
        let desk = WebDesk()
        try await desk.post("Hello")
        async let waiting = desk.get("after=1&wait=3")
        for _ in 0..<3 {
            try await desk.clock.waitForSleepers(count: 1)
            desk.clock.advance(by: .seconds(1))
        }
        let reply = try await waiting
        #expect(reply.status == 200)
        #expect(reply.messages.isEmpty)
        #expect(reply.json["last"] == 1)
        #expect(reply.json["working"] == true)
    }

    @Test func `what another process writes into the store is seen within a second`() async throws {
        let desk = WebDesk()
        let receipt = try await desk.post("Hello")
        let session = SessionID(try #require(receipt["session"]))
        let other = Agent(
            AgentParts(
                store: desk.store, knowledge: ListIndex(), clock: desk.clock, ids: SequentialIDs(seed: 2)))
        async let waiting = desk.get("after=1&wait=25")
        try await desk.clock.waitForSleepers(count: 1)
        _ = try await other.reply(to: session, as: "Sam", UnredactedText("I'm on it."))
        desk.clock.advance(by: .seconds(1))
        let reply = try await waiting
        #expect(reply.texts == ["I'm on it."])
        #expect(reply["owner"] == "person")
    }

    @Test func `a waiting request ends when it is cancelled`() async throws {
        let desk = WebDesk()
        try await desk.post("Hello")
        let waiting = Task { try await desk.get("after=1&wait=25") }
        try await desk.clock.waitForSleepers(count: 1)
        waiting.cancel()
        let reply = try await waiting.value
        #expect(reply.status == 200)
        #expect(reply.json["last"] == 1)
        #expect(reply.messages.isEmpty)
        #expect(desk.clock.sleeperCount == 0)
    }

    @Test func `after the end of a session the next message starts another one`() async throws {
        let desk = WebDesk()
        let first = try #require(try await desk.post("Hello", id: "1")["session"])
        try await desk.agent.runUntilIdle()
        _ = try await desk.agent.close(SessionID(first), by: .customer)
        let closed = try await desk.get("after=2&session=\(first)")
        #expect(closed["status"] == "closed_resolved")
        #expect(closed["session"] == first)
        #expect(closed.messages.isEmpty)
        #expect(closed.json["last"] == 3)

        let receipt = try await desk.post("Hello again", id: "2")
        let second = try #require(receipt["session"])
        #expect(second != first)
        #expect(receipt.json["sequence"] == 1)
        // A page that knows the first session gets all of the second; one that knows the second gets what is new.
        let switched = try await desk.get("after=3&session=\(first)")
        #expect(switched["session"] == second)
        #expect(switched["status"] == "open")
        #expect(switched.texts == ["Hello again"])
        #expect(try await desk.get("after=1&session=\(second)").messages.isEmpty)
        #expect(try await desk.get("after=1").messages.isEmpty)
        // A message that the first session has seen is still not taken again.
        let repeated = try await desk.post("Hello", id: "1")
        #expect(repeated["session"] == first)
        #expect(try await desk.get().texts == ["Hello again"])
    }

    @Test func `a person's reply shows the name and the address, and the store keeps the placeholder`() async throws {
        let desk = WebDesk()
        let receipt = try await desk.post("Hello, I am jo@example.com", id: "1")
        let session = SessionID(try #require(receipt["session"]))
        _ = try await desk.agent.reply(
            to: session, as: "Sam", UnredactedText("Write to help@example.org, not from jo@example.com."))
        let reply = try await desk.get()
        #expect(reply.authors == ["customer", "person"])
        #expect(reply.messages.last?["name"] == "Sam")
        #expect(
            reply.texts == ["Hello, I am [EMAIL_1]", "Write to help@example.org, not from jo@example.com."])
        let stored = try await desk.store.history(session, after: 0, limit: 9).compactMap(\.message?.text.text)
        #expect(stored == ["Hello, I am [EMAIL_1]", "Write to [EMAIL_2], not from [EMAIL_1]."])
    }

    @Test func `people go by their names`() async throws {
        struct Team: PersonDirectory {
            func name(of person: PersonID) async throws -> String? { person == "p-17" ? "Dana" : nil }
        }
        let desk = WebDesk(people: Team())
        let session = SessionID(try #require(try await desk.post("Hello", id: "1")["session"]))
        for person in ["p-17", "Kim"] as [PersonID] {
            _ = try await desk.agent.reply(to: session, as: person, UnredactedText("Hello."))
        }
        let reply = try await desk.get()
        #expect(reply.messages.map { $0["name"] } == [.null, "Dana", "Kim"])
        #expect(!reply.text.contains("p-17"))
    }

    @Test func `an answer shows what it rests on, and nothing else of the session does`() async throws {
        let answerer = ScriptedAnswerer { request in
            .answer(
                Answer(
                    text: "Within 60 days.", sources: request.passages.map(\.id), confidence: 1, basis: .knowledge))
        }
        let desk = WebDesk(answerer: answerer, index: ListIndex(["Return an item": "You can return items in 60 days."]))
        let receipt = try await desk.post("How do I return items?")
        try await desk.agent.runUntilIdle()
        _ = try await desk.agent.note(
            on: SessionID(try #require(receipt["session"])), by: "Sam", UnredactedText("A secret note."))
        let reply = try await desk.get()
        #expect(
            reply.messages.last?["citations"] == [
                ["title": "Return an item", "url": "https://help.example/return-an-item"]
            ])
        #expect(!reply.text.contains("secret"))
        #expect(reply.json["last"] == 3)
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", "\"}],\"owner\":\"person", "\\\"",
        "a\u{2028}b", "a\tb\nc", "[x](javascript:alert(1))", "🙃",
    ])
    func `what was written comes back as a JSON string, byte for byte`(text: String) async throws {
        let desk = WebDesk()
        try await desk.post(text)
        let reply = try await desk.get()
        #expect(reply.texts == [text])
        #expect(reply["owner"] == "ai")
        #expect(reply.header("content-type") == "application/json; charset=utf-8")
        #expect(reply.header("x-content-type-options") == "nosniff")
    }
}
