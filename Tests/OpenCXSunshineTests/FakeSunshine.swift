import OpenCXCore
import OpenCXTesting

/// A small Sunshine Conversations in memory: users, conversations, messages, a switchboard. Writes down what it is asked, and fails
/// where a test wants it to. Its pages are short.
final class FakeSunshine: HTTPClient {
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

    struct Conversation: Sendable {
        var user: String
        var metadata: JSONValue
        var active: String?
        var messages: [JSONValue] = []
        /// The metadata of the last pass of control.
        var passed: JSONValue = .null
    }

    struct State: Sendable {
        var users: [String: JSONValue] = [:]
        var conversations: [(id: String, value: Conversation)] = []
        /// Switchboard integrations in the order of the switchboard; the first one gets new conversations.
        var board = ["bot", "workspace", "mail"]
        var types = ["bot": "zd:answerBot", "workspace": "zd:agentWorkspace", "mail": "mailer"]
        var hasStandbyEvents = true
        var isEnabled = true
        var takesAddresses = true
        var triggers = ["conversation:message", "switchboard:releaseControl", "switchboard:passControl"]
        var secret = Sunshine.secret
        var nextID = 100
        var calls: [String] = []
        var requests: [HTTPRequest] = []
        var faults: [Int: Fault] = [:]
        var refusal: Int?

        mutating func newID(_ kind: String) -> String {
            nextID += 1
            return "\(kind)\(nextID)"
        }

        func index(_ id: some StringProtocol) -> Int? { conversations.firstIndex { $0.id == id } }
    }

    let state = Locked(State())

    func open(_ request: HTTPRequest) async throws -> HTTPResponseStream {
        let (response, fault) = state.withLock { state -> (HTTPResponse, Fault?) in
            let path = String(request.url.dropFirst(Sunshine.url.count))
            let number = state.calls.count
            let short = String(path.prefix { $0 != "?" }).replacing("/v2/apps/5d8cff3c", with: "")
            state.calls.append("\(request.method) \(short)")
            state.requests.append(request)
            let fault = state.faults[number]
            switch fault {
            case .busy: return (HTTPResponse(status: 503), fault)
            case .tooMany:
                return (HTTPResponse(status: 429, headers: [(name: "Retry-After", value: "93")], body: []), fault)
            case .dropped: return (HTTPResponse(status: 0), fault)
            case .lost, .cut, nil:
                if let refusal = state.refusal { return (HTTPResponse(status: refusal), nil) }
                return (Self.answer(request, short, path, &state), fault)
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

    func conversation(_ id: String) -> Conversation? {
        state.withLock { state in state.index(id).map { state.conversations[$0].value } }
    }

    func texts(_ id: String) -> [String] {
        (conversation(id)?.messages ?? []).map { $0["content"]?["text"]?.string ?? "" }
    }

    /// What a person sees in Zendesk, in the end; ids differ from run to run.
    func picture() -> String {
        state.withLock { state in
            state.conversations.map { _, conversation in
                let passed = conversation.passed
                let first = conversation.messages.firstIndex { $0["id"] == passed["first_message_id"] } ?? -1
                let head = [
                    conversation.user, conversation.active ?? "-",
                    conversation.metadata["opencx_session"]?.string ?? "-",
                    passed["dataCapture.systemField.tags"]?.string ?? "-", "first \(first)",
                ].joined(separator: " ")
                let messages = conversation.messages.map { message in
                    let author = message["author"]
                    return (author?["type"]?.string ?? "") + " " + (author?["userExternalId"]?.string ?? "") + ": "
                        + (message["content"]?["text"]?.string ?? "")
                }
                return ([head] + messages).joined(separator: "\n")
            }.joined(separator: "\n\n") + "\n\(state.users.keys.sorted())"
        }
    }

    /// What happens in Zendesk.
    func control(_ id: String, by active: String?) {
        state.withLock { state in
            if let place = state.index(id) { state.conversations[place].value.active = active }
        }
    }

    func write(_ text: String, in id: String, source: String = "zd:agentWorkspace") {
        state.withLock { state in
            let number = state.newID("m")
            guard let place = state.index(id) else { return }
            state.conversations[place].value.messages.append([
                "id": .string(number), "author": ["type": "business", "displayName": "Ana"],
                "content": ["type": "text", "text": .string(text)], "source": ["type": .string(source)],
            ])
        }
    }
}
