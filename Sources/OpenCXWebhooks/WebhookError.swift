/// What is wrong with a webhook's settings, or with a request that claims to be a webhook.
public struct WebhookError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    public struct Code: Hashable, Sendable {
        private enum Value { case badSecret, badURL, missingHeader, stale, badSignature }
        private let value: Value
        /// The secret is not in the form `whsec_…`, or is too short or too long.
        public static let badSecret = Code(value: .badSecret)
        /// Webhooks are not sent to such a URL.
        public static let badURL = Code(value: .badURL)
        /// The request lacks one of the three headers, or it cannot be read.
        public static let missingHeader = Code(value: .missingHeader)
        /// The request was signed too long ago, or by a clock that is ahead.
        public static let stale = Code(value: .stale)
        /// No signature of the request is right.
        public static let badSignature = Code(value: .badSignature)
    }

    /// What kind of failure it is.
    public var code: Code
    /// What is wrong and what to do about it; never holds secrets.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// What is wrong and what to do about it.
    public var description: String { message }
}
