public import OpenCXCore

extension SQLiteStore {
    /// See ``/OpenCXCore/RetentionStore/contacts(knownAs:)``.
    public func contacts(knownAs identity: String) async throws -> [Contact] {
        // Claimed addresses have no index: only people ask for them, and seldom.
        let all = try await read { database in
            try database.all("SELECT body FROM contacts WHERE COALESCE(email, phone, custom_id) IS NOT NULL") {
                $0.storedJSON(0)
            }
        }
        return try all.map { try $0.decoded(Contact.self) }.filter { $0.isKnown(as: identity) }
            .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    /// See ``/OpenCXCore/RetentionStore/erase(_:at:)``.
    public func erase(_ contact: ContactID, at time: Timestamp) async throws -> Erasure? {
        let erasure: Erasure? = try await write { database in
            guard let row = try ContactRow.find(contact, in: database) else { return nil }
            let number = row.number
            let rows = try database.all(
                "SELECT ticket, id FROM sessions WHERE contact = ? ORDER BY ticket", .int(number),
                read: RemovableSession.init)
            let sessions = try rows.map { try $0.remove(at: time, from: database) }
            try database.run("DELETE FROM contacts WHERE number = ?", .int(number))
            return Erasure(contact: row.contact.id, sessions: sessions)
        }
        memory.removeAll()
        return erasure
    }

    /// See ``/OpenCXCore/RetentionStore/hide(_:)``.
    public func hide(_ hiding: Hiding) async throws -> HiddenEntries? {
        let hidden: HiddenEntries? = try await write { database in
            guard var row = try SessionRow.find(hiding.session, in: database) else { return nil }
            try hiding.check(row.session)
            let hidden = try database.hideEntries(row.ticket, hiding)
            try database.hideDeliveries(row.ticket, hiding, hidden)
            try database.hideEffects(hiding)
            try database.run("DELETE FROM traces WHERE ticket = ?", row.ticket)
            row.session = hiding.applied(to: row.session)
            try row.save(in: database)
            return hidden
        }
        memory.removeAll()
        return hidden
    }

    /// See ``/OpenCXCore/RetentionStore/removal(of:)``.
    public func removal(of ticket: TicketNumber) async throws -> Timestamp? {
        try await read { database in
            try database.first("SELECT at FROM removed_sessions WHERE ticket = ?", .int(ticket.rawValue)) { $0.time(0) }
        }
    }

    /// See ``/OpenCXCore/RetentionStore/removeExpired(_:limit:at:)``.
    public func removeExpired(
        _ cutoffs: RetentionCutoffs, limit: Int, at time: Timestamp
    ) async throws -> RemovedRecords {
        let removed = try await write { database in
            var records = RemovedRecords()
            if let cutoff = cutoffs.closedSessions {
                records.sessions = try database.removeSessions(
                    closedBefore: cutoff, of: cutoffs.sessions, limit: limit, at: time)
            }
            if let cutoff = cutoffs.traces { records.traces = try database.removeTraces(before: cutoff, limit: limit) }
            if let cutoff = cutoffs.deliveries {
                try database.run(
                    """
                    DELETE FROM outbox WHERE number IN (
                        SELECT number FROM outbox WHERE state = 'delivered' AND pending_since < ?
                        ORDER BY pending_since LIMIT ?)
                    """, .time(cutoff), .limit(limit))
                records.deliveries = database.changes
            }
            if let cutoff = cutoffs.deadLetters {
                try database.run(
                    """
                    DELETE FROM outbox WHERE number IN (
                        SELECT number FROM outbox WHERE state = 'dead' AND pending_since < ? ORDER BY number LIMIT ?)
                    """, .time(cutoff), .limit(limit - records.deliveries))
                records.deliveries += database.changes
            }
            if let cutoff = cutoffs.effects {
                try database.run(
                    """
                    DELETE FROM effects WHERE key IN (
                        SELECT key FROM effects WHERE begun_at < ? ORDER BY begun_at LIMIT ?)
                    """, .time(cutoff), .limit(limit))
                records.effects = database.changes
            }
            if let cutoff = cutoffs.dedupeKeys {
                records.dedupeKeys = try database.removeDedupeKeys(before: cutoff, limit: limit)
            }
            return records
        }
        if !removed.sessions.isEmpty { memory.removeAll() }
        return removed
    }
}

/// A session that is to go.
private struct RemovableSession {
    let ticket: Int
    let id: SessionID

    /// Reads `ticket, id`.
    init(_ row: Row) {
        ticket = row.int(0)
        id = SessionID(row.text(1))
    }

