import OpenCXCore
import OpenCXTesting

extension FakeSunshine {
    private static let pageSize = 2

    static func answer(_ request: HTTPRequest, _ path: String, _ whole: String, _ state: inout State) -> HTTPResponse {
        let body = (try? JSONValue(parsing: request.body)) ?? .null
        let parts = path.split(separator: "/").map { String($0) }
        switch (request.method, parts.first, parts.count) {
        case ("GET", nil, _): return reply(200, ["app": ["id": "5d8cff3c"]])
        case ("POST", "users", 1): return user(body, &state)
        case ("GET", "conversations", 1): return list(whole, state)
        case ("POST", "conversations", 1): return create(body, &state)
        case (_, "conversations", _):
            guard let place = state.index(parts[1]) else { return reply(404, [:]) }
            switch (request.method, parts.dropFirst(2).first) {
            case ("GET", nil): return reply(200, ["conversation": shown(state.conversations[place], state)])
            case ("GET", "messages"): return messages(whole, state.conversations[place].value)
            case ("POST", "messages"): return post(body, place, &state)
            case ("POST", "passControl"): return pass(body, place, &state)
            default: return reply(404, [:])
            }
        case ("GET", "switchboards", 1):
            return reply(
                200,
                [
                    "switchboards": [
                        [
                            "id": "sw1", "enabled": .bool(state.isEnabled),
                            "defaultSwitchboardIntegrationId": .string(state.board.first.map { "id-\($0)" } ?? ""),
                        ]
                    ]
                ])
        case ("GET", "switchboards", 3): return board(state)
        case ("GET", "integrations", 3):
            guard parts[1] == "int-ours" else { return reply(404, [:]) }
            return reply(
                200,
                [
                    "webhooks": [
                        [
                            "id": "w1", "secret": .string(state.secret),
                            "triggers": .array(state.triggers.map { .string($0) }),
                        ]
                    ]
                ])
        default: return reply(404, [:])
        }
    }

    private static func reply(_ status: Int, _ body: JSONValue) -> HTTPResponse {
        HTTPResponse(status: status, body: body.serialized())
    }

    private static func user(_ body: JSONValue, _ state: inout State) -> HTTPResponse {
        guard let id = body["externalId"]?.string, !id.isEmpty else { return reply(400, [:]) }
        if body["profile"]?["email"] != nil, !state.takesAddresses {
            return reply(400, ["errors": [["code": "bad_request", "title": "anna@example.com is no address"]]])
        }
        if state.users[id] != nil { return reply(409, ["errors": [["code": "conflict"]]]) }
        state.users[id] = body["profile"] ?? [:]
        return reply(201, ["user": ["id": "u1", "externalId": .string(id)]])
    }

    // MARK: Conversations

    private static func cursor(_ name: String, in url: String) -> String? {
        let query = url.split(separator: "?").last.map { String($0) } ?? ""
        for field in query.split(separator: "&") where field.hasPrefix("page%5B\(name)%5D=") {
            return field.split(separator: "=").last.map { String($0) }
        }
        return nil
    }

    private static func list(_ url: String, _ state: State) -> HTTPResponse {
        guard url.contains("filter%5BuserExternalId%5D=opencx%3A") else { return reply(400, [:]) }
        let all = state.conversations
        let start = cursor("after", in: url).flatMap { id in all.firstIndex { $0.id == id } }.map { $0 + 1 } ?? 0
        let page = all[start...].prefix(pageSize)
        let isMore = start + page.count < all.count
        var meta: [String: JSONValue] = ["hasMore": .bool(isMore)]
        if isMore, let last = page.last { meta["afterCursor"] = .string(last.id) }
        return reply(
            200, ["conversations": .array(page.map { shown($0, state) }), "meta": .object(meta)])
    }

    private static func create(_ body: JSONValue, _ state: inout State) -> HTTPResponse {
        guard body["type"] == "personal", case .array(let participants)? = body["participants"],
            let user = participants.first?["userExternalId"]?.string, state.users[user] != nil
        else { return reply(404, [:]) }
        let id = state.newID("c")
        state.conversations.append(
            (id, Conversation(user: user, metadata: body["metadata"] ?? .null, active: state.board.first)))
        return reply(201, ["conversation": shown(state.conversations[state.conversations.count - 1], state)])
    }

    private static func shown(_ conversation: (id: String, value: Conversation), _ state: State) -> JSONValue {
        var members: [String: JSONValue] = [
            "id": .string(conversation.id), "type": "personal", "metadata": conversation.value.metadata,
        ]
        if let active = conversation.value.active {
            members["activeSwitchboardIntegration"] = [
                "id": .string("id-\(active)"), "name": .string(active),
                "integrationType": .string(state.types[active] ?? "custom"),
            ]
        }
        return .object(members)
    }

    private static func pass(_ body: JSONValue, _ place: Int, _ state: inout State) -> HTTPResponse {
        var target = body["switchboardIntegration"]?.string ?? ""
        if target == "next" {
            let now = state.board.firstIndex(of: state.conversations[place].value.active ?? "") ?? -1
            guard now + 1 < state.board.count else { return reply(400, [:]) }
            target = state.board[now + 1]
        }
        if let name = state.board.first(where: { state.types[$0] == target }) { target = name }
        if target.hasPrefix("id-") { target = String(target.dropFirst(3)) }
        guard state.board.contains(target) else { return reply(404, [:]) }
        state.conversations[place].value.active = target
        if let metadata = body["metadata"] { state.conversations[place].value.passed = metadata }
        return reply(200, [:])
    }

    private static func board(_ state: State) -> HTTPResponse {
        let all: [JSONValue] = state.board.enumerated().map { place, name in
            var members: [String: JSONValue] = [
                "id": .string("id-\(name)"), "name": .string(name), "integrationId": .string("int-\(name)"),
                "integrationType": .string(state.types[name] ?? "custom"),
                "deliverStandbyEvents": .bool(state.hasStandbyEvents),
            ]
            if place + 1 < state.board.count {
                members["nextSwitchboardIntegrationId"] = .string("id-\(state.board[place + 1])")
            }
            return .object(members)
        }
        return reply(200, ["switchboardIntegrations": .array(all)])
    }

    // MARK: Messages

    /// The newest page first, as the API does.
    private static func messages(_ url: String, _ conversation: Conversation) -> HTTPResponse {
        let all = conversation.messages
        let end = cursor("before", in: url).flatMap { id in all.firstIndex { $0["id"] == .string(id) } } ?? all.count
        let page = Array(all[..<end].suffix(pageSize))
        var meta: [String: JSONValue] = ["hasMore": .bool(end > page.count)]
        if end > page.count, let first = page.first?["id"] { meta["beforeCursor"] = first }
        return reply(200, ["messages": .array(page), "meta": .object(meta)])
    }

    private static func post(_ body: JSONValue, _ place: Int, _ state: inout State) -> HTTPResponse {
        guard let text = body["content"]?["text"]?.string, !text.isEmpty, text.unicodeScalars.count <= 4096,
            let author = body["author"]?["type"]?.string
        else { return reply(400, [:]) }
        if author == "user", body["author"]?["userExternalId"]?.string != state.conversations[place].value.user {
            return reply(404, [:])
        }
        let message: JSONValue = [
            "id": .string(state.newID("m")), "author": body["author"] ?? .null, "content": body["content"] ?? .null,
            "metadata": body["metadata"] ?? .null, "source": ["type": "api:conversations"],
        ]
        state.conversations[place].value.messages.append(message)
        return reply(201, ["messages": [message]])
    }
}
