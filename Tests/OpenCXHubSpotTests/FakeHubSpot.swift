import OpenCXCore
import OpenCXTesting

/// HubSpot as far as the adapter uses it: conversations, tickets, contacts and notes in memory, behind its HTTP
/// interface. Keeps the calls it was sent, and fails where it is told to.
final class FakeHubSpot: HTTPClient {
    /// What goes wrong with a call.
    enum Fault: Sendable, Hashable {
        /// The connection does not come about: nothing is done.
        case unreachable
        /// It is done, and the answer is lost.
        case lostAnswer
        /// It is done, and half of the answer arrives.
        case truncatedAnswer
        /// An answer that is no success; nothing is done.
        case status(Int, body: String = "{}", retryAfter: String? = nil)
    }

    struct Thread: Sendable {
        var id: String
        var status = "OPEN"
        var assignee: String?
        var inbox = "1"
        var channel = "1002"
        var ticket: String?
        var isSpam = false
        var entries: [JSONValue] = []
    }

    struct Record: Sendable {
        var id: String
        var properties: [String: String]
        var at: Timestamp
        /// By type of what it is associated with.
        var associated: [String: [String]] = [:]
        /// Whether search finds it already.
        var isIndexed = false
    }

    struct State: Sendable {
        var threads: [String: Thread] = [:]
        var records: [String: [String: Record]] = ["tickets": [:], "contacts": [:], "notes": [:]]
        var lastID = 500
        var calls: [String] = []
        var faults: [Int: Fault] = [:]
        var token = "token"
        /// The properties of tickets that the account has made, and those of them that are unique.
        var properties: Set<String> = []
        var unique: Set<String> = []
        var searchLags = false
        /// Is done before a call is answered: by what it is, and by its number.
        var before: [String: @Sendable (inout State) -> Void] = [:]
        var beforeCall: [Int: @Sendable (inout State) -> Void] = [:]

        mutating func nextID() -> String {
            lastID += 1
            return String(lastID)
        }
    }

    let clock: ManualClock
    private let state = Locked(State())

    init(clock: ManualClock = ManualClock()) {
        self.clock = clock
    }

    /// Changes the account behind the adapter's back, as people do.
    @discardableResult
    func change<Result: Sendable>(_ body: (inout State) -> Result) -> Result { state.withLock { body(&$0) } }

    var calls: [String] { state.withLock(\.calls) }
    var snapshot: State { state.withLock { $0 } }

    func forgetCalls() { change { ($0.calls, $0.faults, $0.beforeCall) = ([], [:], [:]) } }

    /// Fails the call with this number, from 0.
    func fail(_ call: Int, with fault: Fault) { change { $0.faults[call] = fault } }

    /// A call as it came: method, path in pieces, query, body.
    struct Call {
        var method: String
        var path: [String]
        var query: [String: String]
        var body: JSONValue
    }

    func open(_ request: HTTPRequest) async throws -> HTTPResponseStream {
        let call = Self.call(request)
        let now = clock.now()
        let (answer, fault) = state.withLock { state -> (HTTPResponse, Fault?) in
            let line = call.method + " /" + call.path.joined(separator: "/")
            let fault = state.faults[state.calls.count]
            state.beforeCall[state.calls.count]?(&state)
            state.calls.append(line)
            state.before[line]?(&state)
            switch fault {
            case .unreachable: return (HTTPResponse(status: 0), fault)
            case .status(let status, let body, let retryAfter):
                let headers = retryAfter.map { [("Retry-After", $0)] } ?? []
                return (HTTPResponse(status: status, headers: headers, body: Array(body.utf8)), fault)
            case .lostAnswer, .truncatedAnswer, nil: break
            }
            if call.path != ["oauth", "v1", "token"],
                !request.headers.contains(where: { $0.name == "authorization" && $0.value == "Bearer \(state.token)" })
            {
                return (Self.error(401, "INVALID_AUTHENTICATION"), fault)
            }
            return (state.answer(call, at: now), fault)
        }
        switch fault {
        case .unreachable: throw HTTPClientError(.unreachable, "nobody is there.")
        case .lostAnswer: throw HTTPClientError(.interrupted, "the connection broke.")
        case .truncatedAnswer:
            var half = answer
            half.body = Array(answer.body.prefix(answer.body.count / 2))
            return HTTPResponseStream(half)
        case .status, nil: return HTTPResponseStream(answer)
        }
    }

    private static func call(_ request: HTTPRequest) -> Call {
        let rest = request.url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).last ?? ""
        let parts = rest.split(separator: "?", maxSplits: 1)
        let path = parts[0].split(separator: "/").dropFirst().map { piece in
            FormFields(Array("x=\(piece)".utf8))?["x"] ?? ""
        }
        var query: [String: String] = [:]
        for field in parts.count > 1 ? FormFields(Array(parts[1].utf8))?.all ?? [] : [] {
            query[field.name] = field.value
        }
        return Call(
            method: request.method, path: path, query: query,
            body: (try? JSONValue(parsing: request.body)) ?? .null)
    }

    static func error(_ status: Int, _ category: String, message: String = "customer@example.com is bad")
        -> HTTPResponse
    {
        HTTPResponse(
            status: status,
            body: (["status": "error", "category": .string(category), "message": .string(message)] as JSONValue)
                .serialized())
    }

    static func ok(_ value: JSONValue, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, headers: [("content-type", "application/json")], body: value.serialized())
    }
}

extension FakeHubSpot.State {
    mutating func answer(_ call: FakeHubSpot.Call, at time: Timestamp) -> HTTPResponse {
        let path = call.path
        switch path.first {
        case "conversations" where path.count > 2 && path[1] == "2026-09-beta":
            guard threads[path[3]] != nil else { return FakeHubSpot.error(404, "OBJECT_NOT_FOUND") }
            threads[path[3]]?.assignee = call.body["actorId"]?.string
            return FakeHubSpot.ok(.null)
        case "conversations": return conversations(call, Array(path.dropFirst(3)), at: time)
        case "crm" where path[2] == "owners":
            return FakeHubSpot.ok([
                "results": [["id": "77", "userId": 7], ["id": "88", "userId": 8], ["id": "99", "userId": 9]]
            ])
        case "crm": return records(call, Array(path.dropFirst(3)), at: time)
        case "oauth":
            return FakeHubSpot.ok(["access_token": .string(token), "refresh_token": "r", "expires_in": 1800])
        default: return FakeHubSpot.error(404, "OBJECT_NOT_FOUND")
        }
    }
}
