import OpenCXCore
import OpenCXTesting

@testable import OpenCXWidget

/// The widget's API in front of a whole agent on fakes.
struct WidgetDesk {
    let store = InMemoryStore()
    let clock = ManualClock()
    let folder = TemporaryFolder()
    let channel = WidgetChannel()
    let files: FolderFileStore
    let tokens: ContactTokens
    let agent: Agent
    let api: WidgetAPI

    static let token = "public-widget-token"

    init(
        answerer: (any Answerer)? = nil, index: any KnowledgeIndex = ListIndex(),
        actions: (any ActionProvider)? = nil, people: (any PersonDirectory)? = nil,
        agentSettings: AgentSettings = AgentSettings(), files place: (any FileStore)? = nil,
        _ adapt: (inout WidgetSettings) -> Void = { _ in }
    ) throws {
        files = FolderFileStore(directory: folder.path)
        tokens = try ContactTokens(key: Secret("0123456789abcdef0123456789abcdef"))
        agent = Agent(
            AgentParts(
                store: store, knowledge: index, answerer: answerer ?? ScriptedAnswerer(answering: "An answer."),
                actions: actions, people: people, channels: [channel], clock: clock, ids: SequentialIDs()),
            settings: agentSettings)
        var settings = WidgetSettings(
            token: Self.token, organization: .init(id: "fernhill", name: "Fernhill Outfitters"))
        adapt(&settings)
        api = WidgetAPI(agent: agent, channel: channel, settings: settings, tokens: tokens, files: place ?? files)
    }

    /// Lets the agent answer while the body runs.
    func open<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                try await agent.run()
                return nil
            }
            group.addTask { try await body() }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw CancellationError()
        }
    }

    func answer(_ request: WebhookRequest) async throws -> WebhookAnswer {
        guard let answer = await api.answer(request) else { throw NotForTheWidget() }
        return answer
    }

    /// A request as the widget makes it, and its whole answer.
    func call(
        _ method: String, _ path: String, _ body: JSONValue? = nil, as contact: String? = nil,
        query: [(name: String, value: String)] = [], headers: [(name: String, value: String)]? = nil
    ) async throws -> WidgetReply {
        let answer = try await answer(
            WebhookRequest(
                method: method, path: path.hasPrefix("/") ? path : "/backend/widget/v2/" + path, query: query,
                headers: headers ?? Self.headers(as: contact), body: body?.serialized() ?? []))
        switch answer {
        case .response(let response):
            return WidgetReply(status: response.status, headers: response.headers, body: response.body)
        case .stream(let stream):
            var body: [UInt8] = []
            for await bytes in stream.body { body += bytes }
            return WidgetReply(status: stream.status, headers: stream.headers, body: body)
        }
    }

    static func headers(as contact: String?) -> [(name: String, value: String)] {
        [
            ("X-Bot-Token", token), ("Content-Type", "application/json"), ("Accept", "application/json"),
            ("Origin", "https://shop.example"), ("Host", "widget.example"),
        ] + (contact.map { [("Authorization", "Bearer \($0)")] } ?? [])
    }

    /// A contact token of an unverified visitor.
    func visitor(_ body: JSONValue = [:]) async throws -> String {
        try await call("POST", "contact/create-unverified", body)["token"]?.string ?? ""
    }

    func upload(
        _ bytes: [UInt8], named name: String, as contact: String?, field: String = "file"
    ) async throws -> WidgetReply {
        let head = "--xyz\r\nContent-Disposition: form-data; name=\"\(field)\"; filename=\"\(name)\"\r\n\r\n"
        let answer = try await answer(
            WebhookRequest(
                method: "POST", path: "/backend/widget/v2/upload",
                headers: [
                    ("X-Bot-Token", Self.token), ("Content-Type", "multipart/form-data; boundary=xyz"),
                    ("Host", "widget.example"),
                ] + (contact.map { [("Authorization", "Bearer \($0)")] } ?? []),
                body: Array(head.utf8) + bytes + Array("\r\n--xyz--\r\n".utf8)))
        guard case .response(let response) = answer else { throw NotForTheWidget() }
        return WidgetReply(status: response.status, headers: response.headers, body: response.body)
    }

    struct NotForTheWidget: Error {}
}

/// A whole answer, read as JSON where it is asked to be.
struct WidgetReply: Sendable {
    var status: Int
    var headers: [(name: String, value: String)]
    var body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }
    var list: [JSONValue] { if case .array(let values) = json { values } else { [] } }

    func header(_ name: String) -> String? { WebhookRequest(headers: headers).header(name) }

    subscript(name: String) -> JSONValue? { json[name] }

    /// The events of a stream, each its JSON object; the end mark is a text.
    var events: [JSONValue] {
        text.split(separator: "\n\n").compactMap { event in
            guard event.hasPrefix("data: ") else { return nil }
            let data = String(event.dropFirst(6))
            return (try? JSONValue(parsing: Array(data.utf8))) ?? .string(data)
        }
    }
}

extension JSONValue {
    var items: [JSONValue] { if case .array(let values) = self { values } else { [] } }
}
