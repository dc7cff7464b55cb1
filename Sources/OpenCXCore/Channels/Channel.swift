/// A way customers reach the team: turns the provider's format into ``InboundMessage`` and back.
///
/// An adapter verifies, parses, sends and classifies failures. It does not retry, wait, store or decide anything about the
/// conversation; the agent does.
public protocol Channel: Sendable {
    /// Names the channel; stays the same from run to run.
    var id: ChannelID { get }

    /// What kind of channel it is.
    var kind: ChannelKind { get }

    /// Verifies and parses what the provider delivered.
    ///
    /// - Throws: ``ChannelError``; nothing is accepted then, and the provider gets an HTTP error.
    func receive(_ request: WebhookRequest) async throws -> [InboundMessage]

    /// Verifies and reads what the provider delivered, where it tells more than messages. ``Agent/handle(_:on:)`` asks for this; a
    /// channel that has nothing but messages leaves it out and is asked by ``receive(_:)``.
    ///
    /// - Throws: ``ChannelError``; nothing is accepted then, and the provider gets an HTTP error.
    func events(in request: WebhookRequest) async throws -> [ChannelEvent]

    /// What the provider is told once every message of the request is stored.
    func acknowledgement(of request: WebhookRequest, accepted: [AcceptedMessage]) -> WebhookResponse

    /// Hands a message to the provider. Called again with the same ``OutboundMessage/idempotencyKey`` when it is not known
    /// whether an earlier try got through.
    ///
    /// - Throws: ``ChannelError``, which says whether trying again makes sense.
    func send(_ message: OutboundMessage) async throws -> DeliveryReceipt
}

extension Channel {
    /// The messages, and nothing else.
    public func events(in request: WebhookRequest) async throws -> [ChannelEvent] {
        try await receive(request).map(ChannelEvent.message)
    }

    /// An empty 200.
    public func acknowledgement(of request: WebhookRequest, accepted: [AcceptedMessage]) -> WebhookResponse {
        WebhookResponse(status: 200)
    }
}

/// A message on its way to the customer.
public struct OutboundMessage: Sendable, Hashable {
    /// The same for every try of the same delivery; deterministic, so that it survives a crash.
    public var idempotencyKey: String
    /// The session.
    public var session: SessionID
    /// The session's number.
    public var ticket: TicketNumber
    /// The conversation, in the channel's own terms.
    public var thread: ThreadID
    /// The customer.
    public var contact: Contact
    /// The message as it is stored.
    public var message: Message
    /// What to say, as CommonMark; a channel that shows plain text turns it into that. Raw values are back where a person
    /// of the team wrote the message; in what the AI says they stay masked.
    public var text: UnredactedText
    /// The files that go with it, with raw values back where they are back in the text.
    public var files: [OutboundFile]
    /// What the conversation is about.
    public var subject: RedactedText?
    /// Whether an earlier try may have got through, as a whole or in part. A channel whose provider knows no idempotency keys looks
    /// for what is there already.
    public var isRetry: Bool

    /// Makes an outbound message from its parts; without `files` these are the message's, as they are stored.
    public init(
        idempotencyKey: String, session: SessionID, ticket: TicketNumber, thread: ThreadID, contact: Contact,
        message: Message, text: UnredactedText, files: [OutboundFile]? = nil, subject: RedactedText? = nil,
        isRetry: Bool = false
    ) {
        self.idempotencyKey = idempotencyKey
        self.session = session
        self.ticket = ticket
        self.thread = thread
        self.contact = contact
        self.message = message
        self.text = text
        self.files = files ?? message.attachments.map(OutboundFile.init)
        self.subject = subject
        self.isRetry = isRetry
    }
}

/// What the provider said when it took a message.
public struct DeliveryReceipt: Sendable, Hashable {
    /// The provider's id of the message, where it gives one.
    public var providerID: String?

    /// Makes a receipt.
    public init(providerID: String? = nil) {
        self.providerID = providerID
    }
}

/// Why a channel could not receive or send.
public struct ChannelError: Error, Sendable, Hashable, CustomStringConvertible, DeliveryFailure {
    /// What kind of failure it is.
    public struct Code: Hashable, Sendable {
        private enum Value { case unauthorized, malformed, tooLarge, notFound, unavailable, rejected, taken }
        private let value: Value
        /// The request is not signed by the provider, or the provider refused our credentials; sending again makes sense once
        /// somebody has mended them.
        public static let unauthorized = Code(value: .unauthorized)
        /// The request cannot be understood.
        public static let malformed = Code(value: .malformed)
        /// The request or message is larger than the channel takes.
        public static let tooLarge = Code(value: .tooLarge)
        /// There is nothing at this path.
        public static let notFound = Code(value: .notFound)
        /// The provider does not answer or asks to come back later; trying again makes sense.
        public static let unavailable = Code(value: .unavailable)
        /// The provider will never take this message.
        public static let rejected = Code(value: .rejected)
        /// A person has the conversation: what the AI was about to say is withdrawn, and the session passes to the team without
        /// another handoff.
        public static let taken = Code(value: .taken)
    }

    /// What kind of failure it is.
    public var code: Code
    /// What is wrong and what to do about it; never holds message text, addresses or secrets.
    public var message: String
    /// How long to wait before the next try, when the provider said so.
    public var retryAfter: Duration?

    /// Makes an error.
    public init(_ code: Code, _ message: String, retryAfter: Duration? = nil) {
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
    }

    /// Whether another try may succeed.
    public var isRetryable: Bool { code == .unavailable || code == .unauthorized }

    /// The HTTP status that tells the caller what is wrong.
    public var httpStatus: Int {
        switch code {
        case .unauthorized: 401
        case .malformed: 400
        case .tooLarge: 413
        case .notFound: 404
        case .unavailable: 503
        default: 422
        }
    }

    /// What is wrong and what to do about it.
    public var description: String { message }
}

/// An error that says whether trying again makes sense; the outbox asks it.
public protocol DeliveryFailure: Error {
    /// Whether another try may succeed.
    var isRetryable: Bool { get }
    /// How long to wait before the next try, when the other side said so.
    var retryAfter: Duration? { get }
}
