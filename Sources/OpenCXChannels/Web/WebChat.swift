public import OpenCXCore

/// The request handlers of the web chat: what an embedding server mounts.
///
/// | request | response |
/// | --- | --- |
/// | `POST /v1/sessions/{id}/messages` | 202, once the message is stored |
/// | `GET /v1/sessions/{id}/messages?after=N&wait=S&session=X` | what came after entry N of session X; waits up to S seconds (at most 25) for something |
/// | `GET /v1/sessions/{id}/stream?after=N&session=X` | the same as server-sent events, with replies while they grow |
/// | `POST /v1/sessions/{id}/resolve` | the customer is done; the session ends |
/// | `POST /v1/sessions/{id}/rating` with `{"score", "comment"}` | what the customer thinks of it, once it has ended |
/// | `POST /v1/sessions/{id}/files?name=N` | keeps a file for a message, where the channel takes files |
/// | `GET /v1/files/{file}` | such a file |
/// | `GET /widget.js` | the chat, as one script for any page |
/// | `GET /` | a page with nothing but the chat |
///
/// A conversation's id is made by the page and cannot be guessed; it is the only key to the conversation.
public struct WebChat: Sendable {
    /// The paths, with what changes in them left open: for a log that tells nothing of anybody.
    public static let routes =
        ["/", "/widget.js", "/v1/files/{file}"]
        + ["messages", "stream", "resolve", "rating", "files"].map { "/v1/sessions/{id}/\($0)" }

    let agent: Agent
    let channel: ChannelID
    private let page: WebChatPage
    private let origins: WebOrigins

    /// Makes handlers for an agent that has a ``WebChannel`` with this id.
    ///
    /// - Parameters:
    ///   - agent: the agent.
    ///   - channel: the channel's name.
    ///   - page: what the chat shows before anybody has written.
    ///   - origins: which other sites may show the chat.
    public init(
        agent: Agent, channel: ChannelID = "web", page: WebChatPage = WebChatPage(), origins: WebOrigins = .none
    ) {
        self.agent = agent
        self.channel = channel
        self.page = page
        self.origins = origins
    }

    /// Answers a request; `nil` when it is not for the web chat.
    public func answer(_ request: WebhookRequest) async -> WebhookAnswer? {
        guard request.method == "GET", let path = ChatPath(request.path), path.resource == .stream else {
            return await respond(to: request).map(WebhookAnswer.response)
        }
        return await stream(path.thread, request)
    }

    /// Answers a request with a whole response; `nil` when it is not for the web chat. Of a stream, it is the first poll.
    public func respond(to request: WebhookRequest) async -> WebhookResponse? {
        if let asset = page.asset(for: request, files: files) {
            return request.method == "GET" ? asset : .error(405, "Use GET.")
        }
        if request.path.hasPrefix("/v1/files/") { return await file(request) }
        guard request.path.hasPrefix("/v1/sessions/") else { return nil }
        if request.method == "OPTIONS", origins != .none { return origins.preflight(request) }
        return origins.answering(await respond(within: request), to: request)
    }

    private func respond(within request: WebhookRequest) async -> WebhookResponse {
        guard let path = ChatPath(request.path) else {
            return .error(404, "A session id has 16 to 64 letters, digits and hyphens.")
        }
        switch (request.method, path.resource) {
        case ("POST", .messages): return await agent.handle(request, on: channel)
        case ("GET", .messages), ("GET", .stream): return await messages(of: path.thread, request)
        case ("POST", .resolve): return await resolve(path.thread, request)
        case ("POST", .rating): return await rate(path.thread, request)
        case ("POST", .files): return await keep(request, of: path.thread)
        case (_, .messages): return .error(405, "Use GET or POST.")
        case (_, .stream): return .error(405, "Use GET.")
        case (_, .resolve), (_, .rating), (_, .files): return .error(405, "Use POST.")
        }
    }

