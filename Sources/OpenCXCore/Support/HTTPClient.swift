/// How adapters reach the outside: an embedding server may pass its own client.
///
/// A conformance implements ``open(_:)``; ``send(_:)`` follows from it.
public protocol HTTPClient: Sendable {
    /// Sends a request and returns as soon as the head of the response is there; the body comes as it is read.
    ///
    /// Whoever stops reading early, or whose task is cancelled, closes the transfer.
    ///
    /// - Throws: ``HTTPClientError``, also while the body is read. Says nothing about the status: a 500 is a response.
    func open(_ request: HTTPRequest) async throws -> HTTPResponseStream

    /// Sends a request and collects the response, up to `request.responseLimit` bytes.
    ///
    /// - Throws: ``HTTPClientError``; `tooLarge` for a longer body.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse
}

extension HTTPClient {
    /// Opens the request and collects the body.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let stream = try await open(request)
        var response = HTTPResponse(status: stream.status, headers: stream.headers)
        for try await chunk in stream.body {
            guard response.body.count + chunk.count <= request.responseLimit else {
                throw HTTPClientError(
                    .tooLarge, "The response is longer than the \(request.responseLimit) bytes that are taken.")
            }
            response.body += chunk
        }
        return response
    }
}

/// A request to the outside.
public struct HTTPRequest: Sendable {
    /// The method, in capitals.
    public var method: String
    /// The absolute URL.
    public var url: String
    /// The headers, in order.
    public var headers: [(name: String, value: String)]
    /// The body.
    public var body: [UInt8]
    /// How long the connection may take to be made.
    public var connectTimeout: Duration
    /// How long the head of the response may take from the beginning of the request.
    public var firstByteTimeout: Duration
    /// How long the whole exchange may take.
    public var timeout: Duration
    /// How many bytes of the response are taken.
    public var responseLimit: Int

    /// Makes a request from its parts.
    public init(
        method: String = "GET", url: String, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        connectTimeout: Duration = .seconds(10), firstByteTimeout: Duration = .seconds(60),
        timeout: Duration = .seconds(60), responseLimit: Int = 8 << 20
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.connectTimeout = connectTimeout
        self.firstByteTimeout = firstByteTimeout
        self.timeout = timeout
        self.responseLimit = responseLimit
    }
}

/// A response from the outside.
public struct HTTPResponse: Sendable {
    /// The status.
    public var status: Int
    /// The headers, in order.
    public var headers: [(name: String, value: String)]
    /// The body.
    public var body: [UInt8]

    /// Makes a response from its parts.
    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// A response whose body is still to come.
public struct HTTPResponseStream: Sendable {
    /// The status.
    public var status: Int
    /// The headers, in order.
    public var headers: [(name: String, value: String)]
    /// The body in pieces as they arrive, decompressed; can be read once. Throws ``HTTPClientError``.
    public var body: any AsyncSequence<[UInt8], any Error> & Sendable

    /// Makes a response from its parts.
    public init(
        status: Int, headers: [(name: String, value: String)] = [],
        body: any AsyncSequence<[UInt8], any Error> & Sendable
    ) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

extension HTTPResponseStream {
    /// A response that is there already, as a stream of one piece; for clients that collect, and for tests.
    public init(_ response: HTTPResponse) {
        let body = AsyncThrowingStream<[UInt8], any Error> { continuation in
            if !response.body.isEmpty { continuation.yield(response.body) }
            continuation.finish()
        }
        self.init(status: response.status, headers: response.headers, body: body)
    }
}

extension HTTPResponse {
    /// The value of the first header with this name, whatever its capitals.
    public func header(_ name: String) -> String? { headers.value(of: name) }
}

extension HTTPResponseStream {
    /// The value of the first header with this name, whatever its capitals.
    public func header(_ name: String) -> String? { headers.value(of: name) }
}

extension [(name: String, value: String)] {
    fileprivate func value(of name: String) -> String? {
        let wanted = name.lowercased()
        return first { $0.name.lowercased() == wanted }?.value
    }
}

/// Why there is no response.
public struct HTTPClientError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    public struct Code: Hashable, Sendable {
        private enum Value { case unreachable, interrupted, timeout, tooLarge, badRequest }
        private let value: Value
        /// The host cannot be reached: nothing was sent, so certainly nothing was done.
        public static let unreachable = Code(value: .unreachable)
        /// The connection broke after the request had begun to go out: nobody knows what was done.
        public static let interrupted = Code(value: .interrupted)
        /// It took too long; nobody knows what was done.
        public static let timeout = Code(value: .timeout)
        /// The response is larger than the request allows.
        public static let tooLarge = Code(value: .tooLarge)
        /// The request cannot be sent as it is.
        public static let badRequest = Code(value: .badRequest)
    }

    /// What kind of failure it is.
    public var code: Code
    /// What is wrong; never holds secrets.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// What is wrong.
    public var description: String { message }
}
