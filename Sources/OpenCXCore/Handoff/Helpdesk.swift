/// Where people work: takes over what the AI hands off.
///
/// An adapter creates or appends and classifies failures. It does not retry or decide; the outbox does. Until the helpdesk
/// has taken a handoff, and when it never does, the session stands in the built-in inbox.
///
/// Conversations may also live in the helpdesk, so that the AI answers in place (``InboundMessage/helpdesk``): a handoff then hands
/// over the conversation that is there already.
public protocol Helpdesk: Sendable {
    /// Names the helpdesk; stays the same from run to run.
    var id: HelpdeskID { get }

    /// Whether it takes handoffs from channels of this kind. Conversations that live in it (``InboundMessage/helpdesk``) it takes in any
    /// case.
    func takes(_ kind: ChannelKind) -> Bool

    /// Opens a ticket for the conversation, or finds the one that an earlier try with the same
    /// ``HandoffPackage/idempotencyKey`` opened.
    ///
    /// - Throws: ``HelpdeskError``, which says whether trying again makes sense.
    func open(_ handoff: HandoffPackage) async throws -> HelpdeskReceipt

    /// Adds what the customer has written since the handoff, in order. Not called for conversations that live in the helpdesk.
    ///
    /// - Throws: ``HelpdeskError``, which says whether trying again makes sense.
    func append(_ followUp: FollowUp) async throws

    /// Notes that the session of a conversation that it has is over, and closes it there, as far as the AI still has it.
    ///
    /// - Throws: ``HelpdeskError``, which says whether trying again makes sense.
    func end(_ ending: ConversationEnding) async throws -> EndingOutcome

    /// Verifies and reads what the helpdesk tells of the people who work there. While a handoff to it is on its way, what it tells of a
    /// ticket that no session has is answered with a 503, for it may be the one that is being opened.
    ///
    /// - Throws: ``ChannelError``; nothing is recorded then, and the helpdesk gets an HTTP error.
    func events(in request: WebhookRequest) async throws -> [TeamEvent]

    /// What the helpdesk is told once every event of the request is recorded.
    func acknowledgement(of request: WebhookRequest) -> WebhookResponse
}

extension Helpdesk {
    /// It does.
    public func takes(_ kind: ChannelKind) -> Bool { true }

    /// Adds nothing: the built-in inbox has it.
    public func append(_ followUp: FollowUp) async throws {}

    /// Leaves the ticket to those who work on it.
    public func end(_ ending: ConversationEnding) async throws -> EndingOutcome { .done }

    /// Tells nothing.
    public func events(in request: WebhookRequest) async throws -> [TeamEvent] {
        throw ChannelError(.notFound, "This helpdesk tells nothing.")
    }

    /// An empty 200.
    public func acknowledgement(of request: WebhookRequest) -> WebhookResponse { WebhookResponse(status: 200) }
}

/// Names a helpdesk: `front`, `zendesk`.
public typealias HelpdeskID = Identifier<any Helpdesk>

/// A conversation on its way to a helpdesk, with its full context and the raw values put back.
public struct HandoffPackage: Sendable {
    /// The same for every try of the same handoff; deterministic, so that it survives a crash.
    public var idempotencyKey: String
    /// The session.
    public var session: SessionID
    /// The session's number; carries over to the helpdesk.
    public var ticket: TicketNumber
    /// The channel the customer is on.
    public var channel: ChannelID
    /// What kind of channel that is.
    public var channelKind: ChannelKind
    /// The helpdesk's own name for the conversation, where it has it already: it lives there, or was handed off before. The handoff
    /// goes on with it.
    public var reference: String?
    /// Whether an earlier try may have got through, as a whole or in part. A helpdesk that knows no idempotency keys looks for what
    /// is there already.
    public var isRetry: Bool
    /// The customer.
    public var contact: Contact
    /// Why the AI stopped.
    public var record: HandoffRecord
    /// The summary, with raw values.
    public var summary: UnredactedText
    /// What was said, in order, with raw values; where a handoff goes on with a ticket, what was said since the AI got the conversation
    /// back.
    public var transcript: [TranscriptLine]
    /// The session's tags.
    public var tags: [String]

    /// Makes a package from its parts.
    public init(
        idempotencyKey: String, session: SessionID, ticket: TicketNumber, channel: ChannelID = "web",
        channelKind: ChannelKind, reference: String? = nil, isRetry: Bool = false, contact: Contact,
        record: HandoffRecord, summary: UnredactedText, transcript: [TranscriptLine], tags: [String]
    ) {
        self.idempotencyKey = idempotencyKey
        self.session = session
        self.ticket = ticket
        self.channel = channel
        self.channelKind = channelKind
        self.reference = reference
        self.isRetry = isRetry
        self.contact = contact
        self.record = record
        self.summary = summary
        self.transcript = transcript
        self.tags = tags
    }
}

/// One message of a transcript.
public struct TranscriptLine: Sendable, Hashable {
    /// Who said it.
    public var author: Author
    /// What was said, with raw values.
    public var text: UnredactedText
    /// When.
    public var at: Timestamp

    /// Makes a line from its parts.
    public init(author: Author, text: UnredactedText, at: Timestamp) {
        self.author = author
        self.text = text
        self.at = at
    }
}

/// What a helpdesk said when it took a conversation.
public struct HelpdeskReceipt: Sendable, Hashable {
    /// The helpdesk's own name for the ticket.
    public var reference: String

    /// Makes a receipt.
    public init(reference: String) {
        self.reference = reference
    }
}

/// Why a helpdesk did not take a conversation.
public struct HelpdeskError: DeliveryFailure, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    public struct Code: Hashable, Sendable {
        private enum Value { case unavailable, unauthorized, rejected }
        private let value: Value
        /// The helpdesk does not answer or asks to come back later; trying again makes sense.
        public static let unavailable = Code(value: .unavailable)
        /// The helpdesk refused our credentials; trying again makes sense once somebody has mended them.
        public static let unauthorized = Code(value: .unauthorized)
        /// The helpdesk will never take this conversation.
        public static let rejected = Code(value: .rejected)
    }

    /// What kind of failure it is.
    public var code: Code
    /// What is wrong and what to do about it; never holds message text, addresses or secrets.
    public var message: String
    /// How long to wait before the next try, when the helpdesk said so.
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
