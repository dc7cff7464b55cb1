import FoundationEssentials
import OpenCXCore
import OpenCXTesting
import OpenCXWeb

/// A web chat in front of a whole agent on fakes, driven by hand.
struct WebDesk {
    let store = InMemoryStore()
    let clock = ManualClock()
    let agent: Agent
    let chat: WebChat

    static let thread = "visitor-0123456789"

    init(
        answerer: (any Answerer)? = nil, index: any KnowledgeIndex = ListIndex(), page: WebChatPage = WebChatPage(),
        channel: WebChannel = WebChannel(), helpdesks: [any Helpdesk] = [], people: (any PersonDirectory)? = nil,
        settings: AgentSettings = AgentSettings()
    ) {
        agent = Agent(
            AgentParts(
                store: store, knowledge: index, answerer: answerer ?? ScriptedAnswerer(answering: "An answer."),
                people: people, channels: [channel], helpdesks: helpdesks, clock: clock, ids: SequentialIDs()),
            settings: settings)
        chat = WebChat(agent: agent, page: page)
    }

    func path(_ thread: String = thread) -> String { "/v1/sessions/\(thread)/messages" }

    /// What a page would send.
    @discardableResult
    func post(_ text: String, id: String? = nil, thread: String = thread) async throws -> Reply {
        var body: [String: JSONValue] = ["text": .string(text)]
        body["id"] = id.map(JSONValue.string)
        return try await post(bytes: JSONValue.object(body).serialized(), thread: thread)
    }

    func post(
        bytes: [UInt8], thread: String = thread, type: String? = "application/json"
    ) async throws -> Reply {
        try await respond(
            WebhookRequest(path: path(thread), headers: type.map { [("Content-Type", $0)] } ?? [], body: bytes))
    }

    /// - Parameter query: as it stands behind the question mark, without escapes.
    func get(_ query: String = "", thread: String = thread) async throws -> Reply {
        let pairs = query.split(separator: "&").map { pair -> (name: String, value: String) in
            let name = pair.prefix { $0 != "=" }
            return (String(name), String(pair.dropFirst(name.count + 1)))
        }
        return try await respond(WebhookRequest(method: "GET", path: path(thread), query: pairs))
    }

    func respond(_ request: WebhookRequest) async throws -> Reply {
        guard let response = await chat.respond(to: request) else { throw NotForTheChat() }
        return Reply(response: response)
    }

    struct NotForTheChat: Error {}
}

/// A response, read as JSON where it is asked to be.
struct Reply: Sendable {
    var response: WebhookResponse

    var status: Int { response.status }
    var text: String { String(decoding: response.body, as: UTF8.self) }
    var json: JSONValue { (try? JSONDecoder().decode(JSONValue.self, from: Data(response.body))) ?? .null }
    var messages: [JSONValue] { if case .array(let messages)? = json["messages"] { messages } else { [] } }
    var texts: [String] { messages.compactMap { $0["text"]?.string } }
    var authors: [String] { messages.compactMap { $0["author"]?.string } }

    func header(_ name: String) -> String? { WebhookRequest(headers: response.headers).header(name) }

    /// The text of a member, `nil` where there is none.
    subscript(name: String) -> String? { json[name]?.string }
}
