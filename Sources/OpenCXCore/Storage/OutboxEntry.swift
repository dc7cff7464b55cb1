/// Something to hand to the outside world: committed with the decision, delivered afterwards.
public struct OutboxEntry: Sendable, Hashable, Codable, Identifiable {
    /// Names the entry; deterministic, and the idempotency key of every delivery try.
    public var id: OutboxID
    /// The session it belongs to.
    public var session: SessionID
    /// Where it goes.
    public var destination: OutboxDestination
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
    /// Since when it waits for delivery: when it was committed, or driven again.
    public var pendingSince: Timestamp
    /// Why the last try failed; never holds message text, addresses or secrets.
    public var lastFailure: String?
    /// What the provider has last told of a message after it took it; `nil` for nothing.
    public var stage: DeliveryStage?
    /// The same of each part, by its number, where the message went out in several and the provider tells of each by itself.
    public var parts: [Int: DeliveryStage]?

    /// What to deliver.
    public enum Payload: Sendable, Hashable, Codable {
        /// A message to the customer, through the session's channel.
        case message(Message)
        /// A conversation to a helpdesk.
        case handoff(HelpdeskID, HandoffRecord)
        /// What the customer wrote after a handoff, an entry of the history, to the helpdesk that took it.
        case followUp(HelpdeskID, sequence: Int)
        /// The end of a session to a helpdesk that has its conversation.
        case ending(HelpdeskID, SessionStatus, by: HistoryEntry.Actor)
        /// An event to an endpoint.
        case event(EventEndpointID, ConversationEvent)
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
    public init(
        id: OutboxID, session: SessionID, destination: OutboxDestination, payload: Payload, at time: Timestamp
    ) {
        self.id = id
        self.session = session
        self.destination = destination
        self.payload = payload
        state = .pending
        attempts = 0
        dueAt = time
        createdAt = time
        pendingSince = time
    }
}

/// Entries of one session that go to the same place. They are delivered in order; no lane waits for another, so that a
/// helpdesk that is down does not silence the channel.
public struct OutboxLane: Sendable, Hashable {
    /// The session.
    public var session: SessionID
    /// Where the entries go.
    public var destination: OutboxDestination
}

/// Where an entry goes, in a word that a store may keep: `channel:web`, `helpdesk:front`, `event:crm`.
public struct OutboxDestination: RawRepresentable, Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// The word.
    public var rawValue: String

    /// Makes a destination from its word.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// A channel.
    public static func channel(_ id: ChannelID) -> Self { Self(rawValue: "channel:\(id)") }
    /// A helpdesk.
    public static func helpdesk(_ id: HelpdeskID) -> Self { Self(rawValue: "helpdesk:\(id)") }
    /// An endpoint of events.
    public static func event(_ id: EventEndpointID) -> Self { Self(rawValue: "event:\(id)") }

    /// The word.
    public var description: String { rawValue }

    /// Orders by the word.
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

extension OutboxEntry {
    /// The entries it is delivered in order with.
    public var lane: OutboxLane { OutboxLane(session: session, destination: destination) }

    /// The entry of the history that it was committed with, as its id tells.
    var sequence: Int? {
        guard id.rawValue.hasPrefix(session.rawValue + "-") else { return nil }
        return Int(id.rawValue.dropFirst(session.rawValue.count + 1).prefix { $0 != "-" })
    }

    /// Whether an earlier try may have reached the other side, as a whole or in part.
    var mayHaveGotThrough: Bool { attempts > 1 || pendingSince != createdAt }
}

/// Names an outbox entry.
public typealias OutboxID = Identifier<OutboxEntry>

extension OutboxID {
    /// The id of what is sent because of an entry of a session's history; `message` is the part that goes to the customer.
    package init(_ session: SessionID, entry sequence: Int, _ part: String = "message") {
        self.init("\(session)-\(sequence)-\(part)")
    }
}
