import OpenCXCore
import OpenCXDemoServer

/// A server that a test has started.
struct RunningServer: Sendable {
    typealias Handler = @Sendable (WebhookRequest) async -> WebhookResponse

    var port: Int
    private var task: Task<Void, any Error>

    /// Starts a server and waits until it takes connections.
    ///
    /// Draining may take an hour unless the test says otherwise: a request that is never freed shows as a hang.
    static func start(
        _ configuration: HTTPServerConfiguration = HTTPServerConfiguration(drainTimeout: .seconds(3600)),
        handler: @escaping Handler
    ) async throws -> RunningServer {
        try await start(configuration, answer: { .response(await handler($0)) })
    }

    /// The same with answers that may grow.
    static func start(
        _ configuration: HTTPServerConfiguration = HTTPServerConfiguration(drainTimeout: .seconds(3600)),
        statistics: HTTPServerStatistics = HTTPServerStatistics(), log: (@Sendable (AccessRecord) -> Void)? = nil,
        answer: @escaping @Sendable (WebhookRequest) async -> WebhookAnswer
    ) async throws -> RunningServer {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let task = Task {
            defer { continuation.finish() }
            let server = HTTPServer(
                configuration: configuration, statistics: statistics, log: log, answer: answer)
            try await server.run { continuation.yield($0) }
        }
        for await port in ports { return RunningServer(port: port, task: task) }
        try await task.value
        throw TestClient.Failure(message: "the server ended before it was ready")
    }

    /// Tells the server to stop, without waiting.
    func cancel() {
        task.cancel()
    }

    /// Stops the server and waits until it has drained.
    func stop() async throws {
        task.cancel()
        try await task.value
    }

    func connect() async throws -> TestClient {
        try await .connect(to: port)
    }

    /// Sends one request on a connection of its own.
    func get(_ target: String) async throws -> TestClient.Response {
        let client = try await connect()
        try await client.send("GET \(target) HTTP/1.1\r\nHost: t\r\n\r\n")
        return try await client.response()
    }
}

/// Runs a test against a server that is stopped afterwards.
func withServer(
    _ configuration: HTTPServerConfiguration = HTTPServerConfiguration(drainTimeout: .seconds(3600)),
    handler: @escaping RunningServer.Handler, _ body: (RunningServer) async throws -> Void
) async throws {
    let server = try await RunningServer.start(configuration, handler: handler)
    do {
        try await body(server)
    } catch {
        server.cancel()
        throw error
    }
    try await server.stop()
}

/// Runs a test against an echo server that is stopped afterwards.
func withServer(
    _ configuration: HTTPServerConfiguration = HTTPServerConfiguration(drainTimeout: .seconds(3600)),
    _ body: (RunningServer) async throws -> Void
) async throws {
    try await withServer(configuration, handler: echo, body)
}

/// Sends back what it was sent: the body, and the rest in headers.
let echo: RunningServer.Handler = { request in
    WebhookResponse(
        status: 200,
        headers: [
            ("Content-Type", "application/octet-stream"), ("X-Method", request.method), ("X-Path", request.path),
            ("X-Query", request.query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")),
            ("X-Said", request.header("x-say") ?? ""),
        ],
        body: request.body.isEmpty ? Array("empty".utf8) : request.body)
}
