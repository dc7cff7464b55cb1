internal import OpenCXCore

extension Database {
    /// The deliveries that are due longest, the oldest of each lane only.
    func dueDeliveries(to destination: OutboxDestination?, limit: Int, now: Timestamp) throws -> [DeliveryRow] {
        func due(_ condition: String) throws -> [DeliveryRow] {
            try all(
                """
                \(DeliveryRow.selection) WHERE \(condition) AND due_at <= ?1 \(Self.only(destination))
                    AND \(Self.isFirstOfItsLane)
                ORDER BY due_at, number LIMIT ?
                """, [.time(now)] + Self.lane(destination) + [.limit(limit)], read: DeliveryRow.init)
        }
        let waiting = try due(Self.isWaiting)
        // Few have a lease: those that are under way, and those of processes that have crashed.
        let expired = try due("\(Self.isLeased) AND outbox.lease_until <= ?1")
        if expired.isEmpty { return waiting }
        return Array((expired + waiting).sorted { $0.dueAt < $1.dueAt }.prefix(max(0, limit)))
    }

    /// When the next delivery is due, or its lease ends. Entries that stand behind another of their lane do not count: they are
    /// not handed out.
    func nextDeliveryDue(to destination: OutboxDestination?) throws -> Timestamp? {
        let rest = "\(Self.only(destination)) AND \(Self.isFirstOfItsLane)"
        let waiting = try all(
            "SELECT due_at FROM outbox WHERE \(Self.isWaiting) \(rest) ORDER BY due_at LIMIT 1", Self.lane(destination)
        ) { $0.time(0) }
        let leased = try all(
            "SELECT MAX(due_at, lease_until) FROM outbox WHERE \(Self.isLeased) \(rest)", Self.lane(destination)
        ) { $0.time(0) }
        return (waiting + leased).min()
    }

    // As the partial indexes have it, which are of use only then.
    private static let isWaiting = "state = 'pending' AND outbox.lease IS NULL"
    private static let isLeased = "state = 'pending' AND outbox.lease IS NOT NULL"

    private static let isFirstOfItsLane = """
        NOT EXISTS (
            SELECT 1 FROM outbox AS earlier
            WHERE earlier.ticket = outbox.ticket AND earlier.lane = outbox.lane
                AND earlier.state = 'pending' AND earlier.number < outbox.number)
        """

    private static func only(_ destination: OutboxDestination?) -> String {
        destination == nil ? "" : "AND lane = ?"
    }

    private static func lane(_ destination: OutboxDestination?) -> [SQLValue] {
        destination.map { [.text($0.rawValue)] } ?? []
    }
}
