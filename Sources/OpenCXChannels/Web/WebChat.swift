public import OpenCXCore

/// The request handlers of the web chat: what an embedding server mounts.
///
/// | request | response |
/// | --- | --- |
/// | `POST /v1/sessions/{id}/messages` | 202, once the message is stored |
/// | `GET /v1/sessions/{id}/messages?after=N&wait=S&session=X` | what came after entry N of session X; waits up to S seconds (at most 25) for something |
/// | `GET /`, `/chat.css`, `/chat.js` | the chat page |
public struct WebChat: Sendable {
    /// The paths, with what changes in them left open: for a log that tells nothing of anybody.
    public static let routes = ["/", "/chat.css", "/chat.js", "/v1/sessions/{id}/messages"]

    private let agent: Agent
    private let channel: ChannelID
    private let page: WebChatPage

    /// Makes handlers for an agent that has a ``WebChannel`` with this id.
    public init(agent: Agent, channel: ChannelID = "web", page: WebChatPage = WebChatPage()) {
        self.agent = agent
        self.channel = channel
        self.page = page
    }

    /// Answers a request; `nil` when it is not for the web chat.
    public func answer(_ request: WebhookRequest) async -> WebhookAnswer? {
        await respond(to: request).map(WebhookAnswer.response)
    }

    /// Answers a request with a whole response; `nil` when it is not for the web chat.
    public func respond(to request: WebhookRequest) async -> WebhookResponse? {
        if let asset = page.asset(at: request.path) {
            return request.method == "GET" ? asset : .error(405, "Use GET.")
        }
        guard request.path.hasPrefix("/v1/sessions/") else { return nil }
        guard let path = ChatPath(request.path) else {
            return .error(404, "A session id has 16 to 64 letters, digits and hyphens.")
        }
        switch request.method {
        case "POST": return await agent.handle(request, on: channel)
        case "GET": return await messages(of: path.thread, request)
        default: return .error(405, "Use GET or POST.")
        }
    }

    private func messages(of thread: ThreadID, _ request: WebhookRequest) async -> WebhookResponse {
        guard let after = Int(request.parameter("after") ?? "0"), after >= 0,
            let wait = Int(request.parameter("wait") ?? "0"), (0...25).contains(wait)
        else { return .error(400, "\"after\" must be a whole number from 0, and \"wait\" one from 0 to 25.") }
        do {
            let end = agent.parts.clock.now() + .seconds(wait)
            return try await poll(thread, after: after, of: request.parameter("session"), until: end)
        } catch is CancellationError {
            return .error(503, "The server is stopping.")
        } catch {
            return .error(503, "The conversation cannot be read at the moment. Please try again.")
        }
    }

    private func poll(
        _ thread: ThreadID, after: Int, of known: String?, until end: Timestamp
    ) async throws -> WebhookResponse {
        let store = agent.parts.store
        var pause = Self.shortestPause
        while true {
            // Listening before looking, so that nothing falls in between.
            guard let session = try await store.latestSession(channel: channel, thread: thread) else {
                return .error(404, "There is no conversation with this id yet.")
            }
            let events = agent.events(in: session.id)
            // A page that knows an earlier session of the thread starts over with this one.
            let after = known == nil || known == session.id.rawValue ? after : 0
            let entries = try await store.history(session.id, after: after, limit: 200)
            let now = agent.parts.clock.now()
            if !entries.isEmpty || now >= end {
                return try await response(session, entries, after: after)
            }
            // Another process on the same store is not heard here, nor is a next session, so look again from time to time.
            await wait(for: events, until: min(end, now + pause))
            pause = session.status == .open ? min(pause * 2, Self.longestPause) : Self.shortestPause
            // Who is told to end has still not missed anything.
            if Task.isCancelled { return try await response(session, [], after: after) }
        }
    }

    /// How long a page may not see what another process has written: a second at first, later more, for thousands of pages
    /// that wait are as many questions to the store.
    private static let (shortestPause, longestPause) = (Duration.seconds(1), Duration.seconds(8))

    private func wait(for events: AsyncStream<AgentEvent>, until time: Timestamp) async {
        let clock = agent.parts.clock
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in events { return }
            }
            group.addTask { try? await clock.sleep(until: time) }
            await group.next()
            group.cancelAll()
        }
    }

    private func response(_ session: Session, _ entries: [HistoryEntry], after: Int) async throws -> WebhookResponse {
        var messages: [JSONValue] = []
        for entry in entries {
            guard let message = entry.message else { continue }
            messages.append(try await json(message, entry.sequence, in: session.id))
        }
        let owner =
            switch session.owner {
            case .ai: "ai"
            case .team: "team"
            case .person: "person"
            }
        var response = WebhookResponse.json([
            "session": .string(session.id.rawValue), "ticket": .integer(Int64(session.ticket.rawValue)),
            "status": .string(session.status.rawValue), "owner": .string(owner), "working": .bool(session.awaitsAI),
            "last": .integer(Int64(entries.last?.sequence ?? after)), "messages": .array(messages),
        ])
        // A private conversation: for no cache, and for no browser to take for anything but JSON.
        response.headers += [("cache-control", "no-store"), ("x-content-type-options", "nosniff")]
        return response
    }

    private func json(_ message: Message, _ sequence: Int, in session: SessionID) async throws -> JSONValue {
        var author = "ai"
        var name = JSONValue.null
        switch message.author {
        case .customer: author = "customer"
        case .ai: break
        case .person(let person): (author, name) = ("person", .string(person.rawValue))
        }
        let citations = message.citations.map { citation -> JSONValue in
            ["title": .string(citation.title.text), "url": citation.url.map(JSONValue.string) ?? .null]
        }
        return [
            "sequence": .integer(Int64(sequence)), "id": .string(message.id.rawValue), "author": .string(author),
            "name": name,
            "text": .string(try await agent.text(of: message, in: session).reveal()),
            "citations": .array(citations), "at": .string(message.at.description),
        ]
    }
}
