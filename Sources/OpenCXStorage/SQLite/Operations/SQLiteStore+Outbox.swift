public import OpenCXCore

extension SQLiteStore {
    /// See ``/OpenCXCore/OutboxStore/claimDelivery(now:lease:until:)``.
    public func claimDelivery(now: Timestamp, lease: LeaseToken, until: Timestamp) async throws -> OutboxEntry? {
        let claimed = try await write { database in
            let found = try database.first(
                """
                SELECT outbox.id, sessions.id, state, attempts, due_at, created_at, last_failure, payload, entries.body
                FROM outbox JOIN sessions USING (ticket) LEFT JOIN entries USING (ticket, sequence)
                WHERE state = 'pending' AND due_at <= ?1 AND (outbox.lease IS NULL OR outbox.lease_until <= ?1)
                    AND NOT EXISTS (
                        SELECT 1 FROM outbox AS earlier
                        WHERE earlier.ticket = outbox.ticket AND earlier.lane = outbox.lane
                            AND earlier.state = 'pending' AND earlier.number < outbox.number)
                ORDER BY due_at, number LIMIT 1
                """, .time(now), read: DeliveryRow.init)
            guard var row = found else { return DeliveryRow?.none }
            row.attempts += 1
            try database.run(
                "UPDATE outbox SET attempts = ?, lease = ?, lease_until = ? WHERE id = ?", .int(row.attempts),
                .id(lease), .time(until), .id(row.id))
            return row
        }
        // Out here for the same reasons as a turn: see `claimTurn`.
        return try claimed?.entry()
    }

    /// See ``/OpenCXCore/OutboxStore/settleDelivery(_:lease:_:at:)``.
    public func settleDelivery(
        _ id: OutboxID, lease: LeaseToken, _ settlement: DeliverySettlement, at time: Timestamp
    ) async throws {
        try await write { database in
            let entry = try database.first(
                """
                SELECT outbox.id, sessions.id, state, attempts, due_at, created_at, last_failure, payload, entries.body
                FROM outbox JOIN sessions USING (ticket) LEFT JOIN entries USING (ticket, sequence)
                WHERE outbox.id = ? AND outbox.lease = ? AND state = 'pending'
                """, .id(id), .id(lease), read: DeliveryRow.init)
            guard let entry = try entry?.entry() else { return }
            let after = entry.settled(settlement)
            try database.run(
                """
                UPDATE outbox SET state = ?, due_at = ?, last_failure = ?, lease = NULL, lease_until = NULL WHERE id = ?
                """, .text(after.state.rawValue), .time(after.dueAt), .text(after.lastFailure), .id(id))
            guard var row = try SessionRow.find(entry.session, in: database),
                let change = SessionChange.settling(after, settlement, in: row.session, at: time)
            else { return }
            row.session = change.session
            try row.save(in: database)
            try change.insertRows(in: database)
        }
    }

    /// See ``/OpenCXCore/OutboxStore/nextDeliveryDue()``.
    public func nextDeliveryDue() async throws -> Timestamp? {
        try await read { database in
            // Entries that stand behind another of their lane do not count: they are not handed out.
            let waiting = try database.first(
                """
                SELECT due_at FROM outbox WHERE state = 'pending' AND lease IS NULL
                    AND NOT EXISTS (
                        SELECT 1 FROM outbox AS earlier
                        WHERE earlier.ticket = outbox.ticket AND earlier.lane = outbox.lane
                            AND earlier.state = 'pending' AND earlier.number < outbox.number)
                ORDER BY due_at LIMIT 1
                """
            ) { $0.time(0) }
            let leased = try database.first(
                "SELECT MIN(MAX(due_at, lease_until)) FROM outbox WHERE state = 'pending' AND lease IS NOT NULL"
            ) { $0.optionalTime(0) }
            return [waiting, leased ?? nil].compactMap(\.self).min()
        }
    }

    /// See ``/OpenCXCore/OutboxStore/outbox(_:limit:)``.
    public func outbox(_ state: OutboxEntry.State, limit: Int) async throws -> [OutboxEntry] {
        let sql: StaticString =
            switch state {
            // Spelled out, because a partial index serves no state that is not known when the statement is prepared. The plus
            // keeps SQLite from reading what was delivered to find in order what was not.
            case .pending:
                """
                SELECT outbox.id, sessions.id, state, attempts, due_at, created_at, last_failure, payload, entries.body
                FROM outbox JOIN sessions USING (ticket) LEFT JOIN entries USING (ticket, sequence)
                WHERE state = 'pending' ORDER BY +number LIMIT ?
                """
            case .delivered:
                """
                SELECT outbox.id, sessions.id, state, attempts, due_at, created_at, last_failure, payload, entries.body
                FROM outbox JOIN sessions USING (ticket) LEFT JOIN entries USING (ticket, sequence)
                WHERE state = 'delivered' ORDER BY number LIMIT ?
                """
            case .dead:
                """
                SELECT outbox.id, sessions.id, state, attempts, due_at, created_at, last_failure, payload, entries.body
                FROM outbox JOIN sessions USING (ticket) LEFT JOIN entries USING (ticket, sequence)
                WHERE state = 'dead' ORDER BY number LIMIT ?
                """
            }
        return try await read { try $0.all(sql, .limit(limit), read: DeliveryRow.init) }.map { try $0.entry() }
    }

    /// See ``/OpenCXCore/OutboxStore/redrive(_:at:)``.
    public func redrive(_ id: OutboxID, at time: Timestamp) async throws -> Bool {
        try await write { database in
            try database.run(
                "UPDATE outbox SET state = 'pending', attempts = 0, due_at = ? WHERE id = ? AND state = 'dead'",
                .time(time), .id(id))
            return database.changes > 0
        }
    }
}
