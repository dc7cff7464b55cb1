internal import OpenCXCore

extension OutboxEntry {
    /// Reads `id, session, state, attempts, due_at, created_at, last_failure, payload`.
    init(_ row: Row) throws {
        guard let state = State(rawValue: row.text(2)) else { throw StoreError.unreadable("a delivery") }
        self.init(
            id: OutboxID(row.text(0)), session: SessionID(row.text(1)), payload: try row.json(7), at: row.time(5))
        self.state = state
        attempts = row.int(3)
        dueAt = row.time(4)
        lastFailure = row.optionalText(6)
    }
}
