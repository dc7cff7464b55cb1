internal import OpenCXCore

/// An entry of the outbox as its row holds it.
struct DeliveryRow: Sendable {
    let id: OutboxID
    let session: SessionID
    let ticket: Int
    var attempts: Int
    private let destination: OutboxDestination
    private let pendingSince: Timestamp
    private let state: String
    let dueAt: Timestamp
    private let createdAt: Timestamp
    private let lastFailure: String?
    private let stage: String?
    private let payload: StoredJSON?
    /// The message in the history that stands in for the payload.
    private let event: StoredJSON?

    /// The columns that a row is read from, before the condition.
    static let selection = """
        SELECT outbox.id, sessions.id, state, attempts, due_at, created_at, last_failure, payload,
            entries.body, lane, pending_since, stage, ticket
        FROM outbox JOIN sessions USING (ticket) LEFT JOIN entries USING (ticket, sequence)
        """

    /// Reads what ``selection`` selects.
    init(_ row: Row) {
        id = OutboxID(row.text(0))
        session = SessionID(row.text(1))
        state = row.text(2)
        attempts = row.int(3)
        dueAt = row.time(4)
        createdAt = row.time(5)
        lastFailure = row.optionalText(6)
        payload = row.isNull(7) ? nil : row.storedJSON(7)
        event = row.isNull(8) ? nil : row.storedJSON(8)
        destination = OutboxDestination(rawValue: row.text(9))
        pendingSince = row.time(10)
        stage = row.optionalText(11)
        ticket = row.int(12)
    }

    static func find(_ id: OutboxID, in database: Database) throws -> DeliveryRow? {
        try database.all("\(selection) WHERE outbox.id = ?", [.id(id)], read: DeliveryRow.init).first
    }

    /// What the worker gets.
    func entry(_ memory: RowMemory) throws -> OutboxEntry {
        guard let state = OutboxEntry.State(rawValue: state) else { throw StoreError.unreadable("a delivery") }
        var entry = OutboxEntry(
            id: id, session: session, destination: destination, payload: try decodedPayload(memory), at: createdAt)
        entry.state = state
        entry.attempts = attempts
        entry.dueAt = dueAt
        entry.lastFailure = lastFailure
        entry.pendingSince = pendingSince
        if let stage { StageColumn.read(stage, into: &entry) }
        return entry
    }

    private func decodedPayload(_ memory: RowMemory) throws -> OutboxEntry.Payload {
        if let payload { return try payload.decoded() }
        guard case .message(let message)? = try event.map(memory.events.read) else {
            throw StoreError.unreadable("a delivery")
        }
        return .message(message)
    }
}
