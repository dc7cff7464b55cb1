import OpenCXCore
import OpenCXTesting
import OpenCXWeb
import Testing

@Suite(.timeLimit(.minutes(5))) struct StreamTests {
    /// Reads events one at a time, as a server does that sends them.
    struct Reader {
        let head: WebhookStream

        init(_ desk: WebDesk, _ query: [(name: String, value: String)] = [], last: String? = nil) async throws {
            let request = WebhookRequest(
                method: "GET", path: "/v1/sessions/\(WebDesk.thread)/stream", query: query,
                headers: last.map { [("Last-Event-ID", $0)] } ?? [])
            guard case .stream(let stream)? = await desk.chat.answer(request) else { throw NoStream() }
            head = stream
        }

        func next() async -> (name: String, id: String?, data: JSONValue)? {
            for await bytes in head.body { return Self.read(bytes) }
            return nil
        }

        private static func read(_ bytes: [UInt8]) -> (name: String, id: String?, data: JSONValue) {
            var fields: [Substring: Substring] = [:]
            for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
                let name = line.prefix { $0 != ":" }
                fields[name] = line.dropFirst(name.count + 2)
            }
            let data = fields["data"].flatMap { try? JSONValue(parsing: Array($0.utf8)) } ?? .null
            return (String(fields["event"] ?? "comment"), fields["id"].map(String.init), data)
        }

        struct NoStream: Error {}
    }

    @Test func `tells where the conversation stands, then what happens`() async throws {
        let desk = WebDesk()
        let receipt = try await desk.post("Hello", id: "1")
        let reader = try await Reader(desk)
        #expect(reader.head.headers.contains { $0 == ("content-type", "text/event-stream; charset=utf-8") })
        #expect(reader.head.headers.contains { $0 == ("cache-control", "no-store") })
        let first = try #require(await reader.next())
        #expect(first.name == "state")
        #expect(first.data["messages"]?.texts == ["Hello"])
        #expect(first.data["working"] == true)
        #expect(first.id == "\(receipt["session"] ?? ""):1")
        try await desk.agent.runUntilIdle()
        let second = try #require(await reader.next())
        #expect(second.data["messages"]?.texts == ["An answer."])
        #expect(second.data["working"] == false)
        _ = try await desk.agent.takeOver(SessionID(try #require(receipt["session"])), by: "Sam")
        let third = try #require(await reader.next())
        #expect(third.data["owner"] == "person")
        #expect(third.data["messages"] == [])
    }

    @Test func `who comes again goes on where they were`() async throws {
        let desk = WebDesk()
        try await desk.post("Hello", id: "1")
        try await desk.agent.runUntilIdle()
        let reader = try await Reader(desk)
        let id = try #require(await reader.next()?.id)
        try await desk.post("More", id: "2")
        // The address says what it said at first; what the browser gives back counts.
        let again = try await Reader(desk, [("after", "0")], last: id)
        #expect(await again.next()?.data["messages"]?.texts == ["More"])
        let other = try await Reader(desk, [("after", "1"), ("session", "another")])
        #expect(await other.next()?.data["messages"]?.texts == ["Hello", "An answer.", "More"])
    }

    @Test func `a reply is seen while it grows, and what is not said is taken back`() async throws {
        let channel = WebChannel()
        let desk = WebDesk(channel: channel)
        let session = try #require(try await desk.post("Hello", id: "1")["session"])
        let reader = try await Reader(desk)
        _ = await reader.next()
        func piece(_ content: ReplyPiece.Content) -> ReplyPiece {
            ReplyPiece(
                message: "m1", session: SessionID(session), ticket: TicketNumber(rawValue: 1001),
                thread: ThreadID(WebDesk.thread),
                content: content)
        }
        channel.show(piece(.began("Send it ")))
        let began = try #require(await reader.next())
        #expect(began.name == "reply")
        #expect(began.data == ["message": "m1", "text": "Send it ", "begins": true])
        channel.show(piece(.grew("back.")))
        #expect(await reader.next()?.data == ["message": "m1", "text": "back.", "begins": false])
        channel.show(piece(.retracted(replacement: nil)))
        let retracted = try #require(await reader.next())
        #expect(retracted.name == "retracted")
        #expect(retracted.data == ["message": "m1"])
    }

    @Test func `a comment now and then keeps the connection, and a stopping server says so`() async throws {
        let desk = WebDesk()
        try await desk.post("Hello", id: "1")
        let reader = try await Reader(desk)
        _ = await reader.next()
        let task = Task {
            let names = [await reader.next()?.name, await reader.next()?.name]
            return (names, await reader.next() == nil)
        }
        for _ in 0..<15 {
            try await desk.clock.waitForSleepers(count: 1)
            desk.clock.advance(by: .seconds(1))
        }
        try await desk.clock.waitForSleepers(count: 1)
        task.cancel()
        let (names, isOver) = await task.value
        #expect(names == ["comment", "comment"])
        #expect(isOver)
    }

    @Test(arguments: [("GET", 404), ("POST", 405)])
    func `there is no stream before the first message, and none to post to`(method: String, status: Int) async throws {
        let desk = WebDesk()
        let path = "/v1/sessions/\(WebDesk.thread)/stream"
        guard case .response(let response)? = await desk.chat.answer(WebhookRequest(method: method, path: path)) else {
            Issue.record("a stream")
            return
        }
        #expect(response.status == status)
    }

    @Test func `nobody's stream tells of another conversation`() async throws {
        let desk = WebDesk()
        try await desk.post("Hello", id: "1")
        let reader = try await Reader(desk)
        _ = await reader.next()
        try await desk.post("A secret", thread: "another-visitor-1")
        try await desk.post("More of mine", id: "2")
        #expect(await reader.next()?.data["messages"]?.texts == ["More of mine"])
    }
}

extension JSONValue {
    fileprivate var texts: [String] {
        if case .array(let messages) = self { messages.compactMap { $0["text"]?.string } } else { [] }
    }
}
