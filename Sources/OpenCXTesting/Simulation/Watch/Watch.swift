internal import OpenCXCore

/// What was seen of the store and of the other systems so far; compares every change with what must hold.
///
/// It keeps its own account, of what is stored, answered, reserved and sent, and never asks the engine what it thinks.
struct Watch: Sendable {
    /// Something that must not happen.
    struct Problem: Sendable, Hashable {
        var law: String
        var what: String
    }

    /// A session as the store has it now.
    struct View: Sendable {
        var session: Session
        var history: [HistoryEntry]
        var pending: [OutboxEntry]
    }

    struct Reservation: Sendable {
        var lease: LeaseToken
        var until: Timestamp
    }

    var violation: Problem?
    /// Sessions that were erased, as they were then: what had begun in them may come to its end.
    var gone: [SessionID: Session] = [:]
    /// Whether clocks differ, and by more than a lease lasts: then a try that one process has given up for lost may be on its way.
    var hasSkew = false
    /// Whether an endpoint is there that wants to know everything.
    var expectsEvents = false
    var sessions: [SessionID: Session] = [:]
    var histories: [SessionID: [HistoryEntry]] = [:]
    /// In the order in which they began.
    var order: [SessionID] = []
    /// Customers' messages by number: the session they are in.
    var stored: [Int: SessionID] = [:]
    /// Messages delivered again that could not be recognized.
    var mistaken: Set<Int> = []
    /// Customers' messages that an answer of the AI has spoken of.
    var spokenOf: Set<Int> = []
    /// Up to which entry of its history a session's customer has been answered, as far as can be seen.
    var answeredThrough: [SessionID: Int] = [:]
    var turns: [SessionID: Reservation] = [:]
    var deliveries: [OutboxID: Reservation] = [:]
    /// At which step a person took a session, and a worker a delivery.
    var personSince: [SessionID: Int] = [:]
    var claimedAt: [OutboxID: Int] = [:]
    /// Entries of the outbox, by the message that they deliver.
    var outboxed: [MessageID: OutboxEntry] = [:]
    var handoffs: [OutboxID: OutboxEntry] = [:]
    /// How long a history was when its handoff was written.
    var handedOffAt: [OutboxID: Int] = [:]
    var events: [OutboxID: OutboxEntry] = [:]
    /// Messages in conversations that a person had at the helpdesk; they need not begin a session.
    var leftAlone: Set<Int> = []
    /// Endings that a helpdesk has been told.
    var ended: Set<String> = []
    var endings: [OutboxID: OutboxEntry] = [:]
    /// Which messages a helpdesk knows, by session and helpdesk.
    var knownAt: [String: Set<Int>] = [:]
    /// What endpoints have been told, by the entry's id, and how far in each session.
    var told: [OutboxID: JSONValue] = [:]
    var toldThrough: [OutboxLane: Int] = [:]
    var outboxOrder: [OutboxID] = []
    /// What reached customers, by idempotency key; and where in a history each session's customer has read to.
    var reached: [String: String] = [:]
    var readThrough: [SessionID: Int] = [:]
    var tickets: [String: Int] = [:]
    /// Deliveries given up, and those whose failure was announced.
    var givenUp: Set<OutboxID> = []
    /// Deliveries that a person has driven again; they come late, and know it.
    var redriven: Set<OutboxID> = []

    func leaks(in texts: [RedactedText], _ place: String) -> [Problem] {
        leaks(in: texts.map(\.text), place)
    }

    func leaks(in texts: [String], _ place: String) -> [Problem] {
        texts.contains(where: Canary.isIn) ? [Problem(law: "personal data", what: "raw in \(place)")] : []
    }
}
