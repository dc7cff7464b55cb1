/// What a request with an idempotency key was answered, so that the same request gets the same answer.
public struct RememberedAnswer: Sendable, Hashable {
    /// Stands for the idempotency key, and for whose it is.
    public var key: [UInt8]
    /// Stands for what was asked.
    public var fingerprint: [UInt8]
    /// The answer. Whoever keeps it has sealed it: it may hold a customer's data, and an erasure does not find it here.
    public var answer: [UInt8]
    /// Until when it is remembered.
    public var expiresAt: Timestamp

    /// Makes an answer from its parts.
    public init(key: [UInt8], fingerprint: [UInt8], answer: [UInt8], expiresAt: Timestamp) {
        self.key = key
        self.fingerprint = fingerprint
        self.answer = answer
        self.expiresAt = expiresAt
    }
}

/// What is known about a request with an idempotency key.
public enum AnswerClaim: Sendable, Hashable {
    /// Nothing: the request is ours to answer.
    case claimed
    /// Somebody answers it just now.
    case inFlight
    /// It was answered before.
    case answered([UInt8])
    /// The same key came with another request.
    case otherRequest
}
