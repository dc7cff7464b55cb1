import OpenCXCore
import Testing

@testable import OpenCXWidget

/// What the published widget does, as far as it shows: it shows a message before it is sent, adds what comes back, drops what it
/// knows the id of, and changes nothing that it shows.
struct WidgetClient {
    struct Shown: Hashable {
        var id: String
        var kind: String
        var text: String
    }

    let desk: WidgetDesk
    let externalID: String
    private(set) var contact: String
    private(set) var session: JSONValue = .null
    private(set) var messages: [Shown] = []
    private(set) var config: JSONValue = .null
    private var sent = 0

    /// Opens the widget on a page.
    init(_ desk: WidgetDesk, externalID: String = "11111111-2222-4333-8444-555555555555", contact: String? = nil)
        async throws
    {
        self.desk = desk
        self.externalID = externalID
        config = try await desk.call("GET", "config").json
        if let contact {
            self.contact = contact
        } else {
            let reply = try await desk.call("POST", "contact/create-unverified", [:])
            #expect(reply.status == 200)
            self.contact = try #require(reply["token"]?.string)
        }
        _ = try await sessions()
    }

    var sessionID: String { session["id"]?.string ?? "" }

    /// The typing indicator is shown, and the visitor may write nothing.
    var isLocked: Bool { session["assignee"]?["kind"] == "ai" && messages.last?.kind == "user" }

    func sessions(cursor: (name: String, value: String)? = nil) async throws -> WidgetReply {
        let filters = JSONValue.object(["external_id": .string(externalID)])
        var query = [(name: "filters", value: String(decoding: filters.serialized(), as: UTF8.self))]
        if let cursor { query.append(cursor) }
        return try await desk.call("GET", "sessions", as: contact, query: query)
    }

    mutating func createSession(_ data: [String: JSONValue] = [:]) async throws {
        var data = data
        data["external_id"] = .string(externalID)
        let reply = try await desk.call("POST", "create-session", ["customData": .object(data)], as: contact)
        #expect(reply.status == 200, "\(reply.text)")
        session = reply.json
        messages = []
    }

    /// What the widget sends for what was typed.
    func body(_ text: String, uuid: String, _ more: [String: JSONValue] = [:]) -> JSONValue {
        .object(
            [
                "uuid": .string(uuid), "content": .string(text), "session_id": .string(sessionID),
                "bot_token": .string(WidgetDesk.token), "headers": [:], "query_params": [:], "body_properties": [:],
                "language": "en", "attachments": [], "clientContext": [:], "custom_data": [:],
            ].merging(more, uniquingKeysWith: { $1 }))
    }

    mutating func nextID() -> String {
        sent += 1
        return "00000000-0000-4000-8000-\(String(repeating: "0", count: 11))\(sent)"
    }

    /// Writes, waits for the answer, and shows it.
    @discardableResult
    mutating func write(_ text: String, _ more: [String: JSONValue] = [:]) async throws -> WidgetReply {
        if session == .null { try await createSession() }
        let uuid = nextID()
        for words in more["initial_messages"]?.items ?? [] {
            show(words["uuid"]?.string ?? "", "ai", words["content"]?.string ?? "")
        }
        show(uuid, "user", text)
        let reply = try await desk.call("POST", "chat/send", body(text, uuid: uuid, more), as: contact)
        if let session = reply["session"] { self.session = session }
        if let answer = reply["autopilotResponse"] {
            show(answer["id"]?.string ?? "no id", "ai", answer["value"]?["content"]?.string ?? "")
        }
        return reply
    }

    @discardableResult
    mutating func poll() async throws -> [JSONValue] {
        let reply = try await desk.call("GET", "poll/\(sessionID)", as: contact)
        #expect(reply.status == 200)
        session = reply["session"] ?? .null
        let history = reply["history"]?.items ?? []
        for entry in history {
            let kind = entry["sender"]?["kind"]?.string ?? ""
            let payload = entry["systemMessagePayload"]?["type"]?.string ?? ""
            if kind == "unknown" || (kind == "system" && payload == "none") { continue }
            show(
                entry["publicId"]?.string ?? "", kind == "system" ? payload : kind,
                entry["content"]?["text"]?.string ?? "")
        }
        return history
    }

    mutating func show(_ id: String, _ kind: String, _ text: String) {
        if !messages.contains(where: { $0.id == id }) { messages.append(Shown(id: id, kind: kind, text: text)) }
    }

    /// A widget that is opened anew on the same device.
    func reopened() -> WidgetClient {
        var copy = self
        copy.messages = []
        return copy
    }
}
