/// Why a language model or an embedder gave nothing.
public struct ModelError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Value: String {
            case rateLimited, quotaExceeded, overloaded, unavailable, unreachable, timeout, unauthorized, badRequest
            case contextTooLong, malformed
        }
        private let value: Value
        /// More requests or tokens than the vendor allows at a time.
        public static let rateLimited = Code(value: .rateLimited)
        /// The account has nothing left to spend; waiting does not help.
        public static let quotaExceeded = Code(value: .quotaExceeded)
        /// The vendor has too much to do.
        public static let overloaded = Code(value: .overloaded)
        /// The vendor failed.
        public static let unavailable = Code(value: .unavailable)
        /// The vendor cannot be reached, or the connection broke.
        public static let unreachable = Code(value: .unreachable)
        /// It took too long.
        public static let timeout = Code(value: .timeout)
        /// The key is missing, wrong or not allowed to do this.
        public static let unauthorized = Code(value: .unauthorized)
        /// The vendor does not accept the request; the same one is refused again.
        public static let badRequest = Code(value: .badRequest)
        /// The prompt is longer than the model reads.
        public static let contextTooLong = Code(value: .contextTooLong)
        /// The response makes no sense, or ended in the middle.
        public static let malformed = Code(value: .malformed)

        /// The code's name.
        public var description: String { value.rawValue }
    }

    /// What kind of failure it is.
    public var code: Code
    /// What is wrong and what to do about it; never holds text of the conversation, a key or what the vendor said of the request.
    public var message: String
    /// The HTTP status, when there was a response.
    public var status: Int?
    /// The vendor's name for the request, for its support.
    public var requestID: String?
    /// How long the vendor wants us to wait.
    public var retryAfter: Duration?
    /// Whether the vendor said itself if the request should be tried again (`x-should-retry`).
    public var shouldRetry: Bool?

    /// Makes an error.
    public init(
        _ code: Code, _ message: String, status: Int? = nil, requestID: String? = nil, retryAfter: Duration? = nil,
        shouldRetry: Bool? = nil
    ) {
        self.code = code
        self.message = message
        self.status = status
        self.requestID = requestID
        self.retryAfter = retryAfter
        self.shouldRetry = shouldRetry
    }

    /// Whether the same request may succeed later.
    public var isRetryable: Bool {
        if let shouldRetry { return shouldRetry }
        switch code {
        case .rateLimited, .overloaded, .unavailable, .unreachable, .timeout: return true
        // 408 and 409 are tried again by the vendors' own clients.
        default: return status == 408 || status == 409
        }
    }

    /// What is wrong and what to do about it.
    public var description: String {
        var text = message
        if let status { text += " (status \(status)" + (requestID.map { ", request \($0))" } ?? ")") }
        return text
    }
}

extension ModelError {
    /// What a transport failure means for a model.
    package init(_ error: HTTPClientError, from vendor: String) {
        switch error.code {
        case .timeout: self.init(.timeout, "\(vendor) took too long; raise the timeout or use a smaller model.")
        case .tooLarge: self.init(.malformed, "\(vendor) sent a longer response than is taken.")
        case .badRequest: self.init(.badRequest, "The request to \(vendor) cannot be sent; check the base URL.")
        case .interrupted: self.init(.unreachable, "The connection to \(vendor) broke.")
        default: self.init(.unreachable, "\(vendor) cannot be reached; check the base URL and the network.")
        }
    }
}
