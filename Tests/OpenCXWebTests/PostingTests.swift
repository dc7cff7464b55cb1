import OpenCXCore
import OpenCXWeb
import Testing

@Suite struct PostingTests {
    @Test func `a message is acknowledged with where it went`() async throws {
        let desk = WebDesk()
        let reply = try await desk.post("Hello", id: "1")
        #expect(reply.status == 202)
        #expect(reply.header("content-type") == "application/json; charset=utf-8")
        let session = try #require(try await desk.store.latestSession(channel: "web", thread: ThreadID(WebDesk.thread)))
        let message = try #require(try await desk.store.history(session.id, after: 0, limit: 9).first?.message)
        #expect(
            reply.json == [
                "session": .string(session.id.rawValue), "ticket": .integer(Int64(session.ticket.rawValue)),
                "sequence": 1, "message": .string(message.id.rawValue),
            ])
        #expect(message.text.text == "Hello")
    }

    @Test func `the same message posted five times at once is one message with one answer`() async throws {
        let desk = WebDesk()
        let receipts = try await withThrowingTaskGroup(of: Reply.self) { group in
            for _ in 0..<5 { group.addTask { try await desk.post("Hello", id: "same") } }
            var receipts: [Reply] = []
            for try await receipt in group { receipts.append(receipt) }
            return receipts
        }
        try await desk.agent.runUntilIdle()
        #expect(receipts.map(\.status) == [202, 202, 202, 202, 202])
        #expect(Set(receipts.map(\.text)).count == 1)
        #expect(try await desk.get().texts == ["Hello", "An answer."])
    }

    @Test func `an id counts within its conversation only`() async throws {
        let desk = WebDesk()
        try await desk.post("Hello", id: "1")
        let other = try await desk.post("Hello", id: "1", thread: "another-visitor-0001")
        #expect(other.status == 202)
        #expect(try await desk.store.sessions(.all, limit: 9).count == 2)
    }

    @Test(arguments: [
        (#"{"text": "one"}"#, "application/json; charset=utf-8"), (#"{"text": "one", "id": null}"#, "APPLICATION/JSON"),
        (#"{"text": "one", "id": "1", "name": "Jo", "more": [1]}"#, "application/json"),
    ])
    func `takes what is well formed`(body: String, type: String) async throws {
        let desk = WebDesk()
        #expect(try await desk.post(bytes: Array(body.utf8), type: type).status == 202)
        #expect(try await desk.get().texts == ["one"])
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var body: [UInt8]
        var type: String? = "application/json"
        var status = 400
        var says: String

        init(_ name: String, _ body: [UInt8], type: String? = "application/json", status: Int = 400, says: String) {
            (testDescription, self.body, self.type, self.status, self.says) = (name, body, type, status, says)
        }

        init(_ name: String, _ body: String, type: String? = "application/json", status: Int = 400, says: String) {
            self.init(name, Array(body.utf8), type: type, status: status, says: says)
        }
    }

    @Test(arguments: [
        Bad("no content type", #"{"text": "one"}"#, type: nil, says: "content type"),
        Bad("the type of a form", #"{"text": "one"}"#, type: "text/plain", says: "content type"),
        Bad("a form", "text=one", type: "application/x-www-form-urlencoded", says: "content type"),
        Bad("no body", "", says: "must be JSON"),
        Bad("half a body", #"{"text": "one"#, says: "must be JSON"),
        Bad("a list", #"["one"]"#, says: "must be JSON"),
        Bad("a bare text", #""one""#, says: "must be JSON"),
        Bad("no text", #"{"id": "1"}"#, says: "must be JSON"),
        Bad("a text that is null", #"{"text": null}"#, says: "must be JSON"),
        Bad("a text that is a number", #"{"text": 1}"#, says: "must be JSON"),
        Bad("an id that is a number", #"{"text": "one", "id": 1}"#, says: "must be JSON"),
        Bad("no UTF-8", Array(#"{"text": "o"#.utf8) + [0xFF, 0xFE] + Array(#""}"#.utf8), says: "must be JSON"),
        Bad("a bare NUL", Array(#"{"text": "o"#.utf8) + [0] + Array(#"ne"}"#.utf8), says: "must be JSON"),
        Bad("half a surrogate", #"{"text": "\ud800"}"#, says: "must be JSON"),
        Bad("deep nesting", #"{"text": "# + String(repeating: "[", count: 100_000), says: "must be JSON"),
        Bad("empty text", #"{"text": ""}"#, says: "neither text"),
        Bad("nothing but space", #"{"text": " \n\t\u2003"}"#, says: "neither text"),
        Bad("an empty id", #"{"text": "one", "id": ""}"#, says: "id"),
        Bad("a long id", #"{"text": "one", "id": "\#(String(repeating: "x", count: 201))"}"#, says: "id"),
        Bad("a long name", #"{"text": "one", "name": "\#(String(repeating: "x", count: 201))"}"#, says: "name"),
        Bad("a megabyte", #"{"text": "\#(String(repeating: "x", count: 1 << 20))"}"#, status: 413, says: "bytes"),
    ])
    func `refuses what is not, and stores nothing`(bad: Bad) async throws {
        let desk = WebDesk()
        let reply = try await desk.post(bytes: bad.body, type: bad.type)
        #expect(reply.status == bad.status)
        #expect(reply.json["statusCode"] == .integer(Int64(bad.status)))
        #expect(reply["message"]?.contains(bad.says) == true, "\(reply.text)")
        #expect(try await desk.store.sessions(.all, limit: 9).isEmpty)
    }

    @Test func `control characters do not get into the store`() async throws {
        let desk = WebDesk()
        #expect(try await desk.post(bytes: Array(#"{"text": "a\u0000b\u001b[2Jc\r\nd\te"}"#.utf8)).status == 202)
        #expect(try await desk.get().texts == ["ab[2Jc\nd\te"])
    }

    @Test(arguments: [
        "", "short", String(repeating: "x", count: 15), String(repeating: "x", count: 65), "visitor-01234/789012",
        "visitor-0123%3456789", "visitor-0123 3456789", "visitor-0123_3456789", "visitor-0123.3456789",
        "visitör-0123456789", "..", "visitor-0123456789\u{0}",
    ])
    func `a conversation's id is 16 to 64 letters, digits and hyphens`(thread: String) async throws {
        let desk = WebDesk()
        #expect(try await desk.post("Hello", thread: thread).status == 404)
        #expect(try await desk.get(thread: thread).status == 404)
        #expect(try await desk.store.sessions(.all, limit: 9).isEmpty)
    }

    @Test(arguments: [16, 64]) func `the shortest and the longest id are taken`(length: Int) async throws {
        let desk = WebDesk()
        #expect(try await desk.post("Hello", thread: String(repeating: "z", count: length)).status == 202)
    }

    @Test(arguments: ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "post", ""])
    func `other methods are refused`(method: String) async throws {
        let desk = WebDesk()
        #expect(try await desk.respond(WebhookRequest(method: method, path: desk.path())).status == 405)
        #expect(try await desk.respond(WebhookRequest(method: method, path: "/widget.js")).status == 405)
    }

    @Test(arguments: ["/v1/sessions", "/v1/other", "/help", "/favicon.ico", "/widget.js/", "/chat.js", "//", "*"])
    func `a path that is not the chat's is left to the server`(path: String) async throws {
        let desk = WebDesk()
        #expect(await desk.chat.respond(to: WebhookRequest(method: "GET", path: path)) == nil)
    }

    @Test(arguments: ["/v1/sessions/", "/v1/sessions/visitor-0123456789", "/v1/sessions/visitor-0123456789/messages/"])
    func `a path that is nearly the chat's is answered with how it should be`(path: String) async throws {
        let reply = try await WebDesk().respond(WebhookRequest(method: "GET", path: path))
        #expect(reply.status == 404)
        #expect(reply["message"]?.contains("16 to 64") == true)
    }
}
