internal import OpenCXCore

/// A query for sessions as SQL, put together from fixed pieces: what somebody asked for is bound and never part of the text.
struct SessionSelection {
    private(set) var values: [SQLValue] = []
    private var conditions: [StaticString] = []
    private let order: StaticString

    init(_ query: SessionQuery, after cursor: SessionCursor?, limit: Int) {
        order =
            switch query.order {
            case .updated: "ORDER BY updated_at DESC, ticket DESC"
            case .created: "ORDER BY ticket DESC"
            case .longestUnchanged: "ORDER BY updated_at, ticket"
            case .oldest: "ORDER BY ticket"
            }
        add(query.statuses)
        if let isHandedOff = query.isHandedOff { add(isHandedOff ? "owner <> 'ai'" : "owner = 'ai'") }
        if let isStarted = query.isStarted { add("is_started = ?", .bool(isStarted)) }
        switch query.owner {
        case .ai: add("owner = 'ai'")
        case .team: add("owner = 'team'")
        case .person(let person): add("person = ?", .id(person))
        case nil: break
        }
        if let channel = query.channel { add("channel = ?", .id(channel)) }
        if let kind = query.channelKind { add("channel_kind = ?", .text(kind.rawValue)) }
        if let contact = query.contact { add("contact = (SELECT number FROM contacts WHERE id = ?)", .id(contact)) }
        if let tag = query.tag { add("ticket IN (SELECT ticket FROM session_tags WHERE tag = ?)", .text(tag)) }
        if let time = query.createdSince { add("began_at >= ?", .time(time)) }
        if let time = query.createdBefore { add("began_at < ?", .time(time)) }
        if let time = query.updatedSince { add("updated_at >= ?", .time(time)) }
        if let time = query.updatedBefore { add("updated_at < ?", .time(time)) }
        if let cursor {
            switch query.order {
            case .updated:
                add("(updated_at, ticket) < (?, ?)", .time(cursor.time), .int(cursor.ticket.rawValue))
            case .longestUnchanged:
                add("(updated_at, ticket) > (?, ?)", .time(cursor.time), .int(cursor.ticket.rawValue))
            case .created: add("ticket < ?", .int(cursor.ticket.rawValue))
            case .oldest: add("ticket > ?", .int(cursor.ticket.rawValue))
            }
        }
        values.append(.limit(limit))
    }

    /// The statement; there are as many as there are kinds of queries.
    var sql: String {
        let filter = conditions.isEmpty ? "" : "WHERE " + conditions.map(\.description).joined(separator: " AND ")
        return "SELECT body FROM sessions \(filter) \(order) LIMIT ?"
    }

    /// Spelled out where an index has the condition in it.
    private mutating func add(_ statuses: Set<SessionStatus>) {
        let closed: Set<SessionStatus> = [.closedResolved, .closedUnresolved]
        if statuses.isEmpty || statuses.count == SessionStatus.allCases.count { return }
        if statuses == [.open] { return add("status = 'open'") }
        if statuses == closed { return add("status <> 'open'") }
        let names = statuses.map(\.rawValue).sorted()
        if names.count == 1 { return add("status = ?", .text(names[0])) }
        add("status IN (?, ?)", .text(names[0]), .text(names[1]))
    }

    private mutating func add(_ condition: StaticString, _ bound: SQLValue...) {
        conditions.append(condition)
        values += bound
    }
}
