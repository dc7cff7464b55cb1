public import OpenCXCore

extension SQLiteStore {
    /// See ``/OpenCXCore/IntakeStore/latestSession(channel:thread:)``.
    public func latestSession(channel: ChannelID, thread: ThreadID) async throws -> Session? {
        let body = try await lookUp { try SessionRow.latestBody(channel: channel, thread: thread, in: $0) }
        return try body.map { try memory.sessions.read($0) }
    }

    /// See ``/OpenCXCore/IntakeStore/open(_:)``.
    public func open(_ request: SessionOpening) async throws -> Session {
        try await write { database in
            let opening = try request.naming { try database.contact($0) }
            let existing = try SessionRow.find(opening.session, in: database)?.session
            let isUnused = try existing != nil || SessionRow.isUnused(opening.session, in: database)
            let latest = try SessionRow.latest(channel: opening.channel, thread: opening.thread, in: database)
            let before = try opening.existing(existing, wasRemoved: !isUnused, latest: latest?.session)
            if let before { return before }
            let contact: ContactRow? =
                switch opening.contact {
                case .known(let id): try ContactRow.find(id, in: database)
                case .described(let handle):
                    try ContactRow.resolve(handle, newID: opening.newContact, at: opening.at, in: database)
                }
            guard let contact else { throw StoreError(.refused, "There is no such contact.") }
            let change = try SessionChange.opening(
                opening, contact: contact.contact.id, ticket: database.newTicket())
            try SessionRow(new: change.session, turnDueAt: opening.at).insert(contact: contact.number, in: database)
            return change.session
        }
    }

    /// See ``/OpenCXCore/IntakeStore/accept(_:)``.
    public func accept(_ intake: Intake) async throws -> IntakeOutcome {
        let (outcome, taken) = try await write { database in
            var transaction = IntakeTransaction(intake, database)
            return (try transaction.run(), transaction.taken)
        }
        guard case .accepted(let accepted, _) = outcome, let taken else { return outcome }
        // What cannot be read keeps its lease, like a turn that was claimed; the message is stored all the same.
        return .accepted(accepted, turn: try? taken.claim(memory))
    }
}

/// What `accept` does inside its transaction.
private struct IntakeTransaction {
    private let intake: Intake
    private let database: Database
    /// The message's turn, when it was taken up as well.
    private(set) var taken: TakenTurn?

    init(_ intake: Intake, _ database: Database) {
        self.intake = intake
        self.database = database
    }

    mutating func run() throws -> IntakeOutcome {
        if let known = try deliveredBefore() { return .duplicate(known) }
        let latest = try SessionRow.latest(channel: intake.channel, thread: intake.thread, in: database)
        let accepted: AcceptedMessage
        if let latest, intake.continues(latest.session) {
            guard latest.session.id == intake.session else { return .sessionChanged }
            accepted = try append(to: latest)
        } else {
            guard try SessionRow.isUnused(intake.session, in: database) else { return .sessionChanged }
            accepted = try start()
        }
        try remember(accepted)
        return .accepted(accepted)
    }

    private mutating func append(to latest: SessionRow) throws -> AcceptedMessage {
        var row = latest
        // The session stays with its contact, whoever the handle says wrote; it only adds to the same person.
        var match = try ContactRow.matching(intake.sender, in: database)
        if let known = match {
            let joined = try JoinedContacts(known, intake.sender, in: database)
            if let joined, known.contact.id == row.session.contact || joined.absorbs(row.session.contact) {
                match = try joined.write(at: intake.message.at, in: database)
                row = try SessionRow.find(row.session.id, in: database) ?? row
            } else if known.contact.id == row.session.contact {
                match = try known.changed(to: intake.sender.completing(known.contact), in: database)
            }
        }
        let isSame = match?.contact.id == row.session.contact
        guard let contact = isSame ? match?.contact : try database.contact(row.session.contact) else {
            throw StoreError.unreadable("a contact")
        }
        let isContact = intake.sender.isFrom(contact, match: match?.contact)
        let change = SessionChange.accepting(intake, into: row.session, isContact: isContact)
        row.session = change.session
        if let due = change.turnDueAt { row.turnDueAt = due }
        let isTaken = takeTurn(of: &row)
        try row.save(in: database)
        try change.insertRows(in: database)
        if isTaken { taken = try TakenTurn(row, contact, in: database) }
        return receipt(for: change.session, startedSession: !latest.session.isStarted)
    }

