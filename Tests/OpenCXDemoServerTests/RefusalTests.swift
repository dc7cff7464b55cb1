import OpenCXCore
import OpenCXDemoServer
import Testing

@Suite(.timeLimit(.minutes(2))) struct RefusalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var request: String
        var statuses: [Int]
        var testDescription: String { "\(request.prefix(60).debugDescription) → \(statuses)" }

        init(_ request: String, _ statuses: Int...) {
            self.request = request
            self.statuses = statuses
        }
    }

    @Test(arguments: [
        Case("GARBAGE\r\n\r\n"),
        Case("\u{1}\u{2}\u{3}\r\n\r\n"),
        Case("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\n"),
        Case("GET /\r\n\r\n", 400),
        Case("GET / HTTP/1\r\nHost: t\r\n\r\n", 400),
        Case("GET / HTTP/3.0\r\nHost: t\r\n\r\n", 505),
        Case("GET / HTTP/0.9\r\nHost: t\r\n\r\n", 505),
        Case("GET / HTTP/1.1\r\n\r\n", 400),
        Case("GET / HTTP/1.1\r\nHost: t\r\nHost: u\r\n\r\n", 400),
        Case("GET /a b HTTP/1.1\r\nHost: t\r\n\r\n", 400),
        Case("GET nowhere HTTP/1.1\r\nHost: t\r\n\r\n", 400),
        Case("GET * HTTP/1.1\r\nHost: t\r\n\r\n", 400),
        Case("OPTIONS * HTTP/1.1\r\nHost: t\r\n\r\n", 200),
        Case("GET /%zz HTTP/1.1\r\nHost: t\r\n\r\n", 400),
        Case("GET /%00 HTTP/1.1\r\nHost: t\r\n\r\n", 400),
        Case("GET /?a=%ff HTTP/1.1\r\nHost: t\r\n\r\n", 400),
        Case("GET / HTTP/1.1\r\nHost t\r\n\r\n", 400),
        Case("TRACE / HTTP/1.1\r\nHost: t\r\n\r\n", 405),
        Case("CONNECT t:1 HTTP/1.1\r\nHost: t\r\n\r\n", 405),
        Case("BREW / HTTP/1.1\r\nHost: t\r\n\r\n", 501),
        Case("get / HTTP/1.1\r\nHost: t\r\n\r\n", 501),
        Case("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: ten\r\n\r\n", 400),
        Case("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: -1\r\n\r\n", 400),
        Case("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 99999999999999999999999\r\n\r\n", 413),
        Case("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 9223372036854775807\r\n\r\n", 413),
        Case("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 18446744073709551614\r\n\r\n", 413),
        Case("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 18446744073709551615\r\n\r\n", 413),
        Case("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc", 400),
        Case("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        Case("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        Case("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\nnothex\r\n", 400),
        Case("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloXX", 400),
        Case("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n", 413),
        // The library reads a header as a C string, so what follows a NUL is gone; the handler never sees one.
        Case("GET / HTTP/1.1\r\nHost: t\r\nX-Say: a\u{0}b\r\n\r\n", 200, 400),
        Case("GET /a\u{0}b HTTP/1.1\r\nHost: t\r\n\r\n", 200, 400),
        Case("GET / HTTP/1.1\r\nHost: t\r\nX-Say: \(String(repeating: "x", count: 40_000))\r\n\r\n", 431),
        Case("GET / HTTP/1.1\r\nHost: t\r\n\(String(repeating: "X-Say: y\r\n", count: 4_000))\r\n", 431),
        Case("GET /\(String(repeating: "x", count: 40_000)) HTTP/1.1\r\nHost: t\r\n\r\n", 414),
    ])
    func `answers a bad request and lives on`(_ bad: Case) async throws {
        try await withServer { server in
            let client = try await server.connect()
            try await client.send(bad.request)
            // What does not even begin like HTTP gets no answer.
            let status = bad.statuses.isEmpty ? nil : try await client.response().status
            if let status { #expect(bad.statuses.contains(status)) }
            if status != 200 { try await client.readToEnd() }
            #expect(try await server.get("/after").status == 200)
        }
    }

    @Test func `errors are JSON in one shape`() async throws {
        try await withServer(HTTPServerConfiguration(maximumBodyBytes: 10)) { server in
            let client = try await server.connect()
            try await client.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 11\r\n\r\nhello there")
            let response = try await client.response()
            #expect(response.status == 413)
            #expect(response.header("Content-Type") == "application/json; charset=utf-8")
            #expect(
                response.text
                    == #"{"statusCode":413,"message":"The body is larger than 10 bytes.","error":"Payload Too Large"}"#)
            #expect(try await client.isAtEnd())
        }
    }

    @Test(arguments: [
        ("GET /%3Cb%3E%zz HTTP/1.1\r\nHost: t\r\n", 400), ("GET / HTTP/1.1\r\nHost: t\r\nHost: u\r\n", 400),
        ("BREW / HTTP/1.1\r\nHost: t\r\n", 501),
        ("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 99999999999\r\n", 413),
    ])
    func `a browser on its way to a page is told on a page, a program in JSON`(head: String, status: Int) async throws {
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        for (accept, isPage) in [
            (browser, true), ("Text/HTML ; q=0.5", true), ("application/json", false), ("*/*", false),
        ] {
            try await withServer { server in
                let client = try await server.connect()
                try await client.send(head + "Accept: \(accept)\r\n\r\n")
                let response = try await client.response()
                #expect(response.status == status)
                let type = response.header("Content-Type")
                #expect(type == (isPage ? "text/html; charset=utf-8" : "application/json; charset=utf-8"))
                if isPage {
                    #expect(response.header("Content-Security-Policy")?.hasPrefix("default-src 'none'") == true)
                    #expect(response.header("X-Content-Type-Options") == "nosniff")
                    #expect(response.text.contains("<h1>") && !response.text.contains("<b>"))
                }
                #expect(try await client.isAtEnd())
            }
        }
    }

    @Test(arguments: [100_001, 500_000])
    func `refuses a body that is too large, however it is sent`(size: Int) async throws {
        let configuration = HTTPServerConfiguration(maximumBodyBytes: 100_000, drainTimeout: .seconds(3600))
        try await withServer(configuration, handler: { _ in WebhookResponse(status: 200) }) { server in
            let whole = try await server.connect()
            try await whole.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: \(size)\r\n\r\n")
            try await whole.send([UInt8](repeating: 120, count: size))
            #expect(try await whole.response().status == 413)
            #expect(try await whole.isAtEnd())

            let chunked = try await server.connect()
            try await chunked.send("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n")
            try await chunked.send("\(String(size, radix: 16))\r\n")
            try await chunked.send([UInt8](repeating: 120, count: size))
            try await chunked.send("\r\n0\r\n\r\n")
            #expect(try await chunked.response().status == 413)
            #expect(try await chunked.isAtEnd())

            let asking = try await server.connect()
            try await asking.send(
                "POST / HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: \(size)\r\n\r\n")
            #expect(try await asking.response().status == 413)
            #expect(try await asking.isAtEnd())
        }
    }

    @Test func `takes more where more is expected, and nowhere else`() async throws {
        let configuration = HTTPServerConfiguration(maximumBodyBytes: 10, largerBodies: ["/mails": 1000])
        try await withServer(configuration, handler: { WebhookResponse(status: 200, body: $0.body) }) { server in
            for (path, size, status) in [("/mails", 1000, 200), ("/mails", 1001, 413), ("/mails/x", 11, 413)] {
                let client = try await server.connect()
                try await client.send("POST \(path) HTTP/1.1\r\nHost: t\r\nContent-Length: \(size)\r\n\r\n")
                try await client.send([UInt8](repeating: 120, count: size))
                let response = try await client.response()
                #expect(response.status == status)
                if status == 200 { #expect(response.text.utf8.count == size) }
            }
        }
    }

    @Test func `cuts off a body without end`() async throws {
        let configuration = HTTPServerConfiguration(maximumBodyBytes: 1000, drainTimeout: .seconds(3600))
        try await withServer(configuration) { server in
            let client = try await server.connect()
            try await client.send("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n")
            // How much goes out before the connection breaks is the kernel's affair.
            await #expect(throws: TestClient.Failure.self) {
                while true { try await client.send([UInt8](repeating: 120, count: 64 << 10)) }
            }
        }
    }

    @Test func `lets a client that asks first go on`() async throws {
        try await withServer { server in
            let client = try await server.connect()
            try await client.send("POST / HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
            #expect(try await client.response(withoutBody: true).status == 100)
            try await client.send("ok")
            #expect(try await client.response().text == "ok")
        }
    }
}
