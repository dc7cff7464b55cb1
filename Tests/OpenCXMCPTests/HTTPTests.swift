import OpenCXCore
import OpenCXMCP
import OpenCXTesting
import Testing

/// The protocol over HTTP: what is sent, and what is made of the answers.
struct HTTPTests {
    @Test func `a session is begun once, and every request names it and the version`() async throws {
        let server = FakeServer()
        let actions = try MCPActions(server)
        #expect(server.requests.isEmpty)
        _ = try await actions.actions()
        _ = try await actions.call(.find)
        _ = try await actions.call(.refund)
        #expect(
            server.methods
                == ["initialize", "notifications/initialized", "tools/list", "tools/call", "tools/call"])
        for (number, request) in server.requests.enumerated() {
            #expect(request.method == "POST")
            #expect(request.header("Accept") == "application/json, text/event-stream")
            #expect(request.header("Content-Type") == "application/json")
            #expect(request.header("Authorization") == "Bearer t0ken")
            #expect(request.header("Mcp-Session-Id") == (number == 0 ? nil : "session-1"))
            #expect(request.header("MCP-Protocol-Version") == (number == 0 ? nil : "2025-06-18"))
        }
        #expect(server.messages[0]["params"]?["protocolVersion"] == "2025-06-18")
        await actions.close()
        #expect(server.requests.last?.method == "DELETE")
    }

    @Test func `many who come at once share one session and one list`() async throws {
        let server = FakeServer()
        let actions = try MCPActions(server)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 { group.addTask { try await actions.actions().count } }
            for try await count in group { #expect(count == 2) }
        }
        #expect(server.methods == ["initialize", "notifications/initialized", "tools/list"])
    }

    @Test(arguments: [("2025-06-18", true), ("2025-03-26", true), ("2024-11-05", false), ("", false)])
    func `a version that both speak is agreed on`(version: String, isSpoken: Bool) async throws {
        let server = FakeServer { $0.version = version }
        let actions = try MCPActions(server)
        if isSpoken {
            _ = try await actions.actions()
            #expect(server.requests.last?.header("MCP-Protocol-Version") == version)
        } else {
            let error = await #expect(throws: ActionError.self) { try await actions.actions() }
            #expect(error?.code == .unavailable)
            #expect(error?.message.contains("2025-06-18, 2025-03-26") == true)
        }
    }

    @Test func `an answer may come as events, after other messages, some of which want an answer`() async throws {
        let server = FakeServer {
            $0.answersInEvents = true
            $0.before = [
                ["jsonrpc": "2.0", "method": "notifications/progress", "params": [:]],
                ["jsonrpc": "2.0", "id": "p1", "method": "ping"],
                ["jsonrpc": "2.0", "id": 7, "method": "sampling/createMessage", "params": [:]],
                ["jsonrpc": "2.0", "id": 999, "result": ["content": []]], "nonsense",
            ]
        }
        let actions = try MCPActions(server)
        #expect(try await actions.call(.find).text?.reveal() == "done")
        let replies = server.messages.filter { $0["method"] == nil }
        #expect(replies.contains(["jsonrpc": "2.0", "id": "p1", "result": [:]]))
        #expect(replies.contains { $0["id"] == 7 && $0["error"]?["code"] == -32601 })
        #expect(!replies.contains { $0["id"] == 999 })
    }

    @Test func `a batch is read, as the older version allows it`() async throws {
        let server = FakeServer {
            $0.own["tools/call"] = { message in
                let answer: JSONValue = ["jsonrpc": "2.0", "id": message["id"] ?? .null, "result": ["content": []]]
                let batch: JSONValue = [["jsonrpc": "2.0", "method": "notifications/message"], answer]
                return .json(String(decoding: batch.serialized(), as: UTF8.self))
            }
        }
        #expect(try await MCPActions(server).call(.find).text?.reveal() == "")
    }

    @Test func `when the server has forgotten the session, a new one is begun and the call is made there`() async throws
    {
        let server = FakeServer()
        let actions = try MCPActions(server)
        _ = try await actions.call(.refund)
        server.change { $0.session = "session-2" }
        _ = try await actions.call(.refund)
        #expect(server.requests.last?.header("Mcp-Session-Id") == "session-2")
        #expect(server.methods.suffix(4) == ["tools/call", "initialize", "notifications/initialized", "tools/call"])
        // A new session may have other tools.
        _ = try await actions.actions()
        #expect(server.methods.last == "tools/list")
    }

    @Test func `a server that never knows its sessions is given up after the second try`() async throws {
        let server = FakeServer { $0.own["tools/call"] = { _ in .json("{}", status: 404) } }
        let error = await #expect(throws: ActionError.self) { try await MCPActions(server).call(.refund) }
        #expect(error?.code == .unavailable)
        #expect(server.calls.count == 2)
    }

    @Test func `the server is told when the caller waits no longer`() async throws {
        let server = FakeServer {
            $0.own["tools/call"] = { _ in
                // Never ends.
                let (body, _) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
                return HTTPResponseStream(status: 200, headers: [("Content-Type", "text/event-stream")], body: body)
            }
        }
        let actions = try MCPActions(server)
        let call = Task { try await actions.call(.refund) }
        for await method in server.arrivals {
            if method == "tools/call" { call.cancel() }
            if method == "notifications/cancelled" { break }
        }
        await #expect(throws: CancellationError.self) { try await call.value }
        let sent = server.messages
        #expect(sent.last?["params"]?["requestId"] == sent.first { $0["method"] == "tools/call" }?["id"])
    }

    @Test func `a call that takes too long is taken back, and nobody knows what it did`() async throws {
        let server = FakeServer { $0.own["tools/call"] = { _ in throw HTTPClientError(.timeout, "late") } }
        let actions = try MCPActions(server)
        let error = await #expect(throws: HTTPClientError.self) { try await actions.call(.refund) }
        #expect(error?.code == .timeout)
        #expect(server.methods.last == "notifications/cancelled")
    }

    // MARK: What an answer means

    enum Meaning: Sendable { case nothingDone(ActionError.Code), unknown }

    static let answers: [(Int, String, Meaning)] = [
        (200, #"{"jsonrpc":"2.0","id":ID,"error":{"code":-32602,"message":"bad"}}"#, .nothingDone(.badArguments)),
        (200, #"{"jsonrpc":"2.0","id":ID,"error":{"code":-32601,"message":"no"}}"#, .nothingDone(.refused)),
        (200, #"{"jsonrpc":"2.0","id":ID,"error":{"code":-32000,"message":"no"}}"#, .nothingDone(.refused)),
        (200, #"{"jsonrpc":"2.0","id":ID,"error":{"code":-32603,"message":"boom"}}"#, .unknown),
        (200, #"{"jsonrpc":"2.0","id":ID,"result":{"isError":true,"content":[]}}"#, .nothingDone(.refused)),
        (200, #"{"jsonrpc":"2.0","id":ID,"result":{}}"#, .unknown),
        (200, #"{"jsonrpc":"2.0","id":ID,"result":5}"#, .unknown),
        (200, #"{"jsonrpc":"2.0","id":ID}"#, .unknown),
        (200, #"{"jsonrpc":"2.0","id":"ID","result":{"content":[]}}"#, .unknown),
        (200, #"{"jsonrpc":"2.0","id":12345,"result":{"content":[]}}"#, .unknown),
        (200, #"{"jsonrpc":"2.0","id":ID,"result":{"#, .unknown),
        (200, "", .unknown),
        (202, "", .unknown),
        (302, "", .unknown),
        (400, "", .nothingDone(.refused)),
        (401, "", .nothingDone(.refused)),
        (408, "", .unknown),
        (429, "", .nothingDone(.refused)),
        (500, "", .unknown),
        (503, "", .unknown),
    ]

    @Test(arguments: answers)
    func `the ledger learns what an answer means`(status: Int, body: String, meaning: Meaning) async throws {
        let server = FakeServer {
            $0.own["tools/call"] = { message in
                guard case .integer(let id)? = message["id"] else { return .json("") }
                let parts = body.split(separator: "ID", omittingEmptySubsequences: false)
                return .json(parts.joined(separator: "\(id)"), status: status)
            }
        }
        let actions = try MCPActions(server)
        switch meaning {
        case .nothingDone(let code):
            let error = await #expect(throws: ActionError.self) { try await actions.call(.refund) }
            #expect(error?.code == code)
            #expect(error.map { "\($0)".contains("canary") || "\($0)".contains("t0ken") } == false)
        case .unknown:
            let error = await #expect(throws: HTTPClientError.self) { try await actions.call(.refund) }
            #expect(error?.code == .interrupted)
            #expect(error.map { "\($0)".contains("canary") } == false)
        }
        #expect(server.calls.count == 1)
    }

    @Test(arguments: [
        (HTTPClientError.Code.unreachable, true), (.badRequest, true), (.interrupted, false), (.timeout, false),
        (.tooLarge, false),
    ])
    func `without an answer it depends on whether something was sent`(
        code: HTTPClientError.Code, nothingDone: Bool
    ) async throws {
        let server = FakeServer { $0.own["tools/call"] = { _ in throw HTTPClientError(code, "secret detail") } }
        let actions = try MCPActions(server)
        do {
            _ = try await actions.call(.refund)
            Issue.record("An error is expected.")
        } catch let error as ActionError {
            #expect(nothingDone && error.code == .unavailable)
        } catch let error as HTTPClientError {
            #expect(!nothingDone && error.code == code && !error.message.contains("secret"))
        }
    }

    @Test(arguments: [true, false])
    func `an answer that is too long is not read to its end`(inEvents: Bool) async throws {
        let server = FakeServer {
            $0.own["tools/call"] = { _ in
                // Endless.
                let body = AsyncThrowingStream<[UInt8], any Error> { Array(repeating: 0x20, count: 1000) }
                let type = inEvents ? "text/event-stream" : "application/json"
                return HTTPResponseStream(status: 200, headers: [("Content-Type", type)], body: body)
            }
        }
        let actions = try MCPActions(server, settings: MCPSettings(messageLimit: 100_000))
        let error = await #expect(throws: HTTPClientError.self) { try await actions.call(.refund) }
        #expect(error?.code == .tooLarge)
    }

    @Test func `a server that cannot be reached is said to be so, and tried again the next time`() async throws {
        let server = FakeServer { $0.own["initialize"] = { _ in throw HTTPClientError(.unreachable, "x") } }
        let actions = try MCPActions(server)
        let error = await #expect(throws: ActionError.self) { try await actions.actions() }
        #expect(error?.code == .unavailable)
        #expect(await #expect(throws: ActionError.self) { try await actions.call(.refund) }?.code == .unavailable)
        server.change { $0.own = [:] }
        #expect(try await actions.actions().count == 2)
    }

    @Test(arguments: [
        "http://mcp.example.com/mcp", "http://127.0.0.1.evil.example/mcp", "https://user:pw@example.com/", "https://",
        "ftp://example.com/", "example.com", "https://exa mple.com/", "http://localhost@evil.example/",
    ])
    func `an address that is none, or is not safe, is refused`(url: String) {
        let endpoint = MCPEndpoint(url: url, allowsLoopbackHTTP: true)
        let error = #expect(throws: MCPError.self) {
            try MCPActions(endpoint, http: FakeServer(), clock: ManualClock())
        }
        #expect(error?.code == .badSettings)
    }

    @Test func `plain HTTP is taken to this machine where it is allowed`() throws {
        for url in ["http://127.0.0.1:8080/mcp", "http://localhost/mcp", "http://[::1]:9/mcp"] {
            let server = FakeServer()
            _ = try MCPActions(MCPEndpoint(url: url, allowsLoopbackHTTP: true), http: server, clock: ManualClock())
            #expect(throws: MCPError.self) {
                try MCPActions(MCPEndpoint(url: url), http: server, clock: ManualClock())
            }
        }
    }

    @Test func `a header that would break the request is refused, without its value`() {
        let endpoint = MCPEndpoint(url: "https://example.com/", token: Secret("a\r\nX: secret"))
        let error = #expect(throws: MCPError.self) {
            try MCPActions(endpoint, http: FakeServer(), clock: ManualClock())
        }
        #expect(error?.description.contains("secret") == false)
    }
}
