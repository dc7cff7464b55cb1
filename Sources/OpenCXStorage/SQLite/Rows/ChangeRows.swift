internal import OpenCXCore

extension SessionChange {
    /// Writes the entries and deliveries that a transition brought; the session itself is written by who loaded it.
    ///
    /// - Parameter delivery: the lease under which the reply's delivery is taken up at once.
    /// - Returns: that delivery, unless another of its lane comes first.
    @discardableResult
    func insertRows(in database: Database, delivery: DeliveryLease? = nil) throws -> OutboxEntry? {
        let ticket = SQLValue.int(session.ticket.rawValue)
        for entry in entries {
            try database.run(
                "INSERT INTO entries (ticket, sequence, at, kind, body) VALUES (?, ?, ?, ?, ?)", ticket,
                .int(entry.sequence), .time(entry.at), .text(entry.event.kind),
                .json(try database.memory.events.encode(entry.event)))
        }
        var taken: OutboxEntry?
        for var entry in outbox {
            var lease: DeliveryLease?
            if let delivery, entry.id == reply?.id,
                try !database.isWaiting(for: entry.destination, of: session.ticket.rawValue)
            {
                lease = delivery
                entry.attempts = 1
                taken = entry
            }
            // A message stands in the history already; the delivery only points to it.
            let sequence = sequence(of: entry.payload)
            try database.run(
                """
                INSERT INTO outbox (id, ticket, lane, state, attempts, due_at, created_at, pending_since, lease,
                    lease_until, sequence, payload)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                .id(entry.id), ticket, .text(entry.destination.rawValue), .text(entry.state.rawValue),
                .int(entry.attempts), .time(entry.dueAt), .time(entry.createdAt), .time(entry.pendingSince),
                .id(lease?.token), .time(lease?.until), sequence.map { .int($0) } ?? .null,
                sequence == nil ? .json(try StoredJSON.encode(entry.payload)) : .null)
        }
        return taken
    }

    private func sequence(of payload: OutboxEntry.Payload) -> Int? {
        guard case .message(let message) = payload else { return nil }
        return entries.last { $0.message == message }?.sequence
    }
}

extension HistoryEntry {
    /// Reads `sequence, at, body`.
    init(_ row: Row) throws {
        self.init(sequence: row.int(0), at: row.time(1), event: try row.json(2))
    }
}

extension HistoryEntry.Event {
    /// A word for the column that statistics are made from.
    fileprivate var kind: String {
        switch self {
        case .message: "message"
        case .note: "note"
        case .handoff: "handoff"
        case .owner: "owner"
        case .status: "status"
        case .withheld: "withheld"
        case .action: "action"
        case .helpdesk: "helpdesk"
        case .prohibitedTopic: "prohibited_topic"
        case .activity: "activity"
        case .deliveryFailed: "delivery_failed"
        case .delivery: "delivery"
        case .consent: "consent"
        case .ratingRequested: "rating_requested"
        case .rated: "rated"
        case .vote: "vote"
        case .tags: "tags"
        case .checkpoint: "checkpoint"
        case .contactMerged: "contact_merged"
        }
    }
}
