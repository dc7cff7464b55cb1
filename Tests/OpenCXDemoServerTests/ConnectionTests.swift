import OpenCXCore
import OpenCXDemoServer
import Testing

@Suite(.timeLimit(.minutes(2))) struct ConnectionTests {
    @Test func `keeps a connection for the next request`() async throws {
        try await withServer { server in
            let client = try await server.connect()
            for number in 0..<20 {
                try await client.send("POST /\(number) HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\nabc")
                let response = try await client.response()
                #expect(response.header("X-Path") == "/\(number)")
                #expect(response.text == "abc")
            }
        }
    }

    @Test(arguments: ["HTTP/1.0\r\n", "HTTP/1.1\r\nHost: t\r\nConnection: close\r\n"])
    func `closes the connection for a client that wants that`(version: String) async throws {
        try await withServer { server in
            let client = try await server.connect()
            try await client.send("GET /x \(version)\r\n")
            #expect(try await client.response().status == 200)
            #expect(try await client.isAtEnd())
        }
    }

    @Test func `answers pipelined requests in order`() async throws {
        try await withServer { server in
            let client = try await server.connect()
            let requests = (0..<50).map { number in
                number.isMultiple(of: 2)
                    ? "GET /\(number) HTTP/1.1\r\nHost: t\r\n\r\n"
                    : "POST /\(number) HTTP/1.1\r\nHost: t\r\nContent-Length: 4\r\n\r\nbody"
            }
            try await client.send(requests.joined())
            for number in 0..<50 {
                let response = try await client.response()
                #expect(response.header("X-Path") == "/\(number)")
                #expect(response.text == (number.isMultiple(of: 2) ? "empty" : "body"))
            }
        }
    }

    @Test func `takes a request byte by byte`() async throws {
        try await withServer { server in
            let client = try await server.connect()
            for byte in "POST /slow?a=%20 HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\n\r\nok".utf8 {
                try await client.send([byte])
            }
            #expect(try await client.response().text == "ok")
        }
    }

    @Test func `a slow handler holds nobody up`() async throws {
        let gate = Gate()
        try await withServer(handler: { request in
            if request.path == "/slow" { await gate.pass() }
            return await echo(request)
        }) { server in
            let slow = try await server.connect()
            try await slow.send("GET /slow HTTP/1.1\r\nHost: t\r\n\r\n")
            await gate.arrivals(1)
            for _ in 0..<10 { #expect(try await server.get("/fast").status == 200) }
            gate.open()
            #expect(try await slow.response().header("X-Path") == "/slow")
        }
    }

    @Test func `two hundred wait at the same time`() async throws {
        let gate = Gate()
        try await withServer(handler: { request in
            await gate.pass()
            return await echo(request)
        }) { server in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        let client = try await server.connect()
                        try await client.send("GET /\(number) HTTP/1.1\r\nHost: t\r\n\r\n")
                        await gate.arrivals(200)
                        gate.open()
                        #expect(try await client.response().header("X-Path") == "/\(number)")
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func `a client that leaves in the middle of its request is forgotten`() async throws {
        let parts = [
            "GET / HT", "GET / HTTP/1.1\r\nHos", "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 100\r\n\r\nhalf",
            "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf",
        ]
        // Stopping the server waits for every request that was not freed. The library can miss an end that comes with
        // the last bytes; then the idle timeout is what frees the request.
        let configuration = HTTPServerConfiguration(idleTimeout: 1, drainTimeout: .seconds(3600))
        try await withServer(configuration) { server in
            for part in parts {
                let rude = try await server.connect()
                try await rude.send(part)
                rude.abort()
                let polite = try await server.connect()
                try await polite.send(part)
            }
            #expect(try await server.get("/after").status == 200)
        }
    }

    @Test func `a client that leaves while its answer is made or sent is forgotten`() async throws {
        let gate = Gate()
        let large = [UInt8](repeating: 120, count: 32 << 20)
        try await withServer(handler: { _ in
            await gate.pass()
            return WebhookResponse(status: 200, body: large)
        }) { server in
            let leaving = try await server.connect()
            try await leaving.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n")
            await gate.arrivals(1)
            leaving.abort()

            let reading = try await server.connect()
            try await reading.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n")
            await gate.arrivals(2)
            gate.open()
            // The head has come, most of the body cannot have: it is far larger than the socket's buffers.
            #expect(try await reading.response(withoutBody: true).status == 200)
            reading.abort()

            #expect(try await server.get("/after").body.count == large.count)
        }
    }
}
