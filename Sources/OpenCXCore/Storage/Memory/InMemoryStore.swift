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
    }

    struct Delivery: Sendable {
        var entry: OutboxEntry
        var lease: LeaseToken?
        var leasedUntil = Timestamp.epoch
    }

    struct Thread: Hashable, Sendable {
        var channel: ChannelID
        var thread: ThreadID
    }

    var sessions: [SessionID: Session] = [:]
    var openSessions: [Thread: SessionID] = [:]
    var tickets: [TicketNumber: SessionID] = [:]
    var lastTicket = 1000
    var contacts: [ContactID: Contact] = [:]
    var histories: [SessionID: [HistoryEntry]] = [:]
    var providerIDs: [ChannelID: [String: AcceptedMessage]] = [:]
    var contents: [Thread: [String: (at: Timestamp, message: AcceptedMessage)]] = [:]
    var turns: [SessionID: Work] = [:]
    var traces: [SessionID: [Trace]] = [:]
    /// In the order of their commits.
    var outbox: [Delivery] = []
    var effects: [EffectKey: EffectState] = [:]
    var articles: [ArticleID: Article] = [:]
    var knowledgeVersion = 0
    var snapshot: (bytes: [UInt8], version: Int)?

    /// Writes what a transition decided.
    mutating func write(_ change: SessionChange) {
        let session = change.session
        let thread = Thread(channel: session.channel, thread: session.thread)
        if session.status == .open {
            openSessions[thread] = session.id
        } else if openSessions[thread] == session.id {
            openSessions[thread] = nil
        }
        sessions[session.id] = session
        histories[session.id, default: []] += change.entries
        outbox += change.outbox.map { Delivery(entry: $0) }
        if !session.awaitsAI, turns[session.id]?.lease == nil { turns[session.id] = nil }
    }

    /// Makes the turn due that a session waits for after a change that was not its own.
    mutating func schedule(_ session: Session, at time: Timestamp) {
        if session.awaitsAI, turns[session.id] == nil { turns[session.id] = Work(dueAt: time) }
    }
}
