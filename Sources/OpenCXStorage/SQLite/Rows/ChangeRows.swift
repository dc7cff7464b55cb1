internal import OpenCXCore

extension SessionChange {
    /// Writes the entries and deliveries that a transition brought; the session itself is written by who loaded it.
    func insertRows(in database: Database) throws {
        let ticket = SQLValue.int(session.ticket.rawValue)
        for entry in entries {
            try database.run(
                "INSERT INTO entries (ticket, sequence, at, kind, body) VALUES (?, ?, ?, ?, ?)", ticket,
                .int(entry.sequence), .time(entry.at), .text(entry.event.kind),
                .json(try StoredJSON.encode(entry.event)))
        }
        for entry in outbox {
            // A message stands in the history already; the delivery only points to it.
            let sequence = sequence(of: entry.payload)
            try database.run(
                """
                INSERT INTO outbox (id, ticket, lane, state, attempts, due_at, created_at, sequence, payload)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                .id(entry.id), ticket, .text(entry.lane.destination), .text(entry.state.rawValue), .int(entry.attempts),
                .time(entry.dueAt), .time(entry.createdAt), sequence.map { .int($0) } ?? .null,
                sequence == nil ? .json(try StoredJSON.encode(entry.payload)) : .null)
        }
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
        case .deliveryFailed: "delivery_failed"
        }
    }
}
