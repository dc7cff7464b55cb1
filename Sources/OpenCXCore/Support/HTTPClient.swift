/// How adapters reach the outside: an embedding server may pass its own client.
public protocol HTTPClient: Sendable {
    /// Sends a request and collects the response, up to `request.responseLimit` bytes.
    ///
    /// - Throws: ``HTTPClientError``. Says nothing about the status: a 500 is a response.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse
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
    /// How long the whole exchange may take.
    public var timeout: Duration
    /// How many bytes of the response are taken.
    public var responseLimit: Int

    /// Makes a request from its parts.
    public init(
        method: String = "GET", url: String, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        timeout: Duration = .seconds(60), responseLimit: Int = 8 << 20
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
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

extension HTTPResponse {
    /// The value of the first header with this name, whatever its capitals.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
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
