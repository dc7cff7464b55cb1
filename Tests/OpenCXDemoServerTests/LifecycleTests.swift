import OpenCXCore
import OpenCXDemoServer
import Testing

@Suite(.timeLimit(.minutes(2))) struct LifecycleTests {
    @Test func `lets a request in flight finish when it is told to stop`() async throws {
        let gate = Gate()
        let server = try await RunningServer.start(handler: { request in
            if request.path != "/late" { await gate.pass() }
            return WebhookResponse(status: Task.isCancelled ? 500 : 200, body: request.body)
        })
        let idle = try await server.connect()
        let busy = try await server.connect()
        try await busy.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 4\r\n\r\nwork")
        await gate.arrivals(1)
        server.cancel()

        // The server may need a moment to notice; then a new connection is closed, or its request is refused.
        while let late = try? await server.get("/late"), late.status == 200 {}
        gate.open()
        let response = try await busy.response()
        #expect(response.status == 200)
        #expect(response.text == "work")
        #expect(response.header("Connection") == "close")
        try await server.stop()
        #expect(try await busy.isAtEnd())
        #expect(try await idle.isAtEnd())
        await #expect(throws: TestClient.Failure.self) { try await server.connect() }
    }

    @Test func `gives up on a request that takes too long to finish`() async throws {
        let gate = Gate()
        let server = try await RunningServer.start(HTTPServerConfiguration(drainTimeout: .zero)) { _ in
            await gate.pass()
            return WebhookResponse(status: 200)
        }
        let client = try await server.connect()
        try await client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n")
        await gate.arrivals(1)
        try await server.stop()
        #expect(try await client.response().status == 503)
        #expect(try await client.isAtEnd())
        // The handler comes back to a server that is gone, and nothing happens.
        gate.open()
    }

    @Test func `stops with a request half received`() async throws {
        let server = try await RunningServer.start(HTTPServerConfiguration(drainTimeout: .zero), handler: echo)
        let client = try await server.connect()
        try await client.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 100\r\n\r\nhalf")
        #expect(try await server.get("/").status == 200)
        try await server.stop()
        #expect(try await client.isAtEnd())
    }

    @Test func `stops while it is under load`() async throws {
        for _ in 0..<20 {
            let server = try await RunningServer.start(HTTPServerConfiguration(drainTimeout: .zero), handler: echo)
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        // Ends when the server is gone.
                        while (try? await server.get("/")) != nil {}
                    }
                }
                group.addTask {
                    for _ in 0..<5 { _ = try? await server.get("/") }
                    server.cancel()
                }
            }
            try await server.stop()
        }
    }

    @Test func `starts again on the port it had`() async throws {
        let first = try await RunningServer.start(handler: echo)
        #expect(try await first.get("/").status == 200)
        try await first.stop()
        let second = try await RunningServer.start(HTTPServerConfiguration(port: first.port), handler: echo)
        #expect(second.port == first.port)
        #expect(try await second.get("/").status == 200)
        try await second.stop()
    }

    @Test func `says which port is taken, and what to do`() async throws {
        try await withServer { server in
            let error = await #expect(throws: HTTPServerError.self) {
                _ = try await RunningServer.start(HTTPServerConfiguration(port: server.port), handler: echo)
            }
            #expect(error?.code == .portInUse)
            #expect(error?.description.contains(String(server.port)) == true)
            #expect(error?.description.contains("another port") == true)
        }
    }

    @Test(arguments: [
        (HTTPServerConfiguration(host: "0.0.0.0"), HTTPServerError.Code.notLoopback),
        (HTTPServerConfiguration(host: "::"), .notLoopback),
        (HTTPServerConfiguration(host: "192.0.2.1"), .notLoopback),
        (HTTPServerConfiguration(host: "192.0.2.1", allowsRemote: true), .badConfiguration),
        (HTTPServerConfiguration(host: "example.com"), .badConfiguration),
        (HTTPServerConfiguration(port: 65_536), .badConfiguration),
        (HTTPServerConfiguration(port: -1), .badConfiguration),
        (HTTPServerConfiguration(maximumHeaderBytes: 10), .badConfiguration),
        (HTTPServerConfiguration(maximumConnections: 0), .badConfiguration),
    ])
    func `refuses a configuration that cannot work`(
        _ configuration: HTTPServerConfiguration, code: HTTPServerError.Code
    ) async throws {
        let error = await #expect(throws: HTTPServerError.self) {
            _ = try await RunningServer.start(configuration, handler: echo)
        }
        #expect(error?.code == code)
    }

    @Test func `a handler of whole responses is a trailing closure`() async throws {
        let server = HTTPServer(configuration: HTTPServerConfiguration(drainTimeout: .seconds(1))) { request in
            let isKnown = request.path == "/"
            if !isKnown { return WebhookResponse(status: 404) }
            return WebhookResponse(status: 200)
        }
        let ready = Gate()
        let task = Task { try await server.run { _ in ready.open() } }
        await ready.pass()
        task.cancel()
        try await task.value
    }

    @Test(arguments: ["localhost", "127.0.0.1"])
    func `listens on this machine only`(host: String) async throws {
        try await withServer(HTTPServerConfiguration(host: host)) { server in
            let response = try await server.get("/")
            #expect(response.status == 200)
        }
    }
}
