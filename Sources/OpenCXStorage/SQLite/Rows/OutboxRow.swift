internal import OpenCXCore

extension OutboxEntry {
    /// Reads `id, session, state, attempts, due_at, created_at, last_failure, payload`, and the body of the history's entry
    /// that stands in for the payload of a message.
    init(_ row: Row) throws {
        guard let state = State(rawValue: row.text(2)) else { throw StoreError.unreadable("a delivery") }
        self.init(
            id: OutboxID(row.text(0)), session: SessionID(row.text(1)), payload: try Self.payload(row), at: row.time(5))
        self.state = state
        attempts = row.int(3)
        dueAt = row.time(4)
        lastFailure = row.optionalText(6)
    }

    private static func payload(_ row: Row) throws -> Payload {
        if !row.isNull(7) { return try row.json(7) }
        guard case .message(let message) = try row.json(8, as: HistoryEntry.Event.self) else {
            throw StoreError.unreadable("a delivery")
        }
        return .message(message)
    }
}
