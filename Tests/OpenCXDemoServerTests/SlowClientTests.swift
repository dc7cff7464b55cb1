import OpenCXCore
import OpenCXDemoServer
import Testing

/// Clients that are never silent and never done.
@Suite(.timeLimit(.minutes(2))) struct SlowClientTests {
    private static var hasty: HTTPServerConfiguration {
        var configuration = HTTPServerConfiguration(
            headTimeout: .seconds(4), bodyTimeout: .seconds(4), sendTimeout: .seconds(4),
            slowestRate: 1 << 30, drainTimeout: .seconds(3600))
        configuration.sweepInterval = .milliseconds(20)
        return configuration
    }

    @Test(arguments: [
        "", "GET / HTTP/1.1\r\nHost: t\r\nX-A: ", "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 100000\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n",
    ])
    func `a request that drips is cut, and nobody else waits`(beginning: String) async throws {
        let statistics = HTTPServerStatistics()
        let server = try await RunningServer.start(
            Self.hasty, statistics: statistics, answer: { .response(await echo($0)) })
        let slow = try await server.connect()
        try await slow.send(beginning)
        let isFirstLine = beginning.isEmpty
        await #expect(throws: TestClient.Failure.self) {
            // Ends when the server has closed the connection: the test's time limit is the end otherwise.
            for byte in (isFirstLine ? "GET /" : "x").utf8 + Array(repeating: UInt8(ascii: "x"), count: 100_000) {
                try await slow.send([byte])
                #expect(try await server.get("/polite").status == 200)
            }
        }
        #expect(statistics.snapshot.cutConnections >= 1)
        try await server.stop()
        #expect(statistics.snapshot.connections == 0)
        #expect(statistics.snapshot.requestsInFlight == 0)
    }

    @Test(arguments: [true, false]) func `an answer that nobody reads is cut off`(grows: Bool) async throws {
        let statistics = HTTPServerStatistics()
        let large = [UInt8](repeating: 120, count: 32 << 20)
        let server = try await RunningServer.start(
            Self.hasty, statistics: statistics,
            answer: { request in
                guard request.path == "/large" else { return .response(await echo(request)) }
                let whole = WebhookResponse(status: 200, body: large)
                return grows ? .stream(WebhookStream(body: AsyncStream(unfolding: { large }))) : .response(whole)
            })
        let lazy = try await server.connect()
        try await lazy.send("GET /large HTTP/1.1\r\nHost: t\r\n\r\n")
        _ = try await lazy.response(withoutBody: true)
        while statistics.snapshot.cutConnections == 0 { #expect(try await server.get("/polite").status == 200) }
        try await server.stop()
        #expect(statistics.snapshot.requestsInFlight == 0)
    }

    @Test func `a body that comes steadily may take longer`() async throws {
        var configuration = Self.hasty
        configuration.slowestRate = 1
        try await withServer(configuration) { server in
            let steady = try await server.connect()
            let body = String(repeating: "x", count: 100)
            try await steady.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 200\r\n\r\n\(body)")
            let end = ContinuousClock.now + .seconds(5)
            while ContinuousClock.now < end { _ = try await server.get("/polite") }
            try await steady.send(body)
            #expect(try await steady.response().body.count == 200)
        }
    }

    @Test func `a handler that takes too long is told, and so is the client`() async throws {
        var configuration = HTTPServerConfiguration(handlerTimeout: .milliseconds(50), drainTimeout: .seconds(3600))
        configuration.sweepInterval = .milliseconds(10)
        let cancelled = Gate()
        try await withServer(
            configuration,
            handler: { _ in
                let (never, continuation) = AsyncStream.makeStream(of: Never.self)
                for await _ in never {}
                withExtendedLifetime(continuation) { cancelled.open() }
                return WebhookResponse(status: 200)
            }
        ) { server in
            let response = try await server.get("/")
            #expect(response.status == 504)
            #expect(response.header("Retry-After") != nil)
            await cancelled.pass()
        }
    }

    @Test(arguments: [true, false]) func `a poll whose client is gone is given up`(politely: Bool) async throws {
        var configuration = HTTPServerConfiguration(drainTimeout: .seconds(3600))
        configuration.sweepInterval = .milliseconds(10)
        let arrived = Gate()
        let cancelled = Gate()
        try await withServer(
            configuration,
            handler: { _ in
                let (never, continuation) = AsyncStream.makeStream(of: Never.self)
                arrived.open()
                for await _ in never {}
                withExtendedLifetime(continuation) { cancelled.open() }
                return WebhookResponse(status: 200)
            }
        ) { server in
            let client = try await server.connect()
            try await client.send("GET /poll HTTP/1.1\r\nHost: t\r\n\r\n")
            await arrived.pass()
            politely ? client.close() : client.abort()
            await cancelled.pass()
        }
    }

    @Test func `a client that has sent its change and closed its side still gets its answer`() async throws {
        var configuration = HTTPServerConfiguration(drainTimeout: .seconds(3600))
        configuration.sweepInterval = .milliseconds(10)
        let gate = Gate()
        try await withServer(
            configuration,
            handler: { request in
                if request.method == "POST" { await gate.pass() }
                return WebhookResponse(status: Task.isCancelled ? 500 : 202)
            }
        ) { server in
            let client = try await server.connect()
            try await client.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\n\r\nx")
            await gate.arrivals(1)
            client.close()
            for _ in 0..<50 { _ = try await server.get("/polite") }
            gate.open()
            #expect(try await client.response().status == 202)
        }
    }

    @Test func `one address has only so many connections`() async throws {
        try await withServer(HTTPServerConfiguration(connectionsPerAddress: 3, drainTimeout: .seconds(3600))) {
            server in
            var clients: [TestClient] = []
            for _ in 0..<3 {
                let client = try await server.connect()
                try await client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n")
                #expect(try await client.response().status == 200)
                clients.append(client)
            }
            let fourth = try await server.connect()
            #expect(try await fourth.isAtEnd())
            try await clients[0].send("GET / HTTP/1.1\r\nHost: t\r\n\r\n")
            #expect(try await clients[0].response().status == 200)
        }
    }
}
