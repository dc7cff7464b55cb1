/// Something to hand to the outside world: committed with the decision, delivered afterwards.
public struct OutboxEntry: Sendable, Hashable, Codable, Identifiable {
    /// Names the entry; deterministic, and the idempotency key of every delivery try.
    public var id: OutboxID
    /// The session it belongs to.
    public var session: SessionID
    /// What to deliver.
    public var payload: Payload
    /// Where it stands.
    public var state: State
    /// How often delivery was tried.
    public var attempts: Int
    /// When to try next.
    public var dueAt: Timestamp
    /// When it was committed.
    public var createdAt: Timestamp
    /// Why the last try failed; never holds message text, addresses or secrets.
    public var lastFailure: String?

    /// What to deliver.
    public enum Payload: Sendable, Hashable, Codable {
        /// A message to the customer, through the session's channel.
        case message(Message)
        /// A conversation to a helpdesk.
        case handoff(HelpdeskID, HandoffRecord)
    }

    /// Where an entry stands.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// Waits for delivery.
        case pending
        /// Delivered.
        case delivered
        /// Given up; can be driven again by hand.
        case dead
    }

    /// Makes an entry that waits for its first delivery.
    public init(id: OutboxID, session: SessionID, payload: Payload, at time: Timestamp) {
        self.id = id
        self.session = session
        self.payload = payload
        state = .pending
        attempts = 0
        dueAt = time
        createdAt = time
    }
}

/// Entries of one session that go to the same place. They are delivered in order; no lane waits for another, so that a
/// helpdesk that is down does not silence the channel.
public struct OutboxLane: Sendable, Hashable {
    /// The session.
    public var session: SessionID
    /// Where the entries go, in a word that a store may keep: `channel`, or `helpdesk:` and the helpdesk's id.
    public var destination: String
}

extension OutboxEntry {
    /// The entries it is delivered in order with.
    public var lane: OutboxLane {
        switch payload {
        case .message: OutboxLane(session: session, destination: "channel")
        case .handoff(let helpdesk, _): OutboxLane(session: session, destination: "helpdesk:\(helpdesk)")
        }
    }
}

/// Names an outbox entry.
public typealias OutboxID = Identifier<OutboxEntry>
