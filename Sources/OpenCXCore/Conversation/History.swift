/// One entry of a session's history: a message, or something that happened to the session.
public struct HistoryEntry: Sendable, Hashable, Codable {
    /// Counts the entries of the session, from 1 and without gaps.
    public var sequence: Int
    /// When it happened, by our clock.
    public var at: Timestamp
    /// What happened.
    public var event: Event

    /// Makes an entry.
    public init(sequence: Int, at: Timestamp, event: Event) {
        self.sequence = sequence
        self.at = at
        self.event = event
    }

    /// What can happen in a session.
    public enum Event: Sendable, Hashable, Codable {
        /// Somebody said something to the other side.
        case message(Message)
        /// A person wrote a note that the customer does not see.
        case note(by: PersonID, RedactedText)
        /// The customer wrote about something that the AI must not speak of.
        case prohibitedTopic(TopicMatch)
        /// The AI stopped and the team took over.
        case handoff(HandoffRecord)
        /// The session passed to another owner.
        case owner(SessionOwner, by: Actor)
        /// The session was closed or opened again; the reason is there when nobody decided it.
        case status(SessionStatus, by: Actor, because: ClosureReason? = nil)
        /// The AI had an answer and did not send it.
        case withheld(WithheldReason, RedactedText)
        /// An action was called.
        case action(ActionRecord)
        /// A helpdesk took the session over, under this name of its own.
        case helpdesk(HelpdeskID, reference: String)
        /// Something happened to the conversation in its helpdesk that changes nothing here.
        case activity(RedactedText, by: Actor)
        /// A message or a handoff could not be delivered.
        case deliveryFailed(OutboxID, reason: String)
        /// The provider told how far a message has come.
        case delivery(MessageID, DeliveryStage)
        /// The customer wants no more messages on the channel, or wants them again.
        case consent(isGiven: Bool)
        /// The customer was asked what they think of the session.
        case ratingRequested
        /// The customer said what they think of it.
        case rated(CustomerRating)
        /// The customer found a message of the AI helpful, or not.
        case vote(MessageID, isHelpful: Bool)
        /// Labels were added or taken off.
        case tags(added: [String], removed: [String], by: Actor)
        /// The channel stored its own state, as JSON text.
        case checkpoint(RedactedText)
        /// The session's contact turned out to be the same person as another one, and went up in it.
        case contactMerged(into: ContactID, from: ContactID)
    }

    /// Who did something to a session.
    public enum Actor: Hashable, Sendable, Codable {
        /// The customer.
        case customer
        /// The AI.
        case ai
        /// A person of the team.
        case person(PersonID)
        /// The agent's own rules.
        case system
    }

    /// The message, when this is one.
    public var message: Message? {
        if case .message(let message) = event { message } else { nil }
    }

    /// What came of an action, when this is one.
    public var action: ActionRecord? {
        if case .action(let record) = event { record } else { nil }
    }
}

/// Why a reply was not sent.
public enum WithheldReason: String, Sendable, Hashable, Codable {
    /// A person or the team owns the session now.
    case ownerChanged = "owner_changed"
    /// The session is not open any more.
    case sessionClosed = "session_closed"
    /// The customer wrote again in the meantime.
    case newerMessage = "newer_message"
    /// The customer wanted none.
    case stopped = "stopped"
}

/// What the history keeps of a call to an action.
public struct ActionRecord: Hashable, Sendable, Codable {
    /// The action.
    public var name: String
    /// The arguments, with placeholders for personal data.
    public var arguments: [String: RedactedText]
    /// What came of it.
    public var outcome: Outcome
    /// Whether the action changes something, rather than looking it up.
    public var changes: Bool
    /// What the action said, redacted and cut to a reasonable length.
    public var result: RedactedText
    /// The members of the result, redacted.
    public var fields: [String: RedactedText]

    /// What came of a call.
    public enum Outcome: String, Hashable, Sendable, Codable {
        /// It was done.
        case succeeded
        /// What it was about does not exist or is not this customer's; nothing was done.
        case notFound = "not_found"
        /// It was refused or failed, and nothing was done.
        case failed
        /// The arguments were missing or wrong, and nothing was done.
        case badArguments = "bad_arguments"
        /// Nobody knows whether it was done.
        case unknown
    }

    /// Makes a record from its parts.
    public init(
        name: String, arguments: [String: RedactedText], outcome: Outcome, result: RedactedText,
        fields: [String: RedactedText] = [:], changes: Bool = false
    ) {
        self.name = name
        self.arguments = arguments
        self.outcome = outcome
        self.changes = changes
        self.result = result
        self.fields = fields
    }
}
