internal import OpenCXCore

/// A session with what the store itself keeps about it.
struct SessionRow {
    var session: Session
    /// When the turn may start that the session waits for.
    var turnDueAt: Timestamp
    /// How often the turn was taken up without coming to an end.
    var failedAttempts: Int
    var lease: LeaseToken?
    var leaseUntil: Timestamp?

    var ticket: SQLValue { .int(session.ticket.rawValue) }

    /// Reads `body, turn_due_at, failed_attempts, lease, lease_until`.
    init(_ row: Row, in database: Database) throws {
        session = try database.memory.sessions.read(row, 0)
        turnDueAt = row.time(1)
        failedAttempts = row.int(2)
        lease = row.optionalText(3).map { LeaseToken($0) }
        leaseUntil = row.optionalTime(4)
    }

    static func find(_ id: SessionID, in database: Database) throws -> SessionRow? {
        try database.first(
            "SELECT body, turn_due_at, failed_attempts, lease, lease_until FROM sessions WHERE id = ?", .id(id)
        ) { try SessionRow($0, in: database) }
    }

    /// Whether no session has this id or ever had.
    static func isUnused(_ id: SessionID, in database: Database) throws -> Bool {
        let isUsed = try database.first(
            """
            SELECT EXISTS (SELECT 1 FROM sessions WHERE id = ?1) OR EXISTS (SELECT 1 FROM removed_sessions WHERE id = ?1)
            """, .id(id)
        ) { $0.int(0) != 0 }
        return isUsed == false
    }

    /// The session of a thread that began last, open or not.
    static func latest(channel: ChannelID, thread: ThreadID, in database: Database) throws -> SessionRow? {
        try database.first(
            """
            SELECT body, turn_due_at, failed_attempts, lease, lease_until FROM sessions
            WHERE channel = ? AND thread = ? ORDER BY ticket DESC LIMIT 1
            """, .id(channel), .id(thread)
        ) { try SessionRow($0, in: database) }
    }

    /// The same session, as its row holds it.
    static func latestBody(channel: ChannelID, thread: ThreadID, in database: Database) throws -> StoredJSON? {
        try database.first(
            "SELECT body FROM sessions WHERE channel = ? AND thread = ? ORDER BY ticket DESC LIMIT 1", .id(channel),
            .id(thread)
        ) { $0.storedJSON(0) }
    }

    /// A session that is not written yet.
    init(new session: Session, turnDueAt: Timestamp) {
        self.session = session
        self.turnDueAt = turnDueAt
        failedAttempts = 0
    }

    /// Takes the turn up, if it is due and nobody works on it.
    ///
    /// - Returns: whether it was.
    mutating func takeTurn(_ lease: TurnLease, at now: Timestamp) -> Bool {
        let isFree = self.lease == nil || leaseUntil.map { $0 <= now } ?? true
        guard session.awaitsTurn, turnDueAt <= now, isFree else { return false }
        self.lease = lease.token
        leaseUntil = lease.until
        failedAttempts += 1
        return true
    }

    /// Writes a session for the first time.
    func insert(contact: Int, in database: Database) throws {
        let body = try database.memory.sessions.encode(session)
        try database.run(
            """
            INSERT INTO sessions (ticket, id, contact, channel, thread, status, owner, awaits_ai, turn_due_at,
                failed_attempts, lease, lease_until, updated_at, expires_at, began_at, channel_kind, person, is_started,
                body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            ticket, .id(session.id), .int(contact), .id(session.channel), .id(session.thread),
            .text(session.status.rawValue), .text(session.owner.column), .bool(session.awaitsTurn), .time(turnDueAt),
            .int(failedAttempts), .id(lease), .time(leaseUntil), .time(session.updatedAt), .time(session.deadline),
            .time(session.createdAt), .text(session.channelKind.rawValue), .id(session.owner.person),
            .bool(session.isStarted), .json(body))
        if !session.tickets.isEmpty { try writeTickets(session.tickets, in: database) }
    }

    /// Writes what a transition decided: the session, when its turn is due, and the new rows.
    mutating func write(_ change: SessionChange, in database: Database) throws {
        if change.session.tags != session.tags { try writeTags(change.session.tags, in: database) }
        if change.session.tickets != session.tickets { try writeTickets(change.session.tickets, in: database) }
        session = change.session
        if let due = change.turnDueAt { turnDueAt = due }
        try save(in: database)
        try change.insertRows(in: database)
    }

    /// Writes the session and what the store keeps about it. What names the session never changes.
    func save(in database: Database) throws {
        let body = try database.memory.sessions.encode(session)
        try database.run(
            """
            UPDATE sessions SET status = ?, owner = ?, awaits_ai = ?, turn_due_at = ?, failed_attempts = ?, lease = ?,
                lease_until = ?, updated_at = ?, expires_at = ?, person = ?, is_started = ?, body = ?
            WHERE ticket = ?
            """,
            .text(session.status.rawValue), .text(session.owner.column), .bool(session.awaitsTurn), .time(turnDueAt),
            .int(forgivenAttempts), .id(lease), .time(leaseUntil), .time(session.updatedAt),
            .time(session.deadline), .id(session.owner.person), .bool(session.isStarted),
            .json(body), ticket)
    }

    private func writeTags(_ tags: [String], in database: Database) throws {
        try database.run("DELETE FROM session_tags WHERE ticket = ?", ticket)
        for tag in tags {
            try database.run("INSERT INTO session_tags (ticket, tag) VALUES (?, ?)", ticket, .text(tag))
        }
    }

    /// A name that a helpdesk once had for the session still finds it.
    private func writeTickets(_ tickets: [HelpdeskID: String], in database: Database) throws {
        for (helpdesk, reference) in tickets where !reference.isEmpty {
            try database.run(
                "INSERT OR IGNORE INTO helpdesk_tickets (helpdesk, reference, ticket) VALUES (?, ?, ?)",
                .id(helpdesk), .text(reference), ticket)
        }
    }

    /// Writes the lease and nothing else.
    func saveLease(in database: Database) throws {
        try database.run(
            """
            UPDATE sessions SET turn_due_at = ?, failed_attempts = ?, lease = ?, lease_until = ? WHERE ticket = ?
            """, .time(turnDueAt), .int(forgivenAttempts), .id(lease), .time(leaseUntil), ticket)
    }

    /// Failures count for one turn: when nobody works on it and none is waited for, they are over.
    private var forgivenAttempts: Int { session.awaitsTurn || lease != nil ? failedAttempts : 0 }
}

extension SessionOwner {
    /// Who owns the session, without the person's name.
    fileprivate var column: String {
        switch self {
        case .ai: "ai"
        case .team: "team"
        case .person: "person"
        }
    }

    /// Who it is, when it is a person.
    var person: PersonID? { if case .person(let person) = self { person } else { nil } }
}
