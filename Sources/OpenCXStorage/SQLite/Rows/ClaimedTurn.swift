internal import OpenCXCore

/// A turn that was taken up, as its rows hold it.
struct ClaimedTurn: Sendable {
    private var ticket: Int
    private var session: StoredJSON
    private var contact: StoredJSON
    private var history = StoredHistory()
    private var turnDueAt: Timestamp
    private var failedAttempts: Int

    /// Takes up the turns that are due longest and that nobody works on.
    static func next(
        _ limit: Int, now: Timestamp, lease: LeaseToken, until: Timestamp, in database: Database
    ) throws -> [ClaimedTurn] {
        let waiting = try database.all(
            """
            SELECT ticket, sessions.body, contacts.body, turn_due_at, failed_attempts
            FROM sessions JOIN contacts ON contacts.number = sessions.contact
            WHERE awaits_ai = 1 AND lease IS NULL AND turn_due_at <= ? ORDER BY turn_due_at LIMIT ?
            """, .time(now), .limit(limit), read: ClaimedTurn.init)
        // Few rows have a lease: one for each worker that is at it or has crashed.
        let expired = try database.all(
            """
            SELECT ticket, sessions.body, contacts.body, turn_due_at, failed_attempts
            FROM sessions JOIN contacts ON contacts.number = sessions.contact
            WHERE lease IS NOT NULL AND lease_until <= ?1 AND awaits_ai = 1 AND turn_due_at <= ?1
            ORDER BY turn_due_at LIMIT ?2
            """, .time(now), .limit(limit), read: ClaimedTurn.init)
        let due = expired.isEmpty ? waiting : (waiting + expired).sorted { $0.turnDueAt < $1.turnDueAt }
        return try due.prefix(max(0, limit)).map { try $0.taken(lease: lease, until: until, in: database) }
    }

    private func taken(lease: LeaseToken, until: Timestamp, in database: Database) throws -> ClaimedTurn {
        var turn = self
        try database.run(
            "UPDATE sessions SET lease = ?, lease_until = ?, failed_attempts = failed_attempts + 1 WHERE ticket = ?",
            .id(lease), .time(until), .int(ticket))
        turn.history = try StoredHistory(of: ticket, in: database)
        return turn
    }

    private init(_ row: Row) throws {
        ticket = row.int(0)
        session = row.storedJSON(1)
        contact = row.storedJSON(2)
        turnDueAt = row.time(3)
        failedAttempts = row.int(4)
    }

    /// What the worker gets.
    func claim(lease: LeaseToken, _ memory: RowMemory) throws -> TurnClaim {
        TurnClaim(
            session: try memory.sessions.read(session), contact: try contact.decoded(),
            history: try history.entries(memory),
            lease: lease, failedAttempts: failedAttempts)
    }
}

/// A turn that was taken up with the message it is about.
struct TakenTurn: Sendable {
    private let session: Session
    private let contact: Contact
    private let history: StoredHistory
    private let lease: LeaseToken
    private let failedAttempts: Int

    /// The turn of a session that was written under its lease; `nil` when it has none.
    init?(_ row: SessionRow, _ contact: Contact, in database: Database) throws {
        guard let lease = row.lease else { return nil }
        self.lease = lease
        self.contact = contact
        session = row.session
        history = try StoredHistory(of: row.session.ticket.rawValue, in: database)
        // The taking up counted already.
        failedAttempts = row.failedAttempts - 1
    }

    /// What the worker gets.
    func claim(_ memory: RowMemory) throws -> TurnClaim {
        TurnClaim(
            session: session, contact: contact, history: try history.entries(memory), lease: lease,
            failedAttempts: failedAttempts)
    }
}

/// As much of a session's history as a turn looks at, as its rows hold it: decoded where that keeps no other writer waiting.
private struct StoredHistory: Sendable {
    private var rows: [(sequence: Int, at: Timestamp, event: StoredJSON)] = []

    init() {}

    init(of ticket: Int, in database: Database) throws {
        rows = try database.all(
            "SELECT sequence, at, body FROM entries WHERE ticket = ? ORDER BY sequence DESC LIMIT ?", .int(ticket),
            .limit(TurnClaim.historyLimit)
        ) { ($0.int(0), $0.time(1), $0.storedJSON(2)) }
    }

    func entries(_ memory: RowMemory) throws -> [HistoryEntry] {
        try rows.reversed().map {
            HistoryEntry(sequence: $0.sequence, at: $0.at, event: try memory.events.read($0.event))
        }
    }
}
