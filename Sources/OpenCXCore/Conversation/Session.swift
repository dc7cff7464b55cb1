/// One conversation on one channel, from the first message until it is resolved or closed (OpenCX, core concepts).
public struct Session: Sendable, Hashable, Codable, Identifiable {
    /// Names the session.
    public var id: SessionID
    /// The number people call it by.
    public var ticket: TicketNumber
    /// The channel it runs on.
    public var channel: ChannelID
    /// What kind of channel that is.
    public var channelKind: ChannelKind
    /// The channel's own name for the conversation.
    public var thread: ThreadID
    /// The customer.
    public var contact: ContactID
    /// Whether somebody other than the contact, or somebody less verified, has written in this session. What such a session
    /// asks for is not done in the contact's name (law 10).
    public var hasOtherSenders: Bool
    /// Open, or how it ended.
    public var status: SessionStatus
    /// Who answers. There is always somebody.
    public var owner: SessionOwner
    /// The language of the conversation, once known.
    public var language: LanguageTag?
    /// What the conversation is about, where the channel says so (an e-mail's subject).
    public var subject: RedactedText?
    /// Labels for people and for the helpdesk.
    public var tags: [String]
    /// Custom data of the channel or the embedding application, by name. Nobody vouches for it.
    public var attributes: [String: RedactedText] = [:]
    /// What the channel has last stored of its own state, as JSON text (OpenCX, widget: checkpoints).
    public var checkpoint: RedactedText?
    /// The helpdesk that the conversation lives in, where it does.
    public var home: HelpdeskID?
    /// The names that helpdesks have for the conversation: of the one it lives in, and of those it was handed off to. Empty as long as
    /// a helpdesk has not taken the handoff.
    public var tickets: [HelpdeskID: String] = [:]
    /// The last handoff, if there was one.
    public var handoff: HandoffRecord?
    /// A question of the AI that the next message may answer.
    public var pendingAction: PendingAction?
    /// A change that a turn has begun and of which the history does not tell yet. It outlives a change of owner: somebody has to
    /// hear what became of it.
    public var begunEffect: EffectIntent?
    /// How often in a row the AI asked back instead of answering.
    public var clarifications: Int
    /// How the session ends if the customer says nothing more.
    public var expiry: SessionExpiry?
    /// How it was closed; `nil` while it is open.
    public var closure: SessionClosure?
    /// What the customer thinks of it; asked for when it has ended.
    public var rating: CustomerRating?
    /// When the customer is to be asked for a rating; `nil` when they are not, or have been.
    public var ratingDueAt: Timestamp?
    /// When the customer was last asked for a rating.
    public var ratingRequestedAt: Timestamp?
    /// The message that asks for a rating, or will when the time has come, on a channel where that is a message
    /// (``SatisfactionPolicy/messageChannels``).
    public var survey: Message?
    /// Since when a message of the customer waits for the AI; `nil` when none does.
    public var awaitingSince: Timestamp?
    /// The placeholders used so far.
    public var placeholders: PlaceholderCounts
    /// When it began: with its first message, or when it was opened for one.
    public var createdAt: Timestamp
    /// When the customer's first message came; `nil` before it, and in a session that began before this was kept.
    public var firstMessageAt: Timestamp?
    /// When the first reply was given, by the AI or a person.
    public var firstReplyAt: Timestamp?
    /// When anything last happened.
    public var updatedAt: Timestamp
    /// The sequence number of the last entry in the history.
    public var lastSequence: Int
    /// How many messages the history holds; `nil` in a session that began before they were counted.
    public var messageCount: Int?
    /// The sequence number of the customer's last message.
    public var lastCustomerSequence: Int
    /// Customer messages up to this sequence number have been dealt with: answered, handed off or withheld for a reason.
    public var settledSequence: Int