    var files: WebFiles? { (agent.parts.channels.first { $0.id == channel } as? WebChannel)?.files }

    private func stream(_ thread: ThreadID, _ request: WebhookRequest) async -> WebhookAnswer {
        // What a browser gives back when it comes again: the session and the last entry that it has.
        let known = request.header("last-event-id")?.split(separator: ":")
        let last = known?.count == 2 ? known?.last.flatMap { Int($0) } : nil
        let session = last == nil ? request.parameter("session") : known?.first.map(String.init)
        guard let after = last ?? Int(request.parameter("after") ?? "0"), after >= 0 else {
            return .response(
                origins.answering(.error(400, "\"after\" must be a whole number from 0."), to: request))
        }
        // A browser takes an answer of another kind for the end, and does not come again by itself.
        let isKnown = try? await agent.parts.store.latestSession(channel: channel, thread: thread) != nil
        guard isKnown == true else {
            let response =
                isKnown == nil
                ? WebhookResponse.error(503, "The conversation cannot be read at the moment. Please try again.")
                : .error(404, "There is no conversation with this id yet.")
            return .response(origins.answering(response, to: request))
        }
        let stream = ChatStream(agent: agent, channel: channel, thread: thread, session: session, after: after)
        return .stream(
            WebhookStream(
                headers: [
                    ("content-type", "text/event-stream; charset=utf-8"), ("cache-control", "no-store"),
                    ("x-content-type-options", "nosniff"), ("x-accel-buffering", "no"),
                ] + origins.headers(for: request), body: stream.body))
    }

    private func messages(of thread: ThreadID, _ request: WebhookRequest) async -> WebhookResponse {
        guard let after = Int(request.parameter("after") ?? "0"), after >= 0,
            let wait = Int(request.parameter("wait") ?? "0"), (0...25).contains(wait)
        else { return .error(400, "\"after\" must be a whole number from 0, and \"wait\" one from 0 to 25.") }
        do {
            // Thousands of pages that came at the same moment, after a restart say, are not to come again at the same one.
            let patience = Duration.milliseconds(wait < 10 ? wait * 1000 : wait * (800 + Int(200 * fraction)))
            let end = agent.parts.clock.now() + patience
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
        var pause = LookPause()
        var listening: (session: SessionID, events: AsyncStream<AgentEvent>)?
        while true {
            let mark = await agent.markOfOtherWriters()
            guard let session = try await store.latestSession(channel: channel, thread: thread) else {
                return .error(404, "There is no conversation with this id yet.")
            }
            // A page that knows an earlier session of the thread starts over with this one.
            let after = known == nil || known == session.id.rawValue ? after : 0
            let hasMore = session.lastSequence > after
            let entries = hasMore ? try await store.history(session.id, after: after, limit: 200) : []
            let now = agent.parts.clock.now()
            if !entries.isEmpty || now >= end {
                return try await response(session, entries, after: after)
            }
            if let listening, listening.session == session.id {
                // A session that follows one that has ended is not heard here.
                let isOpen = session.status == .open
                await agent.wait(for: listening.events, since: isOpen ? mark : nil, pause, until: end)
                if isOpen { pause.lengthen() } else { pause = LookPause() }
                // Who is told to end has still not missed anything.
                if Task.isCancelled { return try await response(session, [], after: after) }
            }
            // Listening before looking once more, so that nothing falls in between.
            listening = (session.id, agent.events(in: session.id))
        }
    }

    private var fraction: Double { agent.parts.ids.fraction() }

    private func response(_ session: Session, _ entries: [HistoryEntry], after: Int) async throws -> WebhookResponse {
        let state = ChatState(agent: agent, session: session, entries: entries, after: after)
        var response = WebhookResponse.json(try await state.json())
        // A private conversation: for no cache, and for no browser to take for anything but JSON.
        response.headers += [("cache-control", "no-store"), ("x-content-type-options", "nosniff")]
        return response
    }
}
