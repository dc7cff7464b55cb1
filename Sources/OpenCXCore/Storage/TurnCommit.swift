/// A turn that a worker has taken up: nobody else works on the session until the lease ends.
public struct TurnClaim: Sendable, Hashable {
    private var boxedSession: Boxed<Session>
    private var boxedContact: Boxed<Contact>
    /// The session's history, oldest first; at most the newest 200 entries.
    public var history: [HistoryEntry]
    /// Proves that the lease is still ours.
    public var lease: LeaseToken
    /// How often this turn was taken up before without coming to an end.
    public var failedAttempts: Int

    /// Makes a claim from its parts.
    public init(
        session: Session, contact: Contact, history: [HistoryEntry], lease: LeaseToken, failedAttempts: Int
    ) {
        boxedSession = Boxed(session)
        boxedContact = Boxed(contact)
        self.history = history
        self.lease = lease
        self.failedAttempts = failedAttempts
    }

    /// The session as it was when the turn was taken up.
    public var session: Session {
        get { boxedSession.value }
        set { boxedSession.value = newValue }
    }

    /// The customer.
    public var contact: Contact {
        get { boxedContact.value }
        set { boxedContact.value = newValue }
    }

    /// How many entries of the history a claim holds at most.
    public static let historyLimit = 200
}

/// A lease on a turn or a delivery.
public enum Lease {}

/// Proves that a lease is still ours.
public typealias LeaseToken = Identifier<Lease>

/// A lease on the turn of a message that is being stored.
public struct TurnLease: Sendable, Hashable {
    /// Proves that the lease is still ours.
    public var token: LeaseToken
    /// Until when nobody else takes the turn up.
    public var until: Timestamp

    /// Makes a lease.
    public init(_ token: LeaseToken, until: Timestamp) {
        self.token = token
        self.until = until
    }
}

/// What a turn decided, to be written in one transaction if the world is still what the turn started from (law 4).
public struct TurnCommit: Sendable {
    /// The session.
    public var session: SessionID
    /// The lease under which the turn ran.
    public var lease: LeaseToken
    /// The customer's last message that the turn knew of.
    public var customerSequence: Int
    /// Whether each message gets a reply of its own, as in e-mail: a newer one then does not make this reply stale.
    public var repliesToEach: Bool
    /// What to tell the customer, if anything.
    public var reply: Message?
    /// The prohibited topic that the customer wrote about, if they did.
    public var prohibitedTopic: TopicMatch?
    /// The handoff, if the turn ends in one.
    public var handoff: HandoffRecord?
    /// The helpdesks that get the handoff.
    public var helpdesks: [HelpdeskID]
    /// The actions that were called. They happened, so they are recorded whatever becomes of the reply.
    public var actions: [ActionRecord]
    /// The action that waits for the customer's yes after this turn.
    public var pendingAction: PendingAction?
    /// The session's language, as far as the turn found out.
    public var language: LanguageTag?
    /// Whether the reply asks back instead of answering.
    public var asksBack: Bool
    /// Whether the AI considers the customer helped, and the session ends here.
    public var resolves: Bool
    /// When the customer is asked for a rating if the session ends here; `nil` for never.
    public var ratingAt: Timestamp?
    /// The message that asks for it, where that is one.
    public var survey: Message?
    /// How the session ends if the customer says nothing to the reply.
    public var expiry: SessionExpiry?
    /// Who is told of what this turn brings about.
    public var subscriptions: [EventSubscription]
    /// The reply's delivery, taken up with the commit: nobody else sends it until the lease ends.
    public var delivery: DeliveryLease?
    /// The placeholders used during the turn.
    public var placeholders: PlaceholderCounts
    /// What the turn saw and why it decided so.
    public var trace: Trace
    /// When.
    public var at: Timestamp

    /// Makes a commit from its parts.
    public init(
        session: SessionID, lease: LeaseToken, customerSequence: Int, reply: Message?,
        prohibitedTopic: TopicMatch? = nil,
        handoff: HandoffRecord? = nil,
        helpdesks: [HelpdeskID] = [], actions: [ActionRecord] = [], pendingAction: PendingAction? = nil,
        language: LanguageTag? = nil, asksBack: Bool = false, resolves: Bool = false, repliesToEach: Bool = false,
        ratingAt: Timestamp? = nil, expiry: SessionExpiry? = nil, subscriptions: [EventSubscription] = [],
        delivery: DeliveryLease? = nil, placeholders: PlaceholderCounts, trace: Trace, at: Timestamp
    ) {
        self.session = session
        self.lease = lease
        self.customerSequence = customerSequence
        self.reply = reply
        self.prohibitedTopic = prohibitedTopic
        self.handoff = handoff
        self.helpdesks = helpdesks
        self.actions = actions
        self.pendingAction = pendingAction
        self.language = language
        self.asksBack = asksBack
        self.resolves = resolves
        self.repliesToEach = repliesToEach
        self.ratingAt = ratingAt
        self.expiry = expiry
        self.subscriptions = subscriptions
        self.delivery = delivery
        self.placeholders = placeholders
        self.trace = trace
        self.at = at
    }
}

/// A lease on a delivery that is taken up as soon as it is written.
public struct DeliveryLease: Sendable, Hashable {
    /// Proves that the lease is still ours.
    public var token: LeaseToken
    /// Until when nobody else takes the delivery up.
    public var until: Timestamp

    /// Makes a lease.
    public init(_ token: LeaseToken, until: Timestamp) {
        self.token = token
        self.until = until
    }
}

/// What came of a commit.
public enum TurnOutcome: Sendable, Hashable {
    /// Written. The delivery is the reply's, when ``TurnCommit/delivery`` asked for it and nothing of the session is to be
    /// delivered before it.
    indirect case committed(Session, delivery: OutboxEntry? = nil)
    /// The world had moved on: the reply is recorded as withheld and was not sent.
    case withheld(WithheldReason)
    /// The lease had ended and somebody else has taken the turn up: nothing was written.
    case leaseLost
}
