internal import OpenCXAccess
internal import OpenCXCore

extension RESTAPI {
    static func sessions(_ parts: RESTParts) -> [Endpoint] {
        let read = APIScope(.chatSessions, .read)
        let write = APIScope(.chatSessions, .write)
        var all = [
            Endpoint(
                id: "listSessions", method: .get, path: "/chat/sessions", group: "Sessions",
                summary: "List sessions, most recently changed first", scope: read,
                query: [
                    .cursor, .limit,
                    QueryParameter("status", Schema.named("SessionStatus"), "Only sessions in this state."),
                    QueryParameter("handed_off", Schema.bool, "Only sessions that the AI does not own, or does."),
                    QueryParameter("channel_type", Schema.text(1...50), "Only sessions on channels of this kind."),
                    QueryParameter("contact_id", Schema.id, "Only sessions of this contact."),
                    QueryParameter("tag", Schema.text(1...100), "Only sessions with this tag."),
                    QueryParameter("created_after", Schema.time, "Only sessions that began then or later."),
                    QueryParameter("created_before", Schema.time, "Only sessions that began before."),
                    QueryParameter("updated_after", Schema.time, "Only sessions that changed then or later."),
                    QueryParameter("updated_before", Schema.time, "Only sessions that have not changed since."),
                ],
                success: [.init(status: 200, description: "A page.", schema: Schema.page(Schema.named("Session")))],
                perform: { try await list($0, parts) }),
            Endpoint(
                id: "filterSessions", method: .post, path: "/chat/sessions/filter", group: "Sessions",
                summary: "List sessions by page number",
                details: """
                    Changes nothing, though it is a POST. A late page has to count its way there: for all sessions use the list.
                    """,
                scope: read, body: filterSchema,
                success: [
                    .init(
                        status: 200, description: "A page.",
                        schema: Schema.object([
                            "data": Schema.list(Schema.named("Session")), "page": Schema.integer(),
                            "limit": Schema.integer(), "has_next": Schema.bool, "has_previous": Schema.bool,
                        ]))
                ],
                perform: { try await filter($0, parts) }),
            Endpoint(
                id: "getSession", method: .get, path: "/chat/sessions/{id}", group: "Sessions",
                summary: "Look at a session", scope: read,
                success: [.init(status: 200, description: "The session.", schema: Schema.named("Session"))],
                perform: { Reply(body: try await session($0, parts).json(parts)) }),
            Endpoint(
                id: "updateSession", method: .patch, path: "/chat/sessions/{id}", group: "Sessions",
                summary: "Close a session, or open it again",
                details: """
                    Opening hands the session to the AI. It is refused with 409 where another session has followed in the \
                    same conversation.
                    """,
                scope: write, body: Schema.object(["status": Schema.named("SessionStatus")]),
                success: [.init(status: 200, description: "The session.", schema: Schema.named("Session"))],
                perform: { try await setStatus($0, parts) }),
            Endpoint(
                id: "listHistory", method: .get, path: "/chat/sessions/{id}/history", group: "Sessions",
                summary: "List what happened in a session, oldest first", scope: read, query: [.cursor, .limit],
                success: [
                    .init(status: 200, description: "A page.", schema: Schema.page(Schema.named("HistoryItem")))
                ],
                perform: { try await history($0, parts) }),
        ]
        if let channel = parts.channel {
            all.append(
                Endpoint(
                    id: "createSession", method: .post, path: "/chat/sessions", group: "Sessions",
                    summary: "Open a session for a contact",
                    details: "Only sessions of the kind `api` are opened here.",
                    scope: write,
                    body: Schema.object([
                        "contact_id": Schema.id, "channel": Schema.object(["type": Schema.choice(["api"])]),
                    ]),
                    success: [.init(status: 201, description: "The session.", schema: Schema.named("Session"))],
                    failures: [404],
                    perform: { try await open($0, on: channel, parts) }))
        }
        return all
    }

    private static let filterSchema = Schema.object(
        [
            "filters": Schema.object(
                [
                    "status": Schema.list(Schema.named("SessionStatus"), 1...3), "handed_off": Schema.bool,
                    "channel_type": Schema.text(1...50), "contact_id": Schema.id, "assignee_id": Schema.id,
                    "tag": Schema.text(1...100), "created_after": Schema.time, "created_before": Schema.time,
                    "updated_after": Schema.time, "updated_before": Schema.time,
                ], required: []),
            "sort_by": Schema.choice(["last_message_at", "created_at"]),
            "sort_order": Schema.choice(["desc", "asc"], "Newest first, which is the default, or oldest first."),
            "page": Schema.integer(1...40), "limit": Schema.integer(1...100),
        ], required: [])

    /// The session that a path names.
    static func session(_ call: Call, _ parts: RESTParts, _ name: String = "id") async throws -> Session {
        guard let session = try await parts.store.session(SessionID(call.path(name))) else {
            throw APIFailure.notFound("session")
        }
        return session
    }

    // MARK: Lists

