import OpenCXAccess
import OpenCXCore
import OpenCXREST
import OpenCXTesting
import Testing

/// An agent with its API, and a key for it. Every answer is checked against the API's own document.
struct Site {
    let clock = ManualClock()
    let store = InMemoryStore()
    let access = InMemoryAccessStore()
    let endpoint = RecordingEndpoint(id: "crm")
    let agent: Agent
    let api: RESTAPI
    let keys: APIKeys
    let key: Secret
    let checker: DocumentChecker

    /// - Parameters:
    ///   - scopes: what the key is good for; `nil` for everything.
    ///   - limit: how often it may ask in a minute.
    ///   - wait: how long `send` waits.
    ///   - answerer: who answers customers.
    ///   - configure: changes the API's parts.
    init(
        scopes: Set<APIScope>? = nil, limit: Int = 10_000, wait: Duration = .seconds(25),
        answerer: any Answerer = ScriptedAnswerer(answering: "Yes, we do."), people: (any PersonDirectory)? = nil,
        configure: (inout RESTParts) -> Void = { _ in }
    ) async throws {
        let ids = SequentialIDs()
        let actions = ScriptedActions([
            ActionDefinition(name: "find_order", summary: "Find an order by its number", effect: .lookup)
        ]) { _ in ActionResult(fields: [:]) }
        agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(["Returns": "You can return items within 30 days."]),
                answerer: answerer, actions: actions, people: people, settings: TeamSettings(store: access),
                channels: [APIChannel(), RecordingChannel(id: "web", kind: .web)], endpoints: [endpoint],
                clock: clock, ids: ids),
            settings: AgentSettings(scenarios: [
                TrainingScenario(name: "Tone", kind: .behavioral, content: "Be brief.")
            ]))
        keys = APIKeys(store: access, ids: ids, clock: clock)
        key = try await keys.create(name: "Test", scopes: scopes).key
        var parts = RESTParts(
            agent: agent, keys: keys, memory: AnswerMemory(store: access, clock: clock),
            limiter: RateLimiter(.init(limit, per: .seconds(60)), clock: clock), documents: access, replyWait: wait)
        parts.authenticateWidgetUser = { user in
            WidgetUserToken(token: Secret("token of \(user.handle.attributes.count)"), contact: "contact-1")
        }
        parts.importActions = { request in
            guard request.document.first == UInt8(ascii: "{") else { throw ActionImportError("This is no document.") }
            return ActionImportReport(
                actions: [ActionDefinition(name: "added", summary: "What was added", effect: .change)],
                refused: [("other", "It has no name.")])
        }
        configure(&parts)
        api = RESTAPI(parts)
        checker = DocumentChecker(api.document)
    }

    /// Sends a request and checks the answer against the document.
    @discardableResult
    func send(
        _ method: String, _ path: String, _ body: JSONValue? = nil, key: Secret? = nil, idempotency: String? = nil,
        at location: SourceLocation = #_sourceLocation
    ) async throws -> Answered {
        var headers = [("Authorization", "Bearer " + (key ?? self.key).reveal())]
        if body != nil { headers.append(("Content-Type", "application/json")) }
        if let idempotency { headers.append(("Idempotency-Key", idempotency)) }
        return try await send(request(method, path, headers, body?.serialized() ?? []), at: location)
    }

    func request(
        _ method: String, _ path: String, _ headers: [(String, String)], _ body: [UInt8] = []
    ) -> WebhookRequest {
        let parts = path.split(separator: "?", maxSplits: 1)
        let query = parts.count < 2 ? [] : parts[1].split(separator: "&")
        return WebhookRequest(
            method: method, path: String(parts[0]),
            query: query.map { pair in
                let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (String(sides[0]), sides.count > 1 ? String(sides[1]) : "")
            }, headers: headers, body: body)
    }

    @discardableResult
    func send(_ request: WebhookRequest, at location: SourceLocation = #_sourceLocation) async throws -> Answered {
        guard case .response(let response)? = await api.answer(request) else {
            throw Unanswered(path: request.path)
        }
        let json = try JSONValue(parsing: response.body)
        for problem in checker.problems(with: response, json, to: request) {
            Issue.record("\(request.method) \(request.path): \(problem)", sourceLocation: location)
        }
        return Answered(status: response.status, headers: response.headers, json: json, response: response)
    }

    /// Does something while the agent runs.
    func running<Output: Sendable>(_ body: () async throws -> Output) async throws -> Output {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [agent] in try await agent.run() }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    /// A message of a customer, on one of the agent's channels.
    @discardableResult
    func receive(
        _ text: String, on channel: ChannelID = "api", thread: ThreadID = "thread-1", customer: String = "jo"
    ) async throws -> AcceptedMessage {
        let kind: ChannelKind = channel == "api" ? .api : .web
        return try await agent.receive(
            InboundMessage(
                channel: channel, channelKind: kind, thread: thread, providerID: nil,
                sender: ContactHandle(email: "\(customer)@example.com", name: customer, isVerified: true),
                text: UnredactedText(text))
        ).0
    }
}

