public import OpenCXCore

/// An HTTP client on libcurl: HTTP/2 where the server offers it, connections kept for the next request, TLS verified.
///
/// One thread serves all requests of a client, and connections are shared among them, so make one client and keep it.
/// It begins with the first request and ends with ``close()`` or with the client.
///
/// A request whose task is cancelled throws `CancellationError`, and its connection is closed (with HTTP/2: its stream).
///
/// A `GET`, `HEAD` or `OPTIONS` request that a kept connection turns out to be too old for is sent again on a new one.
/// Any other is sent at most once; it fails with `interrupted`.
public final class CurlHTTPClient: HTTPClient {
    private let engine: Engine
    private let redirectLimit: Int

    /// Makes a client.
    public init(_ configuration: CurlConfiguration = CurlConfiguration()) {
        engine = Engine(configuration)
        redirectLimit = configuration.redirectLimit
    }

    deinit {
        engine.stop()
    }

    /// Sends a request and returns as soon as the head of the response is there.
    ///
    /// The body waits for its reader: no more than 256 KB of it are held, what the connection's own buffers take aside. Who
    /// lets go of the response closes the transfer.
    ///
    /// - Throws: `HTTPClientError`, or `CancellationError` when the task is cancelled; also while the body is read.
    public func open(_ request: HTTPRequest) async throws -> HTTPResponseStream {
        let (transfer, head) = try await start(request, collects: false)
        let body = ResponseBody(transfer: transfer, client: self)
        return HTTPResponseStream(status: head.status, headers: head.headers, body: body)
    }

    /// Sends a request and collects the response, up to `request.responseLimit` bytes.
    ///
    /// - Throws: `HTTPClientError`, `tooLarge` for a longer body, or `CancellationError` when the task is cancelled.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let (transfer, head) = try await start(request, collects: true)
        // A collecting transfer has its head when it has everything.
        return HTTPResponse(status: head.status, headers: head.headers, body: try await transfer.next() ?? [])
    }

    /// Ends every request in flight with an error, closes the connections and ends the thread.
    public func close() async {
        await engine.close()
    }

    private func start(
        _ request: HTTPRequest, collects: Bool
    ) async throws -> (transfer: Transfer, head: ResponseHead) {
        let deadline = MonotonicTime.after(request.timeout)
        var request = request
        var redirects = 0
        while true {
            try Task.checkCancellation()
            try RequestCheck.check(request)
            let transfer = Transfer(request, collects: collects, deadline: deadline, engine: engine)
            engine.submit(.start(transfer))
            let head = try await transfer.head()
            guard redirects < redirectLimit,
                let next = Redirect.request(after: request, status: head.status, location: head.location)
            else { return (transfer, head) }
            transfer.cancel()
            request = next
            redirects += 1
        }
    }
}
