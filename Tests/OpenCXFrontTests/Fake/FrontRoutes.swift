import OpenCXCore

/// What Front answers to a call, and what the call does.
struct FrontRoutes {
    var model: FrontModel

    func answer(
        _ method: String, _ target: String, _ body: JSONValue, keeping keep: (FrontModel) -> Void
    ) -> HTTPResponse {
        var routes = self
        let parts = target.split(separator: "?", maxSplits: 1)
        let query = parts.count == 2 ? FormFields(Array(parts[1].utf8)) : nil
        let path = parts[0].split(separator: "/").map(String.init)
        let response = routes.answer(method, path, query?["page_token"], body)
        keep(routes.model)
        return response
    }

    private mutating func answer(_ method: String, _ path: [String], _ page: String?, _ body: JSONValue) -> HTTPResponse
    {
        switch (method, path.first, path.count) {
        case ("GET", "me", 1): return .ok(["id": "cmp_1", "name": "Shop"])
        case ("GET", "teammates", 1): return .ok(["_results": .array(model.teammates.map(\.json))])
        case ("GET", "conversations", 1): return list([], page)
        case ("GET", "company", 2):
            return list(model.tags.map { ["id": .string($0.id), "name": .string($0.name)] }, page)
        case ("POST", "company", 2):
            guard let name = body["name"]?.string, (1...64).contains(name.count),
                !model.tags.contains(where: { $0.name == name })
            else { return HTTPResponse(status: 400) }
            model.tags.append(("tag_\(model.tags.count + 1)", name))
            return .ok(["id": .string("tag_\(model.tags.count)"), "name": .string(name)], status: 201)
        case ("GET", "events", 2): return model.events[path[1]].map { .ok($0) } ?? .notFound
        case ("GET", "messages", 2):
            return model.messages.first { $0.id == path[1] }.map { .ok(model.json($0)) } ?? .notFound
        case (_, "contacts", _): return contacts(method, path, body)
        case (_, "conversations", 2...): return conversation(method, path, page, body)
        case ("GET", "knowledge_bases", _), ("GET", "knowledge_base_articles", _): return knowledge(path, page)
        default: return .notFound
        }
    }

    private mutating func conversation(
        _ method: String, _ path: [String], _ page: String?, _ body: JSONValue
    ) -> HTTPResponse {
        guard var found = model.conversations[path[1]] else { return .notFound }
        if let next = found.mergedInto {
            let rest = path.dropFirst(2).map { "/" + $0 }.joined()
            return HTTPResponse(
                status: 301, headers: [("Location", "https://shop.api.frontapp.com/conversations/\(next)\(rest)")])
        }
        defer { model.conversations[found.id] = found }
        switch (method, path.count > 2 ? path[2] : "") {
        case ("GET", ""): return .ok(model.json(found))
        case ("PATCH", ""):
            guard body["status"] == "archived" else { return HTTPResponse(status: 400) }
            found.isArchived = true
            found.changes.append("archive")
            return HTTPResponse(status: 204)
        case ("PUT", "assignee"):
            found.assignee = body["assignee_id"]?.string
            found.changes.append("assign \(found.assignee ?? "nobody")")
            return HTTPResponse(status: 204)
        case ("GET", "comments"):
            return .ok(["_results": .array(found.comments.enumerated().map { comment($0, $1) })])
        case ("POST", "comments"):
            guard let text = body["body"]?.string, !text.isEmpty else { return HTTPResponse(status: 400) }
            found.comments.append(text)
            return .ok(comment(found.comments.count - 1, text), status: 201)
        case ("POST", "tags"):
            for id in body["tag_ids"]?.list ?? [] { if let id = id.string { found.tags.insert(id) } }
            return HTTPResponse(status: 204)
        case ("GET", "messages"):
            return list(model.messages.filter { $0.conversation == found.id }.reversed().map(model.json), page)
        case ("POST", "messages"):
            guard let text = body["body"]?.string, !text.isEmpty else { return HTTPResponse(status: 400) }
            if body["options"]?["archive"] != false { found.isArchived = true }
            let id = "msg_out\(model.messages.count)"
            model.now += 1
            model.messages.append(
                FrontModel.Message(
                    id: id, conversation: found.id, isInbound: false, author: body["author_id"]?.string, body: text,
                    text: body["text"]?.string ?? "", at: model.now, options: body["options"] ?? .null))
            return .ok(["status": "accepted", "message_uid": .string("uid_\(id)")], status: 202)
        default: return .notFound
        }
    }

    private func comment(_ place: Int, _ text: String) -> JSONValue {
        ["id": .string("com_\(place)"), "body": .string(text), "author": model.teammate("tea_ai")]
    }

    private mutating func contacts(_ method: String, _ path: [String], _ body: JSONValue) -> HTTPResponse {
        if method == "POST", path.count == 1 {
            guard let handle = body["handles"]?.list.first, let text = handle["handle"]?.string,
                ["email", "phone", "custom"].contains(handle["source"]?.string)
            else { return HTTPResponse(status: 400) }
            model.contacts.append(("crd_\(model.contacts.count + 1)", text, body["name"]?.string))
            return .ok(["id": .string("crd_\(model.contacts.count)")], status: 201)
        }
        let wanted = path.count == 2 ? path[1].split(separator: ":").last.map(String.init) : nil
        let found = model.contacts.first { PathText.encoded($0.handle) == wanted }
        return found.map { .ok(["id": .string($0.id)]) } ?? .notFound
    }

    private func knowledge(_ path: [String], _ page: String?) -> HTTPResponse {
        switch (path[0], path.count) {
        case ("knowledge_bases", 1):
            return .ok(["_results": .array(model.bases.map { ["id": .string($0.id), "type": .string($0.type)] })])
        case ("knowledge_bases", 3):
            let found = model.articles.filter { $0.value.base == path[1] }.sorted { $0.key < $1.key }
            return list(found.map { slim($0.key, $0.value) }, page)
        default: break
        }
        guard path.count > 1, let article = model.articles[path[1]] else { return .notFound }
        if path.count == 2 { return .ok(slim(path[1], article)) }
        let locale = path.count == 5 ? path[3] : article.locales.first ?? "en"
        guard article.locales.contains(locale) || path.count == 3 else { return .notFound }
        return .ok([
            "id": .string(path[1]), "name": .string(article.name), "status": .string(article.status),
            "content": .string(article.content), "locale": .string(locale),
            // The content's time is another one.
            "updated_at": .number(article.updatedAt - 7),
        ])
    }

    private func slim(_ id: String, _ article: FrontModel.Article) -> JSONValue {
        [
            "id": .string(id), "slug": .string(article.slug), "updated_at": .number(article.updatedAt),
            "locales": .array(article.locales.map(JSONValue.string)),
        ]
    }

    private func list(_ all: [JSONValue], _ page: String?) -> HTTPResponse {
        let start = page.flatMap { Int($0) } ?? 0
        let end = min(all.count, start + model.pageSize)
        let next: JSONValue =
            end < all.count
            ? .string("https://shop.api.frontapp.com/whatever?limit=100&page_token=\(end)") : .null
        return .ok(["_results": .array(Array(all[min(start, end)..<end])), "_pagination": ["next": next]])
    }
}

extension JSONValue {
    var list: [JSONValue] { if case .array(let items) = self { items } else { [] } }
}

extension HTTPResponse {
    static func ok(_ body: JSONValue, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, headers: [("content-type", "application/json")], body: body.serialized())
    }

    static var notFound: HTTPResponse { HTTPResponse(status: 404) }
}

enum PathText {
    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            return isPlain || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
                ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
