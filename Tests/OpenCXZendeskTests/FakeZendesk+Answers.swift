import OpenCXCore

extension FakeZendesk {
    static func answer(_ request: HTTPRequest, _ path: String, _ state: inout State) -> HTTPResponse {
        let parts = path.split(separator: "?", maxSplits: 1)
        let query = parts.count > 1 ? FormFields(Array(parts[1].utf8)) : nil
        let body = (try? JSONValue(parsing: request.body)) ?? .null
        let names = parts[0].split(separator: "/").dropFirst(2).map(String.init)
        switch (request.method, names.first, names.count) {
        case ("GET", "users", 2) where names[1] == "me":
            return ok(["user": .object(state.users[Zendesk.agent] ?? [:])])
        case ("GET", "users", 2) where names[1] == "search":
            let wanted = query?["query"] ?? ""
            let found = state.users.values.filter { wanted.contains("\"\($0["email"]?.string ?? "?")\"") }
            return ok(["users": .array(found.map { .object($0) })])
        case ("GET", "users", 2):
            guard let user = Int64(names[1]).flatMap({ state.users[$0] }) else { return notFound }
            return ok(["user": .object(user)])
        case ("POST", "users", 2): return createUser(body["user"]?.members ?? [:], &state)
        case ("GET", "search", 1):
            let found = state.findsNewTickets ? Array(state.tickets.values) : []
            let wanted = query?["query"] ?? ""
            let results = found.filter { wanted.contains("\"\($0["external_id"]?.string ?? "?")\"") }
            return ok(["results": .array(results.map { .object($0) })])
        case ("GET", "groups", 1): return ok(["groups": [["id": 7, "name": "Support"]], "next_page": .null])
        case ("GET", "webhooks", 3): return ok(["signing_secret": ["secret": .string(state.webhookSecret)]])
        case ("POST", "tickets", 1): return create(request, body["ticket"]?.members ?? [:], &state)
        case (_, "tickets", 2...):
            guard let id = Int64(names[1]), let ticket = state.tickets[id] else { return notFound }
            switch (request.method, names.count) {
            case ("GET", 2):
                let response = ok(["ticket": .object(ticket)])
                let race = state.race
                state.race = nil
                race?(&state)
                return response
            case ("GET", _):
                return ok(["comments": .array((state.comments[id] ?? []).map { .object($0) })])
            case ("PUT", 2): return update(id, ticket, body["ticket"]?.members ?? [:], &state)
            default:
                let tags = (ticket["tags"]?.texts ?? []) + (body["tags"]?.texts ?? [])
                state.change(id, ["tags": .array(Set(tags).sorted().map { .string($0) })])
                return ok(["tags": .array(tags.map { .string($0) })])
            }
        default: return notFound
        }
    }

    private static func ok(_ body: JSONValue, status: Int = 200, headers: [(String, String)] = []) -> HTTPResponse {
        HTTPResponse(status: status, headers: headers.map { (name: $0.0, value: $0.1) }, body: body.serialized())
    }

    private static let notFound = ok(["error": "RecordNotFound", "description": "Not found"], status: 404)

    private static func createUser(_ given: [String: JSONValue], _ state: inout State) -> HTTPResponse {
        let known = state.users.first { _, user in
            given["email"] != nil && user["email"] == given["email"]
                || given["external_id"] != nil && user["external_id"] == given["external_id"]
        }?.key
        let id = known ?? state.newID()
        var user = state.users[id] ?? ["role": "end-user", "verified": false]
        user.merge(given) { $1 }
        user["id"] = .integer(id)
        state.users[id] = user
        return ok(["user": .object(user)], status: known == nil ? 201 : 200)
    }

    private static func create(
        _ request: HTTPRequest, _ given: [String: JSONValue], _ state: inout State
    ) -> HTTPResponse {
        let key = request.headers.first { $0.name.lowercased() == "idempotency-key" }?.value ?? ""
        if let known = state.keys[key] {
            guard known.body == request.body else {
                return ok(["error": "IdempotentRequestError", "description": "Other parameters"], status: 400)
            }
            return ok(
                ["ticket": .object(state.tickets[known.id] ?? [:])], status: 201,
                headers: [("X-Idempotency-Lookup", "hit")])
        }
        guard key.utf8.count <= 255, let comment = given["comment"]?.members else { return ok([:], status: 422) }
        let id = state.newID()
        var ticket = given
        ticket["comment"] = nil
        ticket["id"] = .integer(id)
        ticket["status"] = "new"
        ticket["assignee_id"] = .null
        ticket["via"] = ["channel": "api"]
        // Zendesk tells a closed ticket's follow-ups, which inherit its tags unless they come with their own.
        if let closed = given["via_followup_source_id"]?.number {
            let others = state.tickets[closed]?["followup_ids"]?.values ?? []
            state.tickets[closed]?["followup_ids"] = .array(others + [.integer(id)])
            ticket["tags"] = given["tags"] ?? state.tickets[closed]?["tags"]
        }
        state.keys[key] = (id, request.body)
        state.tickets[id] = ticket
        add(comment, to: id, &state)
        state.change(id, ["description": state.comments[id]?.first?["body"] ?? ""])
        return ok(
            ["ticket": .object(state.tickets[id] ?? [:])], status: 201, headers: [("X-Idempotency-Lookup", "miss")])
    }

    private static func update(
        _ id: Int64, _ ticket: [String: JSONValue], _ change: [String: JSONValue], _ state: inout State
    ) -> HTTPResponse {
        if ticket["status"] == "closed" { return ok(["error": "RecordInvalid"], status: 422) }
        if change["safe_update"] == true, change["updated_stamp"] != ticket["updated_at"] {
            return ok(["error": "UpdateConflict"], status: 409)
        }
        var events: [JSONValue] = []
        if let comment = change["comment"]?.members {
            let number = add(comment, to: id, &state)
            events = [["type": "Comment", "id": .integer(number)]]
        }
        state.change(id, change.filter { !["comment", "safe_update", "updated_stamp"].contains($0.key) })
        return ok(["ticket": .object(state.tickets[id] ?? [:]), "audit": ["events": .array(events)]])
    }

    @discardableResult
    private static func add(_ given: [String: JSONValue], to id: Int64, _ state: inout State) -> Int64 {
        let number = state.newID()
        let body = given["body"]?.string ?? text(of: given["html_body"]?.string ?? "")
        state.comments[id, default: []].append([
            "id": .integer(number), "author_id": given["author_id"] ?? .integer(Zendesk.agent),
            "public": given["public"] ?? true, "body": .string(body), "created_at": .string(state.stamp()),
        ])
        return number
    }

    private static func text(of html: String) -> String {
        var (text, isInTag) = ("", false)
        for character in html {
            if character == "<" { isInTag = true }
            if !isInTag { text.append(character) }
            if character == ">" { isInTag = false }
        }
        return text
    }
}
