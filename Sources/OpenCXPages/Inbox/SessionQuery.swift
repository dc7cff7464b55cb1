internal import OpenCXCore

// Stands in until the stores can be asked this way themselves.

struct SessionQuery: Sendable {
    var statuses: Set<SessionStatus> = []
    var owner: SessionOwner?
    var contact: ContactID?
    var createdAfter: Timestamp?

    fileprivate func matches(_ session: Session) -> Bool {
        (statuses.isEmpty || statuses.contains(session.status)) && (owner == nil || owner == session.owner)
            && (contact == nil || contact == session.contact)
            && (createdAfter.map { session.createdAt >= $0 } ?? true)
    }
}

struct SessionCursor: Sendable, LosslessStringConvertible {
    fileprivate var offset: Int
    fileprivate init(offset: Int) { self.offset = offset }
    init?(_ text: String) {
        guard let offset = Int(text), (1...5000).contains(offset) else { return nil }
        self.offset = offset
    }
    var description: String { "\(offset)" }
}

struct SessionPage: Sendable {
    var sessions: [Session]
    var next: SessionCursor?
}

extension TeamStore {
    func sessions(matching query: SessionQuery, after cursor: SessionCursor?, limit: Int) async throws -> SessionPage {
        let filter: SessionFilter = query.statuses == [.open] ? .open : .all
        let found = try await sessions(filter, limit: 5000).filter(query.matches)
        let start = cursor?.offset ?? 0
        let page = found.dropFirst(start).prefix(limit)
        let end = start + page.count
        return SessionPage(sessions: Array(page), next: end < found.count ? SessionCursor(offset: end) : nil)
    }

    func findContact(_ text: String) async throws -> Contact? {
        for session in try await sessions(.all, limit: 1000) {
            if let contact = try await contact(session.contact), contact.isKnown(as: text) { return contact }
        }
        return nil
    }
}
