internal import OpenCXCore

extension Database {
    /// The deliveries that are due longest, the oldest of each lane only.
    func dueDeliveries(to destination: OutboxDestination?, limit: Int, now: Timestamp) throws -> [DeliveryRow] {
        guard let destination else {
            return try all(
                """
                SELECT outbox.id, sessions.id, state, attempts, due_at, created_at, last_failure, payload,
                    entries.body, lane, pending_since, stage
                FROM outbox JOIN sessions USING (ticket) LEFT JOIN entries USING (ticket, sequence)
                WHERE state = 'pending' AND due_at <= ?1 AND (outbox.lease IS NULL OR outbox.lease_until <= ?1)
                    AND NOT EXISTS (
                        SELECT 1 FROM outbox AS earlier
                        WHERE earlier.ticket = outbox.ticket AND earlier.lane = outbox.lane
                            AND earlier.state = 'pending' AND earlier.number < outbox.number)
                ORDER BY due_at, number LIMIT ?2
                """, .time(now), .limit(limit), read: DeliveryRow.init)
        }
        return try all(
            """
            SELECT outbox.id, sessions.id, state, attempts, due_at, created_at, last_failure, payload,
                entries.body, lane, pending_since, stage
            FROM outbox JOIN sessions USING (ticket) LEFT JOIN entries USING (ticket, sequence)
            WHERE state = 'pending' AND lane = ?3 AND due_at <= ?1
                AND (outbox.lease IS NULL OR outbox.lease_until <= ?1)
                AND NOT EXISTS (
                    SELECT 1 FROM outbox AS earlier
                    WHERE earlier.ticket = outbox.ticket AND earlier.lane = ?3
                        AND earlier.state = 'pending' AND earlier.number < outbox.number)
            ORDER BY due_at, number LIMIT ?2
            """, .time(now), .limit(limit), .text(destination.rawValue), read: DeliveryRow.init)
    }

    /// When the next delivery is due, or its lease ends. Entries that stand behind another of their lane do not count: they are
    /// not handed out.
    func nextDeliveryDue(to destination: OutboxDestination?) throws -> Timestamp? {
        let waiting: Timestamp?
        let leased: Timestamp??
        if let destination {
            waiting = try first(
                """
                SELECT due_at FROM outbox WHERE state = 'pending' AND lane = ?1 AND lease IS NULL
                    AND NOT EXISTS (
                        SELECT 1 FROM outbox AS earlier
                        WHERE earlier.ticket = outbox.ticket AND earlier.lane = ?1
                            AND earlier.state = 'pending' AND earlier.number < outbox.number)
                ORDER BY due_at LIMIT 1
                """, .text(destination.rawValue)
            ) { $0.time(0) }
            leased = try first(
                """
                SELECT MIN(MAX(due_at, lease_until)) FROM outbox
                WHERE state = 'pending' AND lease IS NOT NULL AND lane = ?1
                    AND NOT EXISTS (
                        SELECT 1 FROM outbox AS earlier
                        WHERE earlier.ticket = outbox.ticket AND earlier.lane = ?1
                            AND earlier.state = 'pending' AND earlier.number < outbox.number)
                """, .text(destination.rawValue)
            ) { $0.optionalTime(0) }
        } else {
            waiting = try first(
                """
                SELECT due_at FROM outbox WHERE state = 'pending' AND lease IS NULL
                    AND NOT EXISTS (
                        SELECT 1 FROM outbox AS earlier
                        WHERE earlier.ticket = outbox.ticket AND earlier.lane = outbox.lane
                            AND earlier.state = 'pending' AND earlier.number < outbox.number)
                ORDER BY due_at LIMIT 1
                """
            ) { $0.time(0) }
            leased = try first(
                """
                SELECT MIN(MAX(due_at, lease_until)) FROM outbox
                WHERE state = 'pending' AND lease IS NOT NULL
                    AND NOT EXISTS (
                        SELECT 1 FROM outbox AS earlier
                        WHERE earlier.ticket = outbox.ticket AND earlier.lane = outbox.lane
                            AND earlier.state = 'pending' AND earlier.number < outbox.number)
                """
            ) { $0.optionalTime(0) }
        }
        return [waiting, leased ?? nil].compactMap(\.self).min()
    }
}
