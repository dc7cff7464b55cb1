/// How sessions end by themselves, and when a customer's message opens an ended one again.
public struct SessionLifecycle: Sendable, Hashable {
    /// For how long after its end a message of the customer opens a session again instead of starting a new one; zero for
    /// never. One that the customer has closed is not opened again.
    public var reopeningWindow: Duration
    /// The same, by kind of channel, where another than ``reopeningWindow`` is wanted.
    public var reopeningWindows: [ChannelKind: Duration]
    /// After how long without a word from the customer an answered session counts as resolved (OpenCX: the AI assumes it);
    /// `nil` for never.
    public var resolveAnsweredAfter: Duration?
    /// After how long without a word from the customer a session is closed, unresolved, in which the AI has asked back; `nil`
    /// for never.
    public var closeUnansweredAfter: Duration?
    /// After how long without a word from the customer a session is closed, as resolved, in which a person of the team spoke
    /// last; `nil` for never, since that is the team's business.
    public var closeHandedOffAfter: Duration?
    /// After how long a session is closed, without a word to anybody, that was opened and in which the customer has not written, or
    /// nothing but whether they want messages; `nil` for never.
    public var closeUnusedAfter: Duration?

    /// Makes rules.
    public init(
        reopeningWindow: Duration = .seconds(24 * 3600), reopeningWindows: [ChannelKind: Duration] = [:],
        resolveAnsweredAfter: Duration? = .seconds(24 * 3600), closeUnansweredAfter: Duration? = .seconds(72 * 3600),
        closeHandedOffAfter: Duration? = nil, closeUnusedAfter: Duration? = .seconds(24 * 3600)
    ) {
        self.reopeningWindow = reopeningWindow
        self.reopeningWindows = reopeningWindows
        self.resolveAnsweredAfter = resolveAnsweredAfter
        self.closeUnansweredAfter = closeUnansweredAfter
        self.closeHandedOffAfter = closeHandedOffAfter
        self.closeUnusedAfter = closeUnusedAfter
    }

    /// A session of this kind of channel that was closed after this time is opened again by a message now.
    func reopensSessions(of kind: ChannelKind, at now: Timestamp) -> Timestamp {
        now - (reopeningWindows[kind] ?? reopeningWindow)
    }

    /// What happens if the customer says nothing to a reply of the AI.
    func expiry(asksBack: Bool, at now: Timestamp) -> SessionExpiry? {
        if asksBack {
            return closeUnansweredAfter.map { SessionExpiry(at: now + $0, status: .closedUnresolved, by: .system) }
        }
        return resolveAnsweredAfter.map { SessionExpiry(at: now + $0, status: .closedResolved, by: .ai) }
    }

    /// What happens if the customer says nothing to a reply of a person.
    func expiryAfterPerson(at now: Timestamp) -> SessionExpiry? {
        closeHandedOffAfter.map { SessionExpiry(at: now + $0, status: .closedResolved, by: .system) }
    }
}

/// How a session ends if the customer says nothing more. Any message and any change of owner calls it off.
public struct SessionExpiry: Sendable, Hashable, Codable {
    /// When.
    public var at: Timestamp
    /// How it ends.
    public var status: SessionStatus
    /// Who is said to have closed it.
    public var actor: HistoryEntry.Actor
    /// When the customer is then asked for a rating; `nil` for never.
    public var ratingAt: Timestamp?

    /// Makes an expiry.
    public init(
        at time: Timestamp, status: SessionStatus, by actor: HistoryEntry.Actor, ratingAt: Timestamp? = nil
    ) {
        at = time
        self.status = status
        self.actor = actor
        self.ratingAt = ratingAt
    }

    /// The same, later: what the customer may be silent about reaches them later.
    func postponed(by delay: Duration) -> SessionExpiry {
        SessionExpiry(at: at + delay, status: status, by: actor, ratingAt: ratingAt.map { $0 + delay })
    }
}

/// How a session was closed.
public struct SessionClosure: Sendable, Hashable, Codable {
    /// When.
    public var at: Timestamp
    /// Who closed it.
    public var actor: HistoryEntry.Actor
    /// What made it, when nobody decided it.
    public var reason: ClosureReason?

    /// Makes a closure.
    public init(at time: Timestamp, by actor: HistoryEntry.Actor, because reason: ClosureReason? = nil) {
        at = time
        self.actor = actor
        self.reason = reason
    }
}

/// What closed a session when nobody decided it. Together with the AI as the actor it is the product's `assumed_resolved`.
public enum ClosureReason: String, Sendable, Hashable, Codable {
    /// The customer said nothing more.
    case inactivity
}
