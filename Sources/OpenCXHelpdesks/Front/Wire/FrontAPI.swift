internal import HelpdeskSupport
internal import OpenCXCore

/// The calls of Front's Core API that are needed (dev.frontapp.com/reference). None is tried twice.
struct FrontAPI: Sendable {
    private let api: VendorAPI

    init(_ configuration: FrontConfiguration, http: any HTTPClient) {
        api = VendorAPI(vendor: Self.vendor, baseURL: configuration.baseURL, http: http) {
            "Bearer " + configuration.token.reveal()
        }
    }

    private static let vendor = "Front"

    /// Front's answer has not the form that it should have. What was asked for may have been done: another try looks.
    static let unreadable = VendorFailure(vendor: vendor, kind: .unreadable("an answer of another form"))

    // MARK: Any call

    func send(
        _ method: String, _ path: String, query: [(name: String, value: String)] = [], body: JSONValue? = nil
    ) async throws -> VendorAnswer {
        try await api.send(method, path, query: query, body: body)
    }

    func get(
        _ path: String, query: [(name: String, value: String)] = []
    ) async throws -> JSONValue {
        try await send("GET", path, query: query).body
    }

    /// All items of a list, page by page; at most 10,000.
    ///
    /// - Parameter enough: says when no more pages are needed.
    func list(
        _ path: String, query: [(name: String, value: String)] = [],
        until enough: ([JSONValue]) -> Bool = { _ in false }
    ) async throws -> [JSONValue] {
        var items: [JSONValue] = []
        var token: String?
        for _ in 0..<100 {
            let page = try await get(path, query: query + (token.map { [("page_token", $0)] } ?? []))
            guard case .array(let results)? = page["_results"] else { throw Self.unreadable }
            items += results
            // The link leads to another host than ours, which is the same API: its token is all that is new in it.
            token = page["_pagination"]?["next"]?.string.flatMap(Self.pageToken)
            if token == nil || enough(items) { break }
        }
        return items
    }

    private static func pageToken(of url: String) -> String? {
        guard let query = url.split(separator: "?", maxSplits: 1).dropFirst().first else { return nil }
        return FormFields(Array(query.prefix { $0 != "#" }.utf8))?["page_token"]
    }

    // MARK: Conversations, which may have become part of others

    /// Asks about a conversation. One that was merged is followed, and `id` is then the one that it is now.
    func inConversation(
        _ method: String, _ id: inout String, _ path: String = "", query: [(name: String, value: String)] = [],
        body: JSONValue? = nil
    ) async throws -> JSONValue {
        for _ in 0..<5 {
            let answer = try await send(method, "/conversations/\(id)\(path)", query: query, body: body)
            guard (300..<400).contains(answer.status) else { return answer.body }
            guard let next = answer.header("location").flatMap({ FrontID.last(of: "conversations", in: $0) }) else {
                throw Self.unreadable
            }
            id = next
        }
        throw VendorFailure(vendor: Self.vendor, kind: .unreadable("a merger without end"))
    }

    func conversation(_ id: inout String) async throws -> FrontConversation {
        guard let conversation = FrontConversation(try await inConversation("GET", &id)) else { throw Self.unreadable }
        return conversation
    }

    /// The newest messages of a conversation, newest first.
    func messages(in id: inout String) async throws -> [FrontMessage] {
        let page = try await inConversation("GET", &id, "/messages", query: [("limit", "100")])
        guard case .array(let results)? = page["_results"] else { throw Self.unreadable }
        return results.compactMap(FrontMessage.init)
    }

    /// All comments of a conversation.
    func comments(in id: inout String) async throws -> [FrontComment] {
        // The first call follows a merger; the list itself has no such detours.
        let first = try await inConversation("GET", &id, "/comments")
        guard case .array(let results)? = first["_results"] else { throw Self.unreadable }
        var items = results
        if first["_pagination"]?["next"]?.string != nil {
            items = try await list("/conversations/\(id)/comments", query: [("limit", "100")])
        }
        return items.compactMap(FrontComment.init)
    }

    /// Says something to the customer.
    ///
    /// - Returns: Front's name for the message, which is on its way only.
    func reply(in id: inout String, _ body: JSONValue) async throws -> String {
        guard let uid = try await inConversation("POST", &id, "/messages", body: body)["message_uid"]?.string else {
            throw Self.unreadable
        }
        return uid
    }

    func addComment(_ text: String, as teammate: String, in id: inout String) async throws {
        _ = try await inConversation(
            "POST", &id, "/comments", body: ["body": .string(text), "author_id": .string(teammate)])
    }

    // MARK: Tags

    /// The ids of these tags of the company; the ones that are missing are made.
    func tags(named names: [String]) async throws -> [String] {
        var known = try await tags(looking: names)
        for name in names where known[Self.key(name)] == nil {
            known[Self.key(name)] = try await makeTag(name)
        }
        return names.compactMap { known[Self.key($0)] }
    }

    private func makeTag(_ name: String) async throws -> String {
        do {
            let answer = try await send("POST", "/company/tags", body: ["name": .string(name)])
            guard let id = answer.body["id"]?.string else { throw Self.unreadable }
            return id
        } catch let failure as VendorFailure where [400, 409, 422].contains(failure.status) {
            // Somebody else may have made it in between.
            guard let id = try await tags(looking: [name])[Self.key(name)] else { throw failure }
            return id
        }
    }

    private func tags(looking names: [String]) async throws -> [String: String] {
        let wanted = Set(names.map(Self.key))
        let found = try await list("/company/tags", query: [("limit", "100")]) { items in
            wanted.isSubset(of: items.compactMap { $0["name"]?.string.map(Self.key) })
        }
        var ids: [String: String] = [:]
        for tag in found {
            guard let name = tag["name"]?.string.map(Self.key), let id = tag["id"]?.string else { continue }
            ids[name] = ids[name] ?? id
        }
        return ids
    }

    private static func key(_ name: String) -> String { name.lowercased() }
}
