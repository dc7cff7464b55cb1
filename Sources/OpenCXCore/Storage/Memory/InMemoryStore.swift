/// A store that forgets everything when the process ends: for tests, simulations and first steps.
///
/// One value behind one lock; every operation is one change of that value.
public final class InMemoryStore: Store {
    let state = Locked(MemoryState())

    /// Makes an empty store.
    public init() {}
}

/// Everything an ``InMemoryStore`` holds.
struct MemoryState: Sendable {
    struct Work: Sendable {
        var dueAt: Timestamp
        var lease: LeaseToken?
        var leasedUntil = Timestamp.epoch
        var attempts = 0

        func isFree(at now: Timestamp) -> Bool { dueAt <= now && (lease == nil || leasedUntil <= now) }
    }

    struct Delivery: Sendable {
        var entry: OutboxEntry
        var lease: LeaseToken?
        var leasedUntil = Timestamp.epoch
    }

    struct Effect: Sendable {
        var session: SessionID
        var begunAt: Timestamp
        var state = EffectState.unknown
    }

    struct Thread: Hashable, Sendable {
        var channel: ChannelID
        var thread: ThreadID
    }

    var sessions: [SessionID: Session] = [:]
    /// The session of each thread that began last.
    var latest: [Thread: SessionID] = [:]
    var tickets: [TicketNumber: SessionID] = [:]
    var lastTicket = 1000
    var contacts: [ContactID: Contact] = [:]
    var histories: [SessionID: [HistoryEntry]] = [:]
    var providerIDs: [ChannelID: [String: (at: Timestamp, message: AcceptedMessage)]] = [:]
    var toldEvents: [ToldEventKey: (at: Timestamp, session: SessionID)] = [:]
    var contents: [Thread: [String: (at: Timestamp, message: AcceptedMessage)]] = [:]
    var turns: [SessionID: Work] = [:]
    var traces: [SessionID: [Trace]] = [:]
    /// In the order of their commits.
    var outbox: [Delivery] = []
    var effects: [EffectKey: Effect] = [:]
    /// What is left of sessions that were removed.
    var removed: [SessionID: (ticket: TicketNumber, at: Timestamp)] = [:]
    var articles: [ArticleID: Article] = [:]
    var knowledgeVersion = 0
    var snapshot: (bytes: [UInt8], version: Int)?

    /// Writes what a transition decided.
    mutating func write(_ change: SessionChange) {
        let session = change.session
        sessions[session.id] = session
        histories[session.id, default: []] += change.entries
        outbox += change.outbox.map { Delivery(entry: $0) }
        if let due = change.turnDueAt { turns[session.id, default: Work(dueAt: due)].dueAt = due }
        if !session.awaitsTurn, turns[session.id]?.lease == nil { turns[session.id] = nil }
    }

    func latestSession(channel: ChannelID, thread: ThreadID) -> Session? {
        latest[Thread(channel: channel, thread: thread)].flatMap { sessions[$0] }
    }
}
