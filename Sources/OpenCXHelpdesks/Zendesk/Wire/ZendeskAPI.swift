internal import HelpdeskSupport
internal import OpenCXCore
internal import OpenCXCrypto

/// The calls of Zendesk's API that are needed (developer.zendesk.com/api-reference/ticketing). All throw `VendorFailure`.
struct ZendeskAPI: Sendable {
    static let vendor = "Zendesk"

    private let api: VendorAPI

    init(_ configuration: ZendeskConfiguration, http: any HTTPClient) {
        var baseURL = configuration.baseURL
        while baseURL.hasSuffix("/") { baseURL.removeLast() }
        let credentials = configuration.credentials
        api = VendorAPI(vendor: Self.vendor, baseURL: baseURL, http: http) {
            switch credentials {
            case .apiToken(let email, let token):
                "Basic " + Base64.encode(Array("\(email)/token:\(token.reveal())".utf8))
            case .accessToken(let token): "Bearer \(token.reveal())"
            }
        }
    }

    func get(_ path: String, query: [(name: String, value: String)] = []) async throws -> JSONValue {
        try await api.send("GET", path, query: query).body
    }

    // MARK: Tickets

    /// `nil` when there is none.
    func ticket(_ id: Int64) async throws -> ZendeskTicket? {
        do {
            return try ZendeskTicket(await get("/api/v2/tickets/\(id)")["ticket"]).orUnreadable()
        } catch let failure as VendorFailure where failure.isNotFound {
            return nil
        }
    }

    /// Creates a ticket, or finds the one that the same key has created within the last hours.
    func create(_ ticket: JSONValue, key: String) async throws -> (ticket: ZendeskTicket, isKnown: Bool) {
        let answer = try await api.send(
            "POST", "/api/v2/tickets", body: ["ticket": ticket], headers: [("Idempotency-Key", key)])
        let isKnown = answer.header("x-idempotency-lookup")?.lowercased() == "hit"
        return (try ZendeskTicket(answer.body["ticket"]).orUnreadable(), isKnown)
    }

    /// Changes a ticket, and tells the id of the comment that was made.
    @discardableResult
    func update(_ id: Int64, _ change: [String: JSONValue]) async throws -> String? {
        let answer = try await api.send("PUT", "/api/v2/tickets/\(id)", body: ["ticket": .object(change)])
        let events = answer.body["audit"]?["events"]?.array ?? []
        return events.first { $0["type"]?.string == "Comment" }?["id"]?.id.map { String($0) }
    }

    func addTags(_ tags: [String], to id: Int64) async throws {
        _ = try await api.send(
            "PUT", "/api/v2/tickets/\(id)/tags", body: ["tags": .array(tags.map { .string($0) })])
    }

    /// All comments, the oldest first.
    func comments(of id: Int64) async throws -> [ZendeskComment] {
        try await pages("/api/v2/tickets/\(id)/comments", member: "comments", limit: 60).compactMap(ZendeskComment.init)
    }

    /// The first comment: what the ticket began with.
    func firstComment(of id: Int64) async throws -> ZendeskComment? {
        let answer = try await get(
            "/api/v2/tickets/\(id)/comments", query: [("page[size]", "1"), ("sort", "created_at")])
        return answer["comments"]?.array?.first.flatMap(ZendeskComment.init)
    }

    /// The tickets that carry a session's id. Zendesk finds new ones after some minutes only.
    func tickets(of session: SessionID) async throws -> [ZendeskTicket] {
        let name = session.rawValue.filter { $0 != "\"" && $0 != "\\" && !$0.isNewline }
        let answer = try await get(
            "/api/v2/search", query: [("query", "type:ticket external_id:\"\(name)\"")])
        guard let results = answer["results"]?.array else { throw VendorFailure.unreadable }
        return results.compactMap(ZendeskTicket.init).filter { $0.externalID == session.rawValue }
    }

    // MARK: Users

    func me() async throws -> ZendeskUser? { ZendeskUser(try await get("/api/v2/users/me")["user"]) }

    /// `nil` when there is none.
    func user(_ id: Int64) async throws -> ZendeskUser? {
        do {
            return ZendeskUser(try await get("/api/v2/users/\(id)")["user"])
        } catch let failure as VendorFailure where failure.isNotFound {
            return nil
        }
    }

    /// The user with exactly this address.
    func user(email: String) async throws -> ZendeskUser? {
        let email = email.lowercased()
        let answer = try await get("/api/v2/users/search", query: [("query", "email:\"\(email)\"")])
        guard let users = answer["users"]?.array else { throw VendorFailure.unreadable }
        return users.compactMap(ZendeskUser.init).first { $0.email?.lowercased() == email }
    }

    func createOrUpdateUser(_ user: JSONValue) async throws -> ZendeskUser {
        let answer = try await api.send("POST", "/api/v2/users/create_or_update", body: ["user": user])
        return try ZendeskUser(answer.body["user"]).orUnreadable()
    }

    // MARK: Lists

    /// A list, page by page.
    func pages(_ path: String, member: String, limit: Int = 1000) async throws -> [JSONValue] {
        var items: [JSONValue] = []
        var cursor: String?
        for _ in 0..<limit {
            var query: [(name: String, value: String)] = [("page[size]", "100")]
            if let cursor { query.append(("page[after]", cursor)) }
            let answer = try await get(path, query: query)
            guard let page = answer[member]?.array else { throw VendorFailure.unreadable }
            items += page
            guard answer["meta"]?["has_more"]?.bool == true, let next = answer["meta"]?["after_cursor"]?.string,
                next != cursor
            else { return items }
            cursor = next
        }
        return items
    }
}

extension VendorFailure {
    static var unreadable: VendorFailure {
        VendorFailure(vendor: ZendeskAPI.vendor, kind: .unreadable("an answer that cannot be understood"))
    }
}

extension Optional {
    fileprivate func orUnreadable() throws -> Wrapped {
        guard let self else { throw VendorFailure.unreadable }
        return self
    }
}
