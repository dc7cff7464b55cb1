/// Another system that is told what happens in conversations; `HTTPWebhookEndpoint` in `OpenCXWebhooks` is the one that signs
/// requests and posts them.
///
/// An endpoint sends and classifies failures; the outbox tries again. Events of a session arrive in order.
public protocol EventEndpoint: Sendable {
    /// Names the endpoint; stays the same from run to run.
    var id: EventEndpointID { get }
    /// Which events it wants; `nil` for all.
    var events: Set<ConversationEvent.Name>? { get }

    /// Hands over one event. It may come again under the same ``EventDelivery/id``.
    ///
    /// - Throws: a ``DeliveryFailure``, ``EventError`` for one.
    func deliver(_ delivery: EventDelivery) async throws
}

/// Names an endpoint.
public typealias EventEndpointID = Identifier<any EventEndpoint>

/// An event on its way to an endpoint. Texts are redacted: placeholders stand for personal data.
public struct EventDelivery: Sendable, Hashable {
    /// The same for every try; deterministic, so that it survives a crash.
    public var id: String
    /// What happened.
    public var name: ConversationEvent.Name
    /// When it happened.
    public var at: Timestamp
    /// The content; the same for every try.
    public var payload: JSONValue

    /// Makes a delivery from its parts.
    public init(id: String, name: ConversationEvent.Name, at: Timestamp, payload: JSONValue) {
        self.id = id
        self.name = name
        self.at = at
        self.payload = payload
    }
}

/// Why an endpoint did not take an event.
public struct EventError: DeliveryFailure, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    public struct Code: Hashable, Sendable {
        private enum Value { case unavailable, unauthorized, rejected }
        private let value: Value
        /// The endpoint does not answer, fails, or asks to come back later; trying again makes sense.
        public static let unavailable = Code(value: .unavailable)
        /// The endpoint refused our signature or credentials; trying again makes sense once somebody has mended them.
        public static let unauthorized = Code(value: .unauthorized)
        /// The endpoint will never take this event.
        public static let rejected = Code(value: .rejected)
    }

    /// What kind of failure it is.
    public var code: Code
    /// What is wrong and what to do about it; never holds message text, addresses or secrets.
    public var message: String
    /// How long to wait before the next try, when the endpoint said so.
    public var retryAfter: Duration?

    /// Makes an error.
    public init(_ code: Code, _ message: String, retryAfter: Duration? = nil) {
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
    }

    /// Whether another try may succeed.
    public var isRetryable: Bool { code != .rejected }

    /// What is wrong and what to do about it.
    public var description: String { message }
}
