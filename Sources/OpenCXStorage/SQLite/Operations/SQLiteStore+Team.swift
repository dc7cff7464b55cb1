public import OpenCXCore

extension SQLiteStore {
    /// See ``/OpenCXCore/TeamStore/apply(_:to:at:telling:)``.
    public func apply(
        _ command: TeamCommand, to session: SessionID, at time: Timestamp, telling subscriptions: [EventSubscription]
    ) async throws -> Session? {
        try await write { database in
            guard var row = try SessionRow.find(session, in: database) else { return nil }
            return try row.apply(command, at: time, telling: subscriptions, in: database)
        }
    }

    /// See ``/OpenCXCore/TeamStore/apply(_:to:at:once:telling:)``.
    public func apply(
        _ command: TeamCommand, to session: SessionID, at time: Timestamp, once key: ToldEventKey,
        telling subscriptions: [EventSubscription]
    ) async throws -> ToldEventOutcome? {
        try await write { database in
            guard var row = try SessionRow.find(session, in: database) else { return nil }
            let isKnown = try database.first(
                "SELECT 1 FROM told_events WHERE source = ? AND id = ?", .text(key.source.rawValue), .text(key.id)
            ) { _ in true }
            if isKnown == true { return ToldEventOutcome(row.session, isRepeat: true) }
            let after = try row.apply(command, at: time, telling: subscriptions, in: database)
            try database.run(
                "INSERT INTO told_events (source, id, ticket, at) VALUES (?, ?, ?, ?)",
                .text(key.source.rawValue), .text(key.id), row.ticket, .time(time))
            return ToldEventOutcome(after, isRepeat: false)
        }
    }

    /// See ``/OpenCXCore/TeamStore/session(at:ticket:)``.
    public func session(at helpdesk: HelpdeskID, ticket reference: String) async throws -> Session? {
        try await read { database in
            try database.first(
                """
                SELECT body FROM sessions JOIN helpdesk_tickets USING (ticket)
                WHERE helpdesk = ? AND reference = ? ORDER BY ticket DESC LIMIT 1
                """, .id(helpdesk), .text(reference)
            ) { try $0.json(0) }
        }
    }

    /// See ``/OpenCXCore/TeamStore/expireSessions(limit:at:telling:)``.
    public func expireSessions(
        limit: Int, at time: Timestamp, telling subscriptions: [EventSubscription]
    ) async throws -> [Session] {
        try await write { database in
            let due = try database.all(
                """
                SELECT body, turn_due_at, failed_attempts, lease, lease_until FROM sessions
                WHERE expires_at <= ? ORDER BY expires_at LIMIT ?
                """, .time(time), .limit(limit)
            ) { try SessionRow($0, in: database) }
            return try due.compactMap { row in
                var row = row
                let change = SessionChange.expiring(row.session, at: time, telling: subscriptions)
                guard let change else { return nil }
                try row.write(change, in: database)
                return change.session
            }
        }
    }

    /// See ``/OpenCXCore/TeamStore/nextExpiry()``.
    public func nextExpiry() async throws -> Timestamp? {
        try await read { database in
            try database.first("SELECT MIN(expires_at) FROM sessions WHERE expires_at IS NOT NULL") {
                $0.optionalTime(0)
            } ?? nil
        }
    }

    /// See ``/OpenCXCore/TeamStore/session(_:)``.
    public func session(_ id: SessionID) async throws -> Session? {
        try await read { database in
            try database.first("SELECT body FROM sessions WHERE id = ?", .id(id)) {
                try database.memory.sessions.read($0, 0)
            }
        }
    }

    /// See ``/OpenCXCore/TeamStore/session(ticket:)``.
    public func session(ticket: TicketNumber) async throws -> Session? {
        try await read { database in
            try database.first("SELECT body FROM sessions WHERE ticket = ?", .int(ticket.rawValue)) {
                try database.memory.sessions.read($0, 0)
            }
        }
    }

    /// See ``/OpenCXCore/TeamStore/sessions(_:limit:)``.
    public func sessions(_ filter: SessionFilter, limit: Int) async throws -> [Session] {
        try await read { database in
            switch filter {
            case .all:
                try database.all(
                    "SELECT body FROM sessions ORDER BY updated_at DESC, ticket DESC LIMIT ?", .limit(limit)
                ) { try $0.json(0) }
            case .open:
                try database.all(
                    """
                    SELECT body FROM sessions WHERE status = 'open' ORDER BY updated_at DESC, ticket DESC LIMIT ?
                    """, .limit(limit)
                ) { try $0.json(0) }
            case .handedOff:
                try database.all(
                    """
                    SELECT body FROM sessions WHERE status = 'open' AND owner <> 'ai'
                    ORDER BY updated_at DESC, ticket DESC LIMIT ?
                    """, .limit(limit)
                ) { try $0.json(0) }
            case .contact(let contact):
                try database.all(
                    """
                    SELECT body FROM sessions WHERE contact = ? ORDER BY updated_at DESC, ticket DESC LIMIT ?
                    """, (try ContactRow.find(contact, in: database)?.number).map { .int($0) } ?? .null, .limit(limit)
                ) { try $0.json(0) }
            }
        }
    }

    /// See ``/OpenCXCore/TeamStore/sessions(matching:after:limit:)``.
    public func sessions(
        matching query: SessionQuery, after cursor: SessionCursor?, limit: Int
    ) async throws -> SessionPage {
        try query.check(cursor)
        let read: [Session] = try await read { database in
            let query = try query.naming { try database.contact($0) }
            let selection = SessionSelection(query, after: cursor, limit: SessionPage.reading(limit))
            return try database.all(selection.sql, selection.values) { try $0.json(0) }
        }
        return SessionPage(read, in: query.order, limit: limit)
    }

    /// See ``/OpenCXCore/TeamStore/history(_:after:limit:)``.
    public func history(_ session: SessionID, after sequence: Int, limit: Int) async throws -> [HistoryEntry] {
        try await read { database in
            try database.all(
                """
                SELECT sequence, at, body FROM entries
                WHERE ticket = (SELECT ticket FROM sessions WHERE id = ?) AND sequence > ? ORDER BY sequence LIMIT ?
                """, .id(session), .int(sequence), .limit(limit), read: HistoryEntry.init)
        }
    }

    /// See ``/OpenCXCore/TeamStore/traces(_:)``.
    public func traces(_ session: SessionID) async throws -> [Trace] {
        try await read { database in
            try database.all(
                """
                SELECT body FROM traces WHERE ticket = (SELECT ticket FROM sessions WHERE id = ?) ORDER BY number
                """, .id(session)
            ) { try TraceBody.unpack($0.bytes(0)) }
        }
    }
}

extension SessionRow {
    /// Carries out a command and writes what it brings.
    fileprivate mutating func apply(
        _ command: TeamCommand, at time: Timestamp, telling subscriptions: [EventSubscription], in database: Database
    ) throws -> Session {
        let change = try SessionChange.applying(command, to: session, at: time, telling: subscriptions)
        let latest = try SessionRow.latest(channel: session.channel, thread: session.thread, in: database)
        try change.checkReopening(of: session, latest: latest?.session)
        try write(change, in: database)
        return change.session
    }
}
