public import OpenCXCore

/// A small HTTP/1.1 listener for the demo, on top of libmicrohttpd.
///
/// Each request is collected and handed to the handler, which runs in Swift's cooperative pool and may take as long as
/// it likes (a long poll, a model's answer): a waiting request costs a suspended connection and no thread. Put a proxy
/// with TLS in front before other machines may reach it.
///
/// A `HEAD` request reaches the handler as `GET`; its body is dropped on the way out.
public struct HTTPServer: Sendable {
    private let configuration: HTTPServerConfiguration
    private let statistics: HTTPServerStatistics
    private let log: (@Sendable (AccessRecord) -> Void)?
    private let handler: @Sendable (WebhookRequest) async -> WebhookAnswer

    /// Makes a server; it listens once it runs.
    public init(
        configuration: HTTPServerConfiguration, handler: @escaping @Sendable (WebhookRequest) async -> WebhookResponse
    ) {
        self.init(configuration: configuration, answer: { .response(await handler($0)) })
    }

    /// Makes a server whose answers may grow; it listens once it runs.
    ///
    /// - Parameters:
    ///   - configuration: where it listens, and how much it takes from a client.
    ///   - statistics: where it counts what it does.
    ///   - log: told about each request once it is over, on the connection's thread: it must not wait.
    ///   - answer: answers a request.
    public init(
        configuration: HTTPServerConfiguration, statistics: HTTPServerStatistics = HTTPServerStatistics(),
        log: (@Sendable (AccessRecord) -> Void)? = nil,
        answer: @escaping @Sendable (WebhookRequest) async -> WebhookAnswer
    ) {
        self.configuration = configuration
        self.statistics = statistics
        self.log = log
        handler = answer
    }

    /// Serves until the task is cancelled, then drains: nothing new begins, answers that grow and handlers that only read
    /// are cancelled after a moment and may still say something, other requests in flight may finish within
    /// `drainTimeout`, and what is left is answered with 503.
    ///
    /// - Parameter onReady: called once, with the port, as soon as connections are taken.
    /// - Throws: ``HTTPServerError`` when it cannot listen.
    public func run(onReady: @Sendable (_ port: Int) -> Void) async throws {
        let listener = Listener(configuration: configuration, statistics: statistics, log: log, handler: handler)
        let socket = try ListeningSocket.open(configuration)
        let daemon = try Daemon.start(listener, on: socket)
        onReady(socket.port)
        await listener.whileSweeping { await waitForCancellation() }
        // This task is cancelled by now, and in a cancelled task every wait ends at once: draining needs a new one.
        await Task {
            await listener.whileSweeping { await listener.drain() }
            await daemon.stop()
        }.value
    }

    private func waitForCancellation() async {
        let (never, continuation) = AsyncStream.makeStream(of: Never.self)
        for await _ in never {}
        // A stream whose continuation is gone ends by itself.
        withExtendedLifetime(continuation) {}
    }
}