    private func takeTurn(of row: inout SessionRow) -> Bool {
        guard let lease = intake.turnLease else { return false }
        return row.takeTurn(lease, at: intake.message.at)
    }

    private mutating func start() throws -> AcceptedMessage {
        let contact = try ContactRow.resolve(
            intake.sender, newID: intake.newContact, at: intake.message.at, in: database)
        let session = SessionChange.newSession(
            for: intake, contact: contact.contact.id, ticket: try database.newTicket())
        let change = SessionChange.accepting(intake, into: session, isContact: true)
        var row = SessionRow(new: change.session, turnDueAt: change.turnDueAt ?? intake.turnDueAt)
        let isTaken = takeTurn(of: &row)
        try row.insert(contact: contact.number, in: database)
        try change.insertRows(in: database)
        if isTaken { taken = try TakenTurn(row, contact.contact, in: database) }
        return receipt(for: change.session, startedSession: true)
    }

    private func receipt(for session: Session, startedSession: Bool) -> AcceptedMessage {
        AcceptedMessage(
            session: session.id, ticket: session.ticket, message: intake.message.id, sequence: session.lastSequence,
            startedSession: startedSession)
    }

    // MARK: Repeated deliveries

    private func deliveredBefore() throws -> AcceptedMessage? {
        let place: (ticket: Int, sequence: Int)? =
            switch intake.dedupe {
            case .providerID(let id):
                try database.first(
                    "SELECT ticket, sequence FROM message_ids WHERE channel = ? AND provider_id = ?",
                    .id(intake.channel), .text(id)
                ) { ($0.int(0), $0.int(1)) }
            case .content(let hash, let since):
                try database.first(
                    """
                    SELECT ticket, sequence FROM message_hashes
                    WHERE channel = ? AND thread = ? AND hash = ? AND at >= ?
                    """, .id(intake.channel), .id(intake.thread), .text(hash), .time(since)
                ) { ($0.int(0), $0.int(1)) }
            }
        guard let place else { return nil }
        return try database.first(
            """
            SELECT sessions.id, entries.body, NOT EXISTS (
                SELECT 1 FROM entries AS earlier WHERE earlier.ticket = ?1 AND earlier.sequence < ?2
                    AND earlier.kind = 'message' AND earlier.body -> '$.message._0.author.customer' IS NOT NULL)
            FROM entries JOIN sessions USING (ticket)
            WHERE entries.ticket = ?1 AND entries.sequence = ?2
            """, .int(place.ticket), .int(place.sequence)
        ) { row in
            guard case .message(let message) = try row.json(1, as: HistoryEntry.Event.self) else {
                throw StoreError.unreadable("a message")
            }
            return AcceptedMessage(
                session: SessionID(row.text(0)), ticket: TicketNumber(rawValue: place.ticket), message: message.id,
                sequence: place.sequence, startedSession: row.int(2) != 0)
        }
    }

    private func remember(_ accepted: AcceptedMessage) throws {
        let ticket = SQLValue.int(accepted.ticket.rawValue)
        let sequence = SQLValue.int(accepted.sequence)
        switch intake.dedupe {
        case .providerID(let id):
            try database.run(
                "INSERT INTO message_ids (channel, provider_id, ticket, sequence, at) VALUES (?, ?, ?, ?, ?)",
                .id(intake.channel), .text(id), ticket, sequence, .time(intake.message.at))
        case .content(let hash, _):
            try database.run(
                """
                INSERT OR REPLACE INTO message_hashes (channel, thread, hash, at, ticket, sequence)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
                .id(intake.channel), .id(intake.thread), .text(hash), .time(intake.message.at), ticket, sequence)
        }
    }
}

extension Database {
    /// The next ticket number; in the same transaction as its session, so that numbers have no gaps.
    fileprivate func newTicket() throws -> TicketNumber {
        // Two statements: for RETURNING, SQLite makes a table in memory, which takes longer than both.
        try run("UPDATE counters SET value = value + 1 WHERE name = 'ticket'")
        let ticket = try first("SELECT value FROM counters WHERE name = 'ticket'") {
            TicketNumber(rawValue: $0.int(0))
        }
        guard let ticket else { throw StoreError.unreadable("a counter") }
        return ticket
    }
}
