internal import OpenCXCore

/// Finds the sessions of a list.
struct InboxSearch: Sendable {
    let store: any Store
    let now: Timestamp

    static let pageSize = 30

    /// A session with what its row shows.
    struct Row: Sendable {
        var session: Session
        var contact: Contact?
        var lastMessage: Message?
        /// The customer's last message.
        var lastQuestion: Message?
    }

    struct Result: Sendable {
        var rows: [Row]
        /// Where the next page begins.
        var next: String?
        var now: Timestamp
    }

    func run(_ request: InboxRequest, for person: PersonID) async throws -> Result {
        // A session that was opened and in which nobody has written yet is nothing to answer.
        var query = SessionQuery(isStarted: true)
        if let text = request.text {
            guard let contact = try await contact(matching: text) else { return Result(rows: [], next: nil, now: now) }
            query.contact = contact.id
        } else {
            switch request.view {
            case .mine: (query.statuses, query.owner) = ([.open], .person(person))
            case .team: (query.statuses, query.owner) = ([.open], .team)
            case .ai: (query.statuses, query.owner) = ([.open], .ai)
            case .open: query.statuses = [.open]
            case .closed: query.statuses = [.closedResolved, .closedUnresolved]
            }
        }
        let page = try await store.sessions(
            matching: query, after: request.after.flatMap { SessionCursor($0) }, limit: Self.pageSize)
        var rows: [Row] = []
        for session in page.sessions {
            // What comes after the last message of a session is a few entries on who owns it.
            let start = max(0, min(session.lastSequence - 8, session.lastCustomerSequence - 1))
            let messages = try await store.history(session.id, after: start, limit: 12).compactMap(\.message)
            rows.append(
                Row(
                    session: session, contact: try await store.contact(session.contact), lastMessage: messages.last,
                    lastQuestion: messages.last { $0.author == .customer }))
        }
        return Result(rows: rows, next: page.next.map { "\($0)" }, now: now)
    }

    /// The customer with this e-mail address, telephone number or custom id; one who is vouched for first.
    private func contact(matching text: String) async throws -> Contact? {
        for isVerified in [true, false] {
            let handle = ContactHandle(email: text, phone: text, customID: text, isVerified: isVerified)
            if let contact = try await store.contact(matching: handle) { return contact }
        }
        return nil
    }
}
