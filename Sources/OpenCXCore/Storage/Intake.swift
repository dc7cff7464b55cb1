/// Everything that one transaction stores when a message comes in: message, dedupe key, contact, session, and the turn it
/// causes.
public struct Intake: Sendable {
    /// The message, redacted.
    public var message: Message
    /// What the AI said on the channel's page before that: the beginning of a session in which nothing was said yet.
    public var openingWords: [Message]
    /// How a repeated delivery is recognized.
    public var dedupe: DedupeKey
    /// The channel.
    public var channel: ChannelID
    /// What kind of channel that is.
    public var channelKind: ChannelKind
    /// The conversation, in the channel's own terms.
    public var thread: ThreadID
    /// The sender.
    public var sender: ContactHandle
    /// What the conversation is about.
    public var subject: RedactedText?
    /// The language, where known.
    public var language: LanguageTag?
    /// The session whose placeholders the text was redacted with: the thread's latest, if this message continues it, or the id
    /// of a new one.
    public var session: SessionID
    /// The session's placeholder counts after redaction.
    public var placeholders: PlaceholderCounts
    /// The id to use if the sender turns out to be new.
    public var newContact: ContactID
    /// When the turn may start: now, or after the channel's collecting delay.
    public var turnDueAt: Timestamp
    /// A session that was closed after this time is opened again; `nil` for none.
    public var reopensSince: Timestamp?
    /// The helpdesk that the conversation lives in (``InboundMessage/helpdesk``).
    public var helpdesk: HelpdeskID?
    /// Who has the conversation there.
    public var holder = ConversationHolder.ai
    /// Who is told of what this message brings about.
    public var subscriptions: [EventSubscription]
    /// Whether the customer wants messages on this channel, where the message says that and nothing else: nobody answers it.
    public private(set) var consent: Bool?
    /// When the session then ends by itself, if it is the AI's and nothing waits for an answer; `nil` for never.
    public private(set) var endsAt: Timestamp?
    /// The lease under which the turn may be taken up at once: there is somebody who has time for it.
    public var turnLease: TurnLease?

    /// Makes an intake from its parts.
    public init(
        message: Message, openingWords: [Message] = [], dedupe: DedupeKey, channel: ChannelID, channelKind: ChannelKind,
        thread: ThreadID,
        sender: ContactHandle, subject: RedactedText? = nil, language: LanguageTag? = nil, session: SessionID,
        placeholders: PlaceholderCounts, newContact: ContactID, turnDueAt: Timestamp,
        reopensSince: Timestamp? = nil, subscriptions: [EventSubscription] = [], turnLease: TurnLease? = nil
    ) {
        self.message = message
        self.openingWords = openingWords
        self.dedupe = dedupe
        self.channel = channel
        self.channelKind = channelKind
        self.thread = thread
        self.sender = sender
        self.subject = subject
        self.language = language
        self.session = session
        self.placeholders = placeholders
        self.newContact = newContact
        self.turnDueAt = turnDueAt
        self.reopensSince = reopensSince
        self.subscriptions = subscriptions
        self.turnLease = turnLease
    }

    /// The message is about messages themselves.
    package mutating func give(_ consent: Bool?, endingAt endsAt: Timestamp? = nil) {
        guard let consent else { return }
        self.consent = consent
        self.endsAt = endsAt
        sender.consent = ChannelConsent(channel: channel, isGiven: consent)
    }

    /// How the session ends that the message leaves with nothing to answer: as it was going to, or as it had.
    func expiry(of session: Session) -> SessionExpiry? {
        if let expiry = session.expiry { return expiry }
        let status: SessionStatus = session.status == .open ? .closedUnresolved : session.status
        return endsAt.map { SessionExpiry(at: $0, status: status, by: .system) }
    }

    /// Whether the message goes on with a session, the latest of its thread.
    public func continues(_ latest: Session) -> Bool {
        latest.continues(closedSince: reopensSince ?? Timestamp(milliseconds: .max))
    }
}

/// How a repeated delivery is recognized.
public enum DedupeKey: Sendable, Hashable {
    /// The provider's id; counts within the channel, for as long as it is kept (``RetentionPolicy/dedupeKeys``).
    case providerID(String)
    /// A hash of the redacted content, where the provider gives no id; counts within the thread, for a window of time.
    case content(hash: String, since: Timestamp)
}

/// A message that is stored.
public struct AcceptedMessage: Sendable, Hashable, Codable {
    /// The session it went into.
    public var session: SessionID
    /// The session's number.
    public var ticket: TicketNumber
    /// The message.
    public var message: MessageID
    /// Its place in the session's history.
    public var sequence: Int
    /// Whether it was the first of its session.
    public var startedSession: Bool

    /// Makes a receipt from its parts.
    public init(
        session: SessionID, ticket: TicketNumber, message: MessageID, sequence: Int, startedSession: Bool
    ) {
        self.session = session
        self.ticket = ticket
        self.message = message
        self.sequence = sequence
        self.startedSession = startedSession
    }
}

/// What came of an intake.
public enum IntakeOutcome: Sendable, Hashable {
    /// Stored. The turn is the message's, when ``Intake/turnLease`` asked for it and it is due and nobody works on it. A store
    /// may leave it be: the turn is then taken up like any other.
    case accepted(AcceptedMessage, turn: TurnClaim? = nil)
    /// Delivered before; this is what was stored then.
    case duplicate(AcceptedMessage)
    /// The session that this message belongs to is another than ``Intake/session``: redact again with that one's placeholders.
    case sessionChanged
}