    /// Removes all that hangs on the session, and the session.
    func remove(at time: Timestamp, from database: Database) throws -> RemovedSession {
        let ticket = SQLValue.int(ticket)
        let events = try database.all(
            "SELECT body FROM entries WHERE ticket = ? AND kind = 'helpdesk' ORDER BY sequence", ticket
        ) { try $0.json(0, as: HistoryEntry.Event.self) }
        let pending = try database.first(
            "SELECT COUNT(*) FROM outbox WHERE ticket = ? AND state = 'pending'", ticket
        ) { $0.int(0) }
        try database.run(
            "DELETE FROM outbox WHERE id >= ?1 || '-' AND id < ?1 || '.' AND ticket = ?2", .id(id), ticket)
        try database.run("DELETE FROM traces WHERE ticket = ?", ticket)
        try database.run(
            """
            DELETE FROM message_ids
            WHERE at IN (SELECT at FROM entries WHERE ticket = ?1 AND kind = 'message') AND ticket = ?1
            """, ticket)
        try database.run(
            """
            DELETE FROM message_hashes
            WHERE (channel, thread) = (SELECT channel, thread FROM sessions WHERE ticket = ?1) AND ticket = ?1
            """, ticket)
        try database.run("DELETE FROM entries WHERE ticket = ?", ticket)
        try database.run("DELETE FROM effects WHERE session = ?", .id(id))
        try database.run("DELETE FROM session_tags WHERE ticket = ?", ticket)
        try database.run("DELETE FROM helpdesk_tickets WHERE ticket = ?", ticket)
        try database.run("DELETE FROM told_events WHERE ticket = ?", ticket)
        try database.run("DELETE FROM sessions WHERE ticket = ?", ticket)
        try database.run(
            "INSERT INTO removed_sessions (ticket, id, at) VALUES (?, ?, ?)", ticket, .id(id), .time(time))
        return RemovedSession(
            id: id, ticket: TicketNumber(rawValue: self.ticket), copies: events.compactMap { RemovedSession.Copy($0) },
            withdrawnDeliveries: pending ?? 0)
    }
}

extension Database {
    fileprivate func removeSessions(
        closedBefore cutoff: Timestamp, of named: Set<SessionID>?, limit: Int, at time: Timestamp
    ) throws -> [RemovedSession] {
        let rows: [(session: RemovableSession, contact: Int)]
        if let named {
            rows = try named.sorted().compactMap { id in
                try first(
                    """
                    SELECT ticket, id, contact FROM sessions
                    WHERE id = ? AND status <> 'open' AND awaits_ai = 0 AND updated_at < ?
                        AND NOT EXISTS (
                            SELECT 1 FROM outbox WHERE outbox.ticket = sessions.ticket AND outbox.state = 'pending')
                    """, .id(id), .time(cutoff)
                ) { (session: RemovableSession($0), contact: $0.int(2)) }
            }
        } else {
            rows = try all(
                """
                SELECT ticket, id, contact FROM sessions
                WHERE status <> 'open' AND awaits_ai = 0 AND updated_at < ?
                    AND NOT EXISTS (
                        SELECT 1 FROM outbox WHERE outbox.ticket = sessions.ticket AND outbox.state = 'pending')
                ORDER BY updated_at LIMIT ?
                """, .time(cutoff), .limit(limit)
            ) { (session: RemovableSession($0), contact: $0.int(2)) }
        }
        return try rows.prefix(max(0, limit)).map { row in
            let removed = try row.session.remove(at: time, from: self)
            try run(
                "DELETE FROM contacts WHERE number = ?1 AND NOT EXISTS (SELECT 1 FROM sessions WHERE contact = ?1)",
                .int(row.contact))
            return removed
        }
    }

    /// Traces are numbered as they come: when the first ones are too young, so are the others.
    fileprivate func removeTraces(before cutoff: Timestamp, limit: Int) throws -> Int {
        try run(
            """
            DELETE FROM traces WHERE number IN (
                SELECT number FROM (SELECT number, at FROM traces ORDER BY number LIMIT ?2) WHERE at < ?1)
            """, .time(cutoff), .limit(limit))
        return changes
    }

    fileprivate func removeDedupeKeys(before cutoff: Timestamp, limit: Int) throws -> Int {
        try run(
            """
            DELETE FROM message_ids WHERE (channel, provider_id) IN (
                SELECT channel, provider_id FROM message_ids WHERE at < ? ORDER BY at LIMIT ?)
            """, .time(cutoff), .limit(limit))
        var count = changes
        try run(
            """
            DELETE FROM told_events WHERE (source, id) IN (
                SELECT source, id FROM told_events WHERE at < ? ORDER BY at LIMIT ?)
            """, .time(cutoff), .limit(limit - count))
        count += changes
        try run(
            """
            DELETE FROM message_hashes WHERE (channel, thread, hash) IN (
                SELECT channel, thread, hash FROM message_hashes WHERE at < ? ORDER BY at LIMIT ?)
            """, .time(cutoff), .limit(limit - count))
        return count + changes
    }
}
