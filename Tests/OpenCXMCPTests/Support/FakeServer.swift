import OpenCXCore
import OpenCXMCP
import OpenCXTesting

/// An MCP server over HTTP that behaves as test code says, and remembers what it was sent.
final class FakeServer: HTTPClient {
    struct Behavior: Sendable {
        var tools: [JSONValue] = [Tools.find, Tools.refund]
        var pageSize = 100
        var version = "2025-06-18"
        var capabilities: JSONValue = ["tools": ["listChanged": true]]
        /// What the server calls its session; `nil` for a server without sessions.
        var session: String? = "session-1"
        /// Whether answers come as events, and what the server sends before them.
        var answersInEvents = false
        var before: [JSONValue] = []
        /// How a request with this method is answered, in place of the usual.
        var own: [String: @Sendable (JSONValue) throws -> HTTPResponseStream] = [:]
    }

    private struct State: Sendable {
        var behavior: Behavior
        var requests: [HTTPRequest] = []
    }

    private let state: Locked<State>
    /// The methods of what arrives, in order.
    let arrivals: AsyncStream<String>
    private let arrived: AsyncStream<String>.Continuation

    init(_ change: (inout Behavior) -> Void = { _ in }) {
        var behavior = Behavior()
        change(&behavior)
        state = Locked(State(behavior: behavior))
        (arrivals, arrived) = AsyncStream.makeStream()
    }

    func change(_ change: @Sendable (inout Behavior) -> Void) { state.withLock { change(&$0.behavior) } }

    var requests: [HTTPRequest] { state.withLock(\.requests) }
    /// The messages that arrived.
    var messages: [JSONValue] { requests.compactMap { try? JSONValue(parsing: $0.body) } }
    /// The methods that arrived.
    var methods: [String] { messages.compactMap { $0["method"]?.string } }
    /// The parameters of the calls of tools.
    var calls: [JSONValue] { messages.filter { $0["method"] == "tools/call" }.compactMap { $0["params"] } }

    func open(_ request: HTTPRequest) async throws -> HTTPResponseStream {
        let behavior = state.withLock { state in
            state.requests.append(request)
            return state.behavior
        }
        let message = (try? JSONValue(parsing: request.body)) ?? .null
        let method = message["method"]?.string ?? request.method
        defer { arrived.yield(method) }
        if let own = behavior.own[method] { return try own(message) }
        guard request.method == "POST" else { return HTTPResponseStream(HTTPResponse(status: 405)) }
        guard let id = message["id"], message["method"] != nil else {
            return HTTPResponseStream(HTTPResponse(status: 202))
        }
        if method != "initialize", let session = behavior.session, request.header("Mcp-Session-Id") != session {
            return HTTPResponseStream(HTTPResponse(status: 404))
        }
        let answer: JSONValue = ["jsonrpc": "2.0", "id": id, "result": Self.result(method, message, behavior)]
        var response = Self.response([answer], behavior)
        if method == "initialize", let session = behavior.session {
            response.headers.append(("Mcp-Session-Id", session))
        }
        return HTTPResponseStream(response)
    }

    private static func response(_ messages: [JSONValue], _ behavior: Behavior) -> HTTPResponse {
        guard behavior.answersInEvents else {
            return HTTPResponse(
                status: 200, headers: [("Content-Type", "application/json")], body: messages[0].serialized())
        }
        let events = (behavior.before + messages).map {
            "event: message\ndata: \(String(decoding: $0.serialized(), as: UTF8.self))\n\n"
        }
        return HTTPResponse(
            status: 200, headers: [("Content-Type", "text/event-stream; charset=utf-8")],
            body: Array((": hello\n\n" + events.joined()).utf8))
    }

    private static func result(_ method: String, _ message: JSONValue, _ behavior: Behavior) -> JSONValue {
        switch method {
        case "initialize":
            return [
                "protocolVersion": .string(behavior.version), "capabilities": behavior.capabilities,
                "serverInfo": ["name": "fake", "version": "1"],
            ]
        case "tools/list":
            let start = message["params"]?["cursor"]?.string.flatMap(Int.init) ?? 0
            let end = min(start + behavior.pageSize, behavior.tools.count)
            var page: [String: JSONValue] = ["tools": .array(Array(behavior.tools[start..<end]))]
            if end < behavior.tools.count { page["nextCursor"] = .string("\(end)") }
            return .object(page)
        case "tools/call":
            return ["content": [["type": "text", "text": "done"]]]
        default: return [:]
        }
    }
}

/// Tools for tests.
enum Tools {
    static let find: JSONValue = [
        "name": "orders.find", "title": "Find an order", "description": "Finds an order\nby its number.",
        "annotations": ["readOnlyHint": true],
        "inputSchema": [
            "type": "object", "properties": ["orderId": ["type": "integer"], "customer": ["type": "string"]],
            "required": ["orderId"],
        ],
    ]
    static let refund: JSONValue = [
        "name": "refund", "description": "Sends the money back.",
        "inputSchema": [
            "type": "object",
            "properties": [
                "to": ["type": "string", "format": "email"], "money": ["$ref": "#/definitions/Money Amount"],
            ],
            "required": ["to"],
            "definitions": ["Money Amount": ["type": "object", "properties": ["amount": ["type": "number"]]]],
        ],
    ]
}

extension MCPActions {
    convenience init(
        _ server: FakeServer, clock: ManualClock = ManualClock(), settings: MCPSettings = MCPSettings()
    ) throws {
        try self.init(
            MCPEndpoint(url: "https://mcp.example.com/mcp", token: Secret("t0ken")), http: server, clock: clock,
            settings: settings)
    }
}

extension HTTPResponseStream {
    /// A body of JSON.
    static func json(_ text: String, status: Int = 200) -> HTTPResponseStream {
        HTTPResponseStream(
            HTTPResponse(status: status, headers: [("Content-Type", "application/json")], body: Array(text.utf8)))
    }
}

extension HTTPRequest {
    func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }
}

extension ActionCall {
    init(_ name: String, _ values: [String: JSONValue] = [:]) {
        self.init(
            name: name, values: values.mapValues(UnredactedJSON.init), idempotencyKey: "effect-1", session: "s1",
            ticket: TicketNumber(rawValue: 4521))
    }

    static let find = ActionCall("orders_find", ["orderId": 4711])
    static let refund = ActionCall("refund", ["to": "canary.bird@example.org"])
}