    /// Makes a session from its parts.
    public init(
        id: SessionID, ticket: TicketNumber, channel: ChannelID, channelKind: ChannelKind, thread: ThreadID,
        contact: ContactID, hasOtherSenders: Bool = false, status: SessionStatus = .open, owner: SessionOwner = .ai,
        language: LanguageTag? = nil,
        subject: RedactedText? = nil, tags: [String] = [], handoff: HandoffRecord? = nil,
        pendingAction: PendingAction? = nil, clarifications: Int = 0,
        placeholders: PlaceholderCounts = PlaceholderCounts(),
        createdAt: Timestamp, updatedAt: Timestamp? = nil, lastSequence: Int = 0, messageCount: Int? = 0,
        lastCustomerSequence: Int = 0, settledSequence: Int = 0
    ) {
        self.id = id
        self.ticket = ticket
        self.channel = channel
        self.channelKind = channelKind
        self.thread = thread
        self.contact = contact
        self.hasOtherSenders = hasOtherSenders
        self.status = status
        self.owner = owner
        self.language = language
        self.subject = subject
        self.tags = tags
        self.handoff = handoff
        self.pendingAction = pendingAction
        self.clarifications = clarifications
        self.placeholders = placeholders
        self.createdAt = createdAt
        self.updatedAt = updatedAt ?? createdAt
        self.lastSequence = lastSequence
        self.messageCount = messageCount
        self.lastCustomerSequence = lastCustomerSequence
        self.settledSequence = settledSequence
    }

    /// Whether a message continues this session, its thread's latest: it is open, or was closed a short time ago, and not by the
    /// customer, who then begins something new.
    ///
    /// - Parameter since: closing after this time counts (``SessionLifecycle/reopeningWindow``).
    public func continues(closedSince since: Timestamp) -> Bool {
        status == .open || closure.map { $0.at > since && $0.actor != .customer } ?? false
    }

    /// The name that a helpdesk has for the conversation; `nil` when it has not taken it.
    public func reference(at helpdesk: HelpdeskID) -> String? {
        tickets[helpdesk].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether the customer has written in it.
    public var isStarted: Bool { lastCustomerSequence > 0 }

    /// When something happens in it by itself, if nothing else does before: it ends, or its customer is asked for a rating.
    public var deadline: Timestamp? {
        if status != .open { return ratingDueAt }
        return awaitsAI ? nil : expiry?.at
    }

    /// Whether a message of the customer still waits for the AI.
    public var awaitsAI: Bool {
        status == .open && owner == .ai && lastCustomerSequence > settledSequence
    }

    /// Whether a turn is to be taken up: to answer the customer, or, whoever owns the session, to tell of a change that was begun.
    public var awaitsTurn: Bool { awaitsAI || begunEffect != nil }
}

/// Names a session.
public typealias SessionID = Identifier<Session>

/// A session's number, for people: `#4521`. It carries over to the helpdesk.
public struct TicketNumber: RawRepresentable, Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// The number.
    public var rawValue: Int

    /// Makes a ticket number.
    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// The number behind a hash sign.
    public var description: String { "#\(rawValue)" }

    /// Orders by number.
    public static func < (a: TicketNumber, b: TicketNumber) -> Bool { a.rawValue < b.rawValue }
}

/// Open, or how a session ended (OpenCX public API: `open`, `closed_resolved`, `closed_unresolved`).
public enum SessionStatus: String, Sendable, Hashable, Codable, CaseIterable {
    /// Going on.
    case open
    /// Ended with the customer helped.
    case closedResolved = "closed_resolved"
    /// Ended otherwise.
    case closedUnresolved = "closed_unresolved"
}

/// Who answers in a session. No session is owned by nobody.
public enum SessionOwner: Hashable, Sendable, Codable {
    /// The AI.
    case ai
    /// The team's inbox; nobody in particular yet.
    case team
    /// A person of the team.
    case person(PersonID)
}

/// A person of the team; the text is a name or an account that colleagues recognize.
public enum Person {}

/// Names a person of the team.
public typealias PersonID = Identifier<Person>
