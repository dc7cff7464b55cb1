/// What a request handler gives the embedding server to send: a response that is whole, or one that grows.
///
/// Every set of handlers that a server can mount has `func answer(_ request: WebhookRequest) async -> WebhookAnswer?`,
/// which is `nil` where the request is meant for somebody else. A server asks one set after the other.
public enum WebhookAnswer: Sendable {
    /// A response that is whole.
    case response(WebhookResponse)
    /// A response whose body is still being made.
    case stream(WebhookStream)

    /// The HTTP status.
    public var status: Int {
        switch self {
        case .response(let response): response.status
        case .stream(let stream): stream.status
        }
    }

    /// The headers, in order.
    public var headers: [(name: String, value: String)] {
        get {
            switch self {
            case .response(let response): response.headers
            case .stream(let stream): stream.headers
            }
        }
        set {
            switch self {
            case .response(var response):
                response.headers = newValue
                self = .response(response)
            case .stream(var stream):
                stream.headers = newValue
                self = .stream(stream)
            }
        }
    }
}

/// An answer that grows: server-sent events, or a large file.
///
/// The server reads the body in one task. It asks for the next bytes once the client has taken the last ones, so make the
/// body with `AsyncStream(unfolding:)`, which does nothing until it is asked; a stream with a continuation needs a bound of
/// its own. When the client is gone, or the server stops, the task is cancelled, and the body should end.
public struct WebhookStream: Sendable {
    /// The HTTP status.
    public var status: Int
    /// The headers, in order. What says where the body ends is the server's to add.
    public var headers: [(name: String, value: String)]
    /// The body, in pieces that are sent as they come. To be read once.
    public var body: AsyncStream<[UInt8]>

    /// Makes an answer from its parts.
    public init(status: Int = 200, headers: [(name: String, value: String)] = [], body: AsyncStream<[UInt8]>) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
