import OpenCXCore

/// A small Zendesk in memory: tickets, comments, users, idempotency keys, safe updates. Writes down what it is asked, and fails where
/// a test wants it to.
final class FakeZendesk: HTTPClient {
    enum Fault: Sendable, CaseIterable {
        /// Refused before anything was done.
        case busy
        case tooMany
        /// Nothing arrived.
        case dropped
        /// Done, and the answer got lost.
        case lost
        /// Done, and the answer was cut.
        case cut
    }

    struct State: Sendable {
        var tickets: [Int64: [String: JSONValue]] = [:]
        var comments: [Int64: [[String: JSONValue]]] = [:]
        var users: [Int64: [String: JSONValue]] = [:]
        var keys: [String: (id: Int64, body: [UInt8])] = [:]
        var webhookSecret = Zendesk.secret
        var nextID: Int64 = 100
        var tick = 0
        var calls: [String] = []
        var bodies: [JSONValue] = []
        var faults: [Int: Fault] = [:]
        var findsNewTickets = true
        /// Done once, right after the next read of a ticket.
        var race: (@Sendable (inout State) -> Void)?
    }

    let state: Locked<State>

    init() {
        var state = State()
        state.users[Zendesk.agent] = Zendesk.user(Zendesk.agent, "AI", "ai@acme.example", role: "agent")
        state.users[Zendesk.ana] = Zendesk.user(Zendesk.ana, "Ana", "ana@acme.example", role: "agent")
        self.state = Locked(state)
    }

    func open(_ request: HTTPRequest) async throws -> HTTPResponseStream {
        let (response, fault) = state.withLock { state -> (HTTPResponse, Fault?) in
            let path = request.url.dropFirst(Zendesk.url.count)
            let number = state.calls.count
            state.calls.append("\(request.method) \(path.prefix { $0 != "?" })")
            state.bodies.append((try? JSONValue(parsing: request.body)) ?? .null)
            let fault = state.faults[number]
            switch fault {
            case .busy: return (HTTPResponse(status: 503), fault)
            case .tooMany:
                let headers = [(name: "Retry-After", value: "93")]
                return (HTTPResponse(status: 429, headers: headers, body: Array("Number of allowed".utf8)), fault)
            case .dropped: return (HTTPResponse(status: 0), fault)
            case .lost, .cut, nil: return (Self.answer(request, String(path), &state), fault)
            }
        }
        switch fault {
        case .dropped: throw HTTPClientError(.unreachable, "The host cannot be reached.")
        case .lost: throw HTTPClientError(.interrupted, "The connection broke.")
        case .cut:
            return HTTPResponseStream(
                HTTPResponse(status: response.status, headers: response.headers, body: Array(response.body.dropLast())))
        default: return HTTPResponseStream(response)
        }
    }

    var calls: [String] { state.withLock(\.calls) }

    /// What a person sees in Zendesk, in the end.
    func picture() -> String {
        state.withLock { state in
            state.tickets.keys.sorted().enumerated().map { place, id in
                let ticket = state.tickets[id] ?? [:]
                let head = [
                    "ticket \(place)", ticket["status"]?.string ?? "", "assignee \(ticket["assignee_id"]?.number ?? 0)",
                    "group \(ticket["group_id"]?.number ?? 0)", ticket["external_id"]?.string ?? "-",
                    (ticket["tags"]?.texts ?? []).sorted().joined(separator: ","),
                ].joined(separator: " ")
                let comments = (state.comments[id] ?? []).map { comment in
                    "\(comment["public"] == true ? "public" : "note") \(comment["author_id"]?.number ?? 0): "
                        + (comment["body"]?.string ?? "")
                }
                return ([head] + comments).joined(separator: "\n")
            }.joined(separator: "\n\n") + "\n\(state.users.count) users"
        }
    }

    func comments(of id: Int64) -> [String] {
        state.withLock { ($0.comments[id] ?? []).map { $0["body"]?.string ?? "" } }
    }

    func ticket(_ id: Int64) -> [String: JSONValue] { state.withLock { $0.tickets[id] ?? [:] } }

    /// A ticket that a customer's mail has made.
    func mail(_ id: Int64, assignee: Int64? = nil, status: String = "open", from: Int64 = 501) {
        state.withLock { state in
            state.users[from] = Zendesk.user(from, "Jane Doe", "jane@example.com", role: "end-user")
            state.tickets[id] = [
                "id": .integer(id), "status": .string(status), "assignee_id": assignee.map { .integer($0) } ?? .null,
                "requester_id": .integer(from), "subject": "Opening hours", "tags": ["vip"],
                "via": ["channel": "email"], "external_id": .null, "updated_at": .string(state.stamp()),
            ]
            state.comments[id] = [
                [
                    "id": .integer(id * 10), "author_id": .integer(from), "public": true, "body": "When are you open?",
                    "created_at": .string(state.stamp()),
                ]
            ]
        }
    }
}

extension FakeZendesk.State {
    mutating func stamp() -> String {
        tick += 1
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        return "2026-09-21T\(two(10 + tick / 3600)):\(two(tick / 60 % 60)):\(two(tick % 60))Z"
    }

    mutating func newID() -> Int64 {
        nextID += 1
        return nextID
    }

    /// What somebody does in Zendesk.
    mutating func change(_ id: Int64, _ members: [String: JSONValue]) {
        tickets[id]?.merge(members) { $1 }
        let now = stamp()
        tickets[id]?["updated_at"] = .string(now)
    }
}

extension JSONValue {
    var number: Int64? { if case .integer(let number) = self { number } else { nil } }
    var texts: [String] { if case .array(let values) = self { values.compactMap(\.string) } else { [] } }
    var values: [JSONValue] { if case .array(let values) = self { values } else { [] } }
    var members: [String: JSONValue] { if case .object(let members) = self { members } else { [:] } }
}
