import OpenCXCore
import OpenCXDemoServer
import Testing

@Suite(.timeLimit(.minutes(2))) struct RequestTests {
    @Test(arguments: ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
    func `hands over method, path, query, headers and body`(method: String) async throws {
        try await withServer { server in
            let client = try await server.connect()
            let body = method == "GET" ? "" : "hello"
            try await client.send(
                """
                \(method) /v1/a%20b?x=1&y=z%26 HTTP/1.1\r\nHost: t\r\nX-Say: gr\u{FC}n\r\n\
                Content-Length: \(body.utf8.count)\r\n\r\n\(body)
                """)
            let response = try await client.response()
            #expect(response.status == 200)
            #expect(response.header("X-Method") == method)
            #expect(response.header("X-Path") == "/v1/a b")
            #expect(response.header("X-Query") == "x=1&y=z&")
            #expect(response.header("X-Said") == "gr\u{FC}n")
            #expect(response.text == (body.isEmpty ? "empty" : body))
        }
    }

    @Test(arguments: [100, 200, 300, 600])
    func `takes hundreds of parameters`(count: Int) async throws {
        try await withServer { server in
            let client = try await server.connect()
            let query = (0..<count).map { "limit=\($0)" }.joined(separator: "&")
            try await client.send("GET /?\(query) HTTP/1.1\r\nHost: t\r\n\r\n")
            let response = try await client.response()
            #expect(response.status == 200 || (response.status == 431 && count > 300))
            if response.status == 200 { #expect(response.header("X-Query")?.hasSuffix("limit=\(count - 1)") == true) }
        }
    }

    @Test(arguments: [50, 100, 200, 300, 500, 1000])
    func `answers hundreds of headers, whatever the answer is`(count: Int) async throws {
        try await withServer { server in
            let client = try await server.connect()
            let headers = (0..<count).map { "X-\($0): y\r\n" }.joined()
            try await client.send("GET / HTTP/1.1\r\nHost: t\r\n\(headers)\r\n")
            let response = try await client.response()
            #expect([200, 431].contains(response.status) && (count > 50 || response.status == 200))
        }
    }

    @Test func `takes a body of a megabyte`() async throws {
        try await withServer { server in
            let client = try await server.connect()
            let body = (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
            try await client.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: \(body.count)\r\n\r\n")
            try await client.send(body)
            let response = try await client.response()
            #expect(response.status == 200)
            #expect(response.body == body)
        }
    }

    @Test func `takes a chunked body`() async throws {
        try await withServer { server in
            let client = try await server.connect()
            try await client.send(
                "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "5\r\nhello\r\n7;x=y\r\n, there\r\n0\r\n\r\n")
            #expect(try await client.response().text == "hello, there")
        }
    }

    @Test func `answers HEAD as GET without the body`() async throws {
        try await withServer { server in
            let client = try await server.connect()
            try await client.send("HEAD /h HTTP/1.1\r\nHost: t\r\n\r\nGET /g HTTP/1.1\r\nHost: t\r\n\r\n")
            let head = try await client.response(withoutBody: true)
            #expect(head.status == 200)
            #expect(head.header("X-Method") == "GET")
            #expect(head.header("Content-Length") == "5")
            let next = try await client.response()
            #expect(next.header("X-Path") == "/g")
            #expect(next.text == "empty")
        }
    }

    @Test(arguments: [204, 304])
    func `sends no body where there can be none`(status: Int) async throws {
        try await withServer(handler: { _ in WebhookResponse(status: status, body: Array("no".utf8)) }) { server in
            let client = try await server.connect()
            for _ in 0..<2 {
                try await client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n")
                #expect(try await client.response(withoutBody: true).status == status)
            }
        }
    }

    @Test func `a handler cannot break the protocol`() async throws {
        let responses: [String: WebhookResponse] = [
            "/split": WebhookResponse(status: 200, headers: [("X-A", "b\r\nX-Evil: 1")]),
            "/nul": WebhookResponse(status: 200, headers: [("X-A", "b\u{0}c")]),
            "/name": WebhookResponse(status: 200, headers: [("X A", "b")]),
            "/status": WebhookResponse(status: 99),
            "/huge": WebhookResponse(status: 70_000),
            "/early": WebhookResponse(status: 100),
            "/length": WebhookResponse(status: 418, headers: [("content-length", "7"), ("Transfer-Encoding", "x")]),
        ]
        try await withServer(handler: { responses[$0.path] ?? WebhookResponse(status: 404) }) { server in
            for path in responses.keys {
                let response = try await server.get(path)
                // Where the answer ends is not the handler's to say; the rest of it is good.
                #expect(response.status == (path == "/length" ? 418 : 500), "\(path)")
                #expect(response.header("X-Evil") == nil)
                #expect(response.header("Content-Length") == String(response.body.count))
            }
        }
    }
}
