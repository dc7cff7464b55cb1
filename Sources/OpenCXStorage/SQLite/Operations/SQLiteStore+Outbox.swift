public import OpenCXCore

extension SQLiteStore {
    /// See ``/OpenCXCore/OutboxStore/claimDeliveries(to:limit:now:lease:until:)``.
    public func claimDeliveries(
        to destination: OutboxDestination?, limit: Int, now: Timestamp, lease: LeaseToken, until: Timestamp
    ) async throws -> [OutboxEntry] {
        let claimed = try await write { database in
            try database.dueDeliveries(to: destination, limit: limit, now: now).map { row in
                var row = row
                row.attempts += 1
                try database.run(
                    "UPDATE outbox SET attempts = ?, lease = ?, lease_until = ? WHERE id = ?", .int(row.attempts),
                    .id(lease), .time(until), .id(row.id))
                return row
            }
        }
        // Out here for the same reasons as turns: see `claimTurns`.
        let entries = claimed.map { row in Result { try row.entry(memory) } }
        let readable = entries.compactMap { try? $0.get() }
        if readable.isEmpty, let unreadable = entries.first { _ = try unreadable.get() }
        return readable
    }

    /// See ``/OpenCXCore/OutboxStore/settleDelivery(_:lease:_:at:telling:)``.
    public func settleDelivery(
        _ id: OutboxID, lease: LeaseToken, _ settlement: DeliverySettlement, at time: Timestamp,
        telling subscriptions: [EventSubscription]
    ) async throws -> Bool {
        try await write { database in
            if case .delivered = settlement, let hasMore = try database.settleMessage(id, lease: lease) {
                return hasMore
            }
            let row = try database.all(
                "\(DeliveryRow.selection) WHERE outbox.id = ? AND outbox.lease = ? AND state = 'pending'",
                [.id(id), .id(lease)], read: DeliveryRow.init
            ).first
            guard let row else { return false }
            let entry = try row.entry(database.memory)
            let after = entry.settled(settlement)
            try database.run(
                """
                UPDATE outbox SET state = ?, attempts = ?, due_at = ?, last_failure = ?, lease = NULL, lease_until = NULL
                WHERE id = ?
                """, .text(after.state.rawValue), .int(after.attempts), .time(after.dueAt), .text(after.lastFailure),
                .id(id))
            // Nearly always nothing follows, and the session need not be looked at.
            if after.changesSession(settlement), var session = try SessionRow.find(entry.session, in: database),
                let change = SessionChange.settling(
                    entry, settlement, in: session.session, at: time, telling: subscriptions)
            {
                try session.write(change, in: database)
            }
            return try database.isWaiting(for: entry.destination, of: row.ticket)
        }
    }

    /// See ``/OpenCXCore/OutboxStore/nextDeliveryDue(to:)``.
    public func nextDeliveryDue(to destination: OutboxDestination?) async throws -> Timestamp? {
        try await read { try $0.nextDeliveryDue(to: destination) }
    }

    /// See ``/OpenCXCore/OutboxStore/outbox(_:limit:)``.
    public func outbox(_ state: OutboxEntry.State, limit: Int) async throws -> [OutboxEntry] {
        // Spelled out, because a partial index serves no state that is not known when the statement is prepared. The plus keeps SQLite
        // from reading what was delivered to find in order what was not.
        let condition =
            switch state {
            case .pending: "state = 'pending' ORDER BY +number"
            case .delivered: "state = 'delivered' ORDER BY number"
            case .dead: "state = 'dead' ORDER BY number"
            }
        let rows = try await read {
            try $0.all(
                "\(DeliveryRow.selection) WHERE \(condition) LIMIT ?", [.limit(limit)], read: DeliveryRow.init)
        }
        return try rows.map { try $0.entry(memory) }
    }