    private static func list(_ call: Call, _ parts: RESTParts) async throws -> Reply {
        var query = try SessionQuery(call)
        if let status = call.string("status").flatMap(SessionStatus.init) { query.statuses = [status] }
        let page = try await parts.store.sessions(matching: query, after: cursor(call), limit: call.limit)
        return Reply(body: [
            "items": .array(try await json(page.sessions, parts)), "next": JSONValue(page.next?.description),
        ])
    }

    private static func filter(_ call: Call, _ parts: RESTParts) async throws -> Reply {
        let filters = Call(query: call.body["filters"]?.members ?? [:])
        let request = Call(query: call.body.members)
        var query = try SessionQuery(filters)
        if let statuses = filters.query["status"]?.items {
            query.statuses = Set(statuses.compactMap(\.string).compactMap(SessionStatus.init))
        }
        query.owner = filters.string("assignee_id").map { .person(PersonID($0)) }
        query.order = order(by: request.string("sort_by"), request.string("sort_order"))
        let (number, limit) = (request.integer("page", else: 1), request.integer("limit", else: 25))
        var page = try await parts.store.sessions(matching: query, after: nil, limit: limit)
        for _ in 1..<max(1, number) {
            guard let next = page.next else {
                page.sessions = []
                break
            }
            page = try await parts.store.sessions(matching: query, after: next, limit: limit)
        }
        return Reply(body: [
            "data": .array(try await json(page.sessions, parts)), "page": JSONValue(number), "limit": JSONValue(limit),
            "has_next": .bool(page.next != nil), "has_previous": .bool(number > 1),
        ])
    }

    private static func order(by field: String?, _ direction: String?) -> SessionQuery.Order {
        switch (field == "created_at", direction == "asc") {
        case (true, false): .created
        case (true, true): .oldest
        case (false, false): .updated
        case (false, true): .longestUnchanged
        }
    }

    static func cursor(_ call: Call) throws -> SessionCursor? {
        guard let text = call.string("cursor") else { return nil }
        guard let cursor = SessionCursor(text) else { throw Self.badCursor }
        return cursor
    }

    static let badCursor = APIFailure(422, "\"cursor\" is none that a page gave as its `next`.")

    private static func history(_ call: Call, _ parts: RESTParts) async throws -> Reply {
        let session = try await session(call, parts)
        var after = 0
        if let cursor = call.string("cursor") {
            guard let number = Int(cursor), number >= 0 else { throw badCursor }
            after = number
        }
        let entries = try await parts.store.history(session.id, after: after, limit: call.limit + 1)
        let page = entries.prefix(call.limit)
        var items: [JSONValue] = []
        for entry in page { items.append(try await HistoryJSON.item(entry, in: session.id, by: parts.agent)) }
        return Reply(body: [
            "items": .array(items),
            "next": entries.count > page.count ? JSONValue(page.last.map { String($0.sequence) }) : .null,
        ])
    }

    /// Sessions with their contacts, each of which is looked up once.
    static func json(_ sessions: [Session], _ parts: RESTParts) async throws -> [JSONValue] {
        var contacts: [ContactID: Contact?] = [:]
        for session in sessions where contacts[session.contact] == nil {
            contacts[session.contact] = .some(try await parts.store.contact(session.contact))
        }
        return sessions.map { $0.json(contacts[$0.contact] ?? nil) }
    }

    // MARK: Changes

    /// Whom histories name for what a program did.
    static let program: PersonID = "api"

    private static func setStatus(_ call: Call, _ parts: RESTParts) async throws -> Reply {
        let session = try await session(call, parts)
        guard let status = call.body["status"]?.string.flatMap(SessionStatus.init) else {
            throw APIFailure(400, "\"status\" is missing.")
        }
        if session.status == status { return Reply(body: try await session.json(parts)) }
        let after =
            status == .open
            ? try await parts.agent.assign(session.id, to: .ai, by: program)
            : try await parts.agent.close(session.id, as: status, by: .person(program))
        guard let after else { throw APIFailure.notFound("session") }
        return Reply(body: try await after.json(parts))
    }

    private static func open(_ call: Call, on channel: ChannelID, _ parts: RESTParts) async throws -> Reply {
        guard let id = call.body["contact_id"]?.string, let contact = try await parts.store.contact(ContactID(id))
        else { throw APIFailure.notFound("contact") }
        let session = try await parts.agent.openSession(
            SessionRequest(channel: channel, channelKind: .api, contact: .known(contact.id)))
        return Reply(
            status: 201, body: session.json(contact), headers: [("location", "/chat/sessions/\(session.id)")])
    }
}

extension Session {
    func json(_ parts: RESTParts) async throws -> JSONValue { json(try await parts.store.contact(contact)) }
}

extension SessionQuery {
    /// The filters that both ways to list sessions have.
    fileprivate init(_ call: Call) throws(APIFailure) {
        self.init()
        isHandedOff = call.query["handed_off"]?.boolean
        channelKind = call.string("channel_type").map { ChannelKind(rawValue: $0) }
        contact = call.string("contact_id").map { ContactID($0) }
        tag = call.string("tag")
        createdSince = try call.time("created_after")
        createdBefore = try call.time("created_before")
        updatedSince = try call.time("updated_after")
        updatedBefore = try call.time("updated_before")
    }
}