struct Unanswered: Error { var path: String }

struct Answered {
    var status: Int
    var headers: [(name: String, value: String)]
    var json: JSONValue
    var response: WebhookResponse

    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
    subscript(name: String) -> JSONValue { json[name] ?? .null }
    var message: String { json["message"]?.string ?? "" }
    var items: [JSONValue] { if case .array(let items)? = json["items"] { items } else { [] } }
}

extension JSONValue {
    /// The member at a path of names: `event.content.text`.
    func at(_ path: String) -> JSONValue? {
        path.split(separator: ".").reduce(self) { value, name in value?[String(name)] }
    }
}

/// Compares answers with an OpenAPI document.
struct DocumentChecker {
    private let document: JSONValue
    private let definitions: [String: JSONValue]

    init(_ document: JSONValue) {
        self.document = document
        var definitions: [String: JSONValue] = [:]
        if case .object(let schemas)? = document.at("components.schemas") {
            for (name, schema) in schemas { definitions["#/components/schemas/" + name] = schema }
        }
        self.definitions = definitions
    }

    /// Every operation: its method, its path, and what the document says of it.
    var operations: [(method: String, path: String, operation: JSONValue)] {
        guard case .object(let paths)? = document["paths"] else { return [] }
        return paths.flatMap { path, item -> [(String, String, JSONValue)] in
            guard case .object(let methods) = item else { return [] }
            return methods.map { ($0.key.uppercased(), path, $0.value) }
        }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    }

    func problems(with response: WebhookResponse, _ json: JSONValue, to request: WebhookRequest) -> [String] {
        let paths = operations.filter { Self.matches($0.path, request.path) }
        let most = paths.map { Self.fixed($0.path) }.max()
        let here = paths.filter { Self.fixed($0.path) == most }
        guard let operation = here.first(where: { $0.method == request.method })?.operation else {
            return response.status == 405 ? [] : ["the document has no such operation"]
        }
        guard let described = operation["responses"]?[String(response.status)] else {
            return ["the document has no answer \(response.status)"]
        }
        var problems: [String] = []
        let type = response.headers.first { $0.name == "content-type" }?.value
        if type != "application/json; charset=utf-8" { problems.append("the content type is \(type ?? "missing")") }
        if let schema = described["content"]?["application/json"]?["schema"] {
            problems += JSONSchema(schema, definitions: definitions).check(json, coerces: false).violations
                .map(\.description)
        }
        return problems
    }

    static func matches(_ template: String, _ path: String) -> Bool {
        let (a, b) = (template.split(separator: "/"), path.split(separator: "/"))
        return a.count == b.count && zip(a, b).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }

    private static func fixed(_ template: String) -> Int {
        template.split(separator: "/").count { !$0.hasPrefix("{") }
    }
}
