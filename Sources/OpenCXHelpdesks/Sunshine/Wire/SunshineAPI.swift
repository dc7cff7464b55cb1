internal import HelpdeskSupport
internal import OpenCXCore
internal import OpenCXCrypto

/// The calls of the API that are needed (developer.zendesk.com/api-reference/conversations, version 2). All throw `VendorFailure`.
struct SunshineAPI: Sendable {
    static let vendor = "Sunshine Conversations"
    /// How many pages of a list are read at most.
    private static let pageLimit = 60

    private let api: VendorAPI
    private let root: String

    init(_ configuration: SunshineConfiguration, http: any HTTPClient) {
        var baseURL = configuration.baseURL
        while baseURL.hasSuffix("/") { baseURL.removeLast() }
        let (id, secret) = (configuration.keyID, configuration.keySecret)
        api = VendorAPI(vendor: Self.vendor, baseURL: baseURL, http: http) {
            "Basic " + Base64.encode(Array("\(id):\(secret.reveal())".utf8))
        }
        root = "/v2/apps/" + (Self.segment(configuration.appID) ?? "-")
    }

    /// What may stand in a path as it is: the ids that Zendesk gives.
    static func segment(_ id: String) -> String? {
        let isPlain = id.utf8.allSatisfy { byte in
            (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x30 && byte <= 0x39)
                || byte == 0x2D || byte == 0x5F
        }
        return isPlain && !id.isEmpty ? id : nil
    }

    /// Something of the app: `/switchboards`.
    func get(_ path: String, query: [(name: String, value: String)] = []) async throws -> JSONValue {
        try await api.send("GET", root + path, query: query).body
    }

    private func post(_ path: String, _ body: [String: JSONValue]) async throws -> JSONValue {
        try await api.send("POST", root + path, body: .object(body)).body
    }

    /// Whether the user is new. There is one with this id afterwards.
    func createUser(_ externalID: String, _ profile: [String: JSONValue]) async throws -> Bool {
        do {
            _ = try await post("/users", ["externalId": .string(externalID), "profile": .object(profile)])
            return true
        } catch let failure as VendorFailure where failure.status == 409 {
            return false
        }
    }

    // MARK: Conversations

    /// `nil` when there is none.
    func conversation(_ id: String) async throws -> SunshineConversation? {
        guard let id = Self.segment(id) else { return nil }
        do {
            return try Self.readable(SunshineConversation(await get("/conversations/\(id)")["conversation"]))
        } catch let failure as VendorFailure where failure.isNotFound {
            return nil
        }
    }

    func conversations(of user: String) async throws -> [SunshineConversation] {
        var found: [SunshineConversation] = []
        var cursor: String?
        for _ in 0..<Self.pageLimit {
            let page = try await get(
                "/conversations",
                query: [("filter[userExternalId]", user)] + (cursor.map { [("page[after]", $0)] } ?? []))
            found += try Self.readable(page["conversations"]?.array).compactMap { SunshineConversation($0) }
            cursor = page["meta"]?["afterCursor"]?.string
            if page["meta"]?["hasMore"] != .bool(true) || cursor == nil { break }
        }
        return found
    }

    func create(for user: String, named name: String, metadata: [String: JSONValue]) async throws
        -> SunshineConversation
    {
        let answer = try await post(
            "/conversations",
            [
                "type": "personal", "participants": [["userExternalId": .string(user)]], "displayName": .string(name),
                "metadata": .object(metadata),
            ])
        return try Self.readable(SunshineConversation(answer["conversation"]))
    }

    /// Makes a switchboard integration the one that answers. Does nothing new where it is that already.
    func passControl(of id: String, to target: String, metadata: [String: JSONValue]) async throws {
        var body: [String: JSONValue] = ["switchboardIntegration": .string(target)]
        if !metadata.isEmpty { body["metadata"] = .object(metadata) }
        _ = try await post("/conversations/\(id)/passControl", body)
    }

    // MARK: Messages

    /// All messages, the oldest first. Pages come from the newest on.
    func messages(in id: String) async throws -> [SunshineMessage] {
        var found: [SunshineMessage] = []
        var cursor: String?
        for _ in 0..<Self.pageLimit {
            let page = try await get(
                "/conversations/\(id)/messages", query: cursor.map { [("page[before]", $0)] } ?? [])
            found = try Self.readable(page["messages"]?.array).compactMap { SunshineMessage($0) } + found
            cursor = page["meta"]?["beforeCursor"]?.string
            if page["meta"]?["hasMore"] != .bool(true) || cursor == nil { break }
        }
        return found
    }

    /// Posts a text, and tells its id.
    func post(_ text: String, by author: SunshineMessage.Author, mark: String, to id: String) async throws -> String {
        let answer = try await post(
            "/conversations/\(id)/messages",
            [
                "author": author.json, "content": ["type": "text", "text": .string(text)],
                "metadata": [SunshineMark.key: .string(mark)],
            ])
        return try Self.readable(answer["messages"]?.array?.first?["id"]?.string)
    }

    private static func readable<Value>(_ value: Value?) throws -> Value {
        guard let value else {
            throw VendorFailure(vendor: vendor, kind: .unreadable("an answer that cannot be understood"))
        }
        return value
    }
}