    /// See ``/OpenCXCore/OutboxStore/outboxCount(_:)``.
    public func outboxCount(_ state: OutboxEntry.State) async throws -> Int {
        // Spelled out for the partial indexes' sake, as above: each is as long as the answer.
        let sql: StaticString =
            switch state {
            case .pending: "SELECT count(*) FROM outbox WHERE state = 'pending'"
            case .delivered: "SELECT count(*) FROM outbox WHERE state = 'delivered'"
            case .dead: "SELECT count(*) FROM outbox WHERE state = 'dead'"
            }
        return try await read { try $0.first(sql) { $0.int(0) } } ?? 0
    }

    /// See ``/OpenCXCore/OutboxStore/delivery(_:)``.
    public func delivery(_ id: OutboxID) async throws -> OutboxEntry? {
        try await read { try DeliveryRow.find(id, in: $0) }?.entry(memory)
    }

    /// See ``/OpenCXCore/OutboxStore/report(_:part:of:as:at:telling:)``.
    public func report(
        _ stage: DeliveryStage, part: DeliveryPart?, of id: OutboxID, as settlement: DeliverySettlement?,
        at time: Timestamp,
        telling subscriptions: [EventSubscription]
    ) async throws -> Bool {
        try await write { database in
            guard let before = try DeliveryRow.find(id, in: database)?.entry(database.memory),
                var row = try SessionRow.find(before.session, in: database),
                let (entry, change) = SessionChange.reporting(
                    stage, part: part, of: before, as: settlement, in: row.session, at: time, telling: subscriptions)
            else { return false }
            try database.run(
                "UPDATE outbox SET state = ?, attempts = ?, due_at = ?, last_failure = ?, stage = ? WHERE id = ?",
                .text(entry.state.rawValue), .int(entry.attempts), .time(entry.dueAt), .text(entry.lastFailure),
                .text(StageColumn.text(of: entry)), .id(id))
            try row.write(change, in: database)
            return true
        }
    }

    /// See ``/OpenCXCore/OutboxStore/redrive(_:at:)``.
    public func redrive(_ id: OutboxID, at time: Timestamp) async throws -> Bool {
        try await write { database in
            guard let before = try DeliveryRow.find(id, in: database)?.entry(database.memory),
                before.state == .dead
            else {
                return false
            }
            let entry = before.redriven(at: time)
            try database.run(
                """
                UPDATE outbox SET state = 'pending', attempts = 0, due_at = ?1, pending_since = ?1, stage = ?2
                WHERE id = ?3
                """, .time(time), .text(StageColumn.text(of: entry)), .id(id))
            return true
        }
    }
}

extension Database {
    /// Settles a message that was delivered, which is how nearly all deliveries end: nothing follows from it, so neither the entry
    /// nor its session need be read.
    ///
    /// - Returns: whether more waits in its lane; `nil` for everything else, which stays as it is.
    fileprivate func settleMessage(_ id: OutboxID, lease: LeaseToken) throws -> Bool? {
        // Two statements: for RETURNING, SQLite makes a table in memory, which takes longer than both.
        try run(
            """
            UPDATE outbox SET state = 'delivered', last_failure = NULL, lease = NULL, lease_until = NULL
            WHERE id = ? AND lease = ? AND state = 'pending' AND sequence IS NOT NULL
            """, .id(id), .id(lease))
        guard changes > 0 else { return nil }
        return try first(
            """
            SELECT EXISTS (
                SELECT 1 FROM outbox AS other
                WHERE other.ticket = outbox.ticket AND other.lane = outbox.lane AND other.state = 'pending')
            FROM outbox WHERE id = ?
            """, .id(id)
        ) { $0.int(0) != 0 }
    }

    /// Whether anything of a session waits for delivery to a destination.
    func isWaiting(for destination: OutboxDestination, of ticket: Int) throws -> Bool {
        try first(
            "SELECT 1 FROM outbox WHERE ticket = ? AND lane = ? AND state = 'pending' LIMIT 1", .int(ticket),
            .text(destination.rawValue)
        ) { _ in true } ?? false
    }
}
