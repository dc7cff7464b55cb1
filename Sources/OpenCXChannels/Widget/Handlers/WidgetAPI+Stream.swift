internal import OpenCXCore

/// The streaming endpoints of version 5.
extension WidgetAPI {
    /// `POST chat/stream`: takes the message in, and streams the reply to it.
    func stream(
        _ fields: Fields, _ visitor: WidgetVisitor, _ request: WebhookRequest
    ) async throws -> WebhookAnswer {
        do {
            let taken = try await take(fields, visitor)
            return .stream(stream(of: taken.watch(agent), in: taken.session.thread, leftMode: taken.leftMode != nil))
        } catch let refusal as Refusal {
            return .response(.error(refusal.status, refusal.message))
        }
    }

    /// `GET chat/{id}/stream`: the reply that is being made, from its beginning; or nothing, where none is.
    func resume(_ id: String, _ visitor: WidgetVisitor) async throws -> WebhookAnswer {
        let (session, _) = try await session(id, of: visitor)
        guard session.awaitsAI else { return .response(WebhookResponse(status: 204)) }
        let watch = MessageWatch(agent: agent, session: session.id, sequence: session.lastCustomerSequence)
        return .stream(stream(of: watch, in: session.thread, leftMode: false))
    }

    /// `POST chat/{id}/stop`: the customer wants no more of the reply than they have read. Harmless where none is being made.
    func stop(_ id: String, _ visitor: WidgetVisitor) async throws -> JSONValue {
        let (session, _) = try await session(id, of: visitor)
        // The page keeps what it shows of a reply that its customer stops, until the history has that, and sends nothing before.
        let shown = channel.replies[session.thread].map { (id: $0.message, text: $0.text) }
        guard let after = try await agent.stopReply(in: session.id, shown: shown) else {
            throw WidgetProblem.noSession
        }
        return ["success": true, "stopped": .bool(session.awaitsAI && !after.awaitsAI)]
    }

    /// `GET chat/{id}/messages`: the history by turns. Parts are given where there is more to show than the stored messages.
    func turns(_ id: String, _ visitor: WidgetVisitor, _ request: WebhookRequest) async throws -> JSONValue {
        let (session, _) = try await session(id, of: visitor)
        var turns: [Turn] = []
        var actions: [ActionRecord] = []
        var begins = true
        for entry in try await entries(of: session) {
            if let action = entry.action { actions.append(action) }
            guard let message = entry.message else { continue }
            guard message.author == .ai else {
                begins = true
                continue
            }
            if begins { turns.append(Turn()) }
            begins = false
            turns[turns.count - 1].add(message, shown(actions))
            actions = []
        }
        return ["turns": .array(turns.map(\.json)), "handled_connection_request_ids": []]
    }

    /// What the AI has said in a row. Where there are parts, the page shows them in place of these messages, and of no others.
    private struct Turn {
        private var messages: [Message] = []
        private var parts: [JSONValue] = []
        private var hasActions = false

        mutating func add(_ message: Message, _ actions: [ActionRecord]) {
            messages.append(message)
            for (place, action) in actions.enumerated() {
                let isDone = action.outcome == .succeeded
                parts.append([
                    "type": .string("tool-\(action.name)"), "toolCallId": .string("\(message.id)-\(place + 1)"),
                    "state": .string(isDone ? "output-available" : "output-error"),
                    "input": .object(action.arguments.mapValues { .string($0.text) }),
                    isDone ? "output" : "errorText": isDone ? action.resultJSON : .string(action.result.text),
                ])
            }
            hasActions = hasActions || !actions.isEmpty
            parts.append(["type": "text", "text": .string(message.text.text), "state": "done"])
        }

        var json: JSONValue {
            [
                "turn_id": .string(messages[0].id.rawValue), "ui_parts": hasActions ? .array(parts) : .null,
                "message_uuids": .array(messages.map { .string($0.id.rawValue) }),
            ]
        }
    }

    private func stream(of watch: MessageWatch, in thread: ThreadID, leftMode: Bool) -> WebhookStream {
        let reader = ReplyReader(api: self, watch: watch, thread: thread, leftMode: leftMode)
        return WebhookStream(
            status: 200, headers: UIMessageStream.headers, body: AsyncStream { await reader.next() })
    }
}

/// Reads one reply as it grows, and to its end. To be asked by one task; whoever stops asking changes nothing.
private final class ReplyReader: Sendable {
    private let api: WidgetAPI
    private let watch: MessageWatch
    private let thread: ThreadID
    private let leftMode: Bool
    private let state: Locked<State>

    private struct State {
        var stream = UIMessageStream()
        var isOver = false
        var lastSent: Timestamp
        let end: Timestamp
    }

    /// After how long without news a sign of life is sent.
    private static let patience = Duration.seconds(15)

    init(api: WidgetAPI, watch: MessageWatch, thread: ThreadID, leftMode: Bool) {
        (self.api, self.watch, self.thread, self.leftMode) = (api, watch, thread, leftMode)
        let now = api.agent.parts.clock.now()
        // A stream costs less than a request that waits, and shows that it lives.
        state = Locked(State(lastSent: now, end: now + api.settings.replyTimeout * 6))
    }

    /// The next bytes; `nil` at the end, or when the reading task is cancelled.
    func next() async -> [UInt8]? {
        var current = state.withLock(\.self)
        defer { state.withLock { $0 = current } }
        let clock = api.agent.parts.clock
        while !current.isOver, !Task.isCancelled {
            // Listening before looking, so that nothing falls in between.
            let events = api.agent.events(in: watch.session)
            let pieces = api.channel.replies.changes(in: thread)
            await look(&current)
            var bytes = current.stream.take()
            let now = clock.now()
            if bytes.isEmpty, now >= current.lastSent + Self.patience { bytes = UIMessageStream.stillHere }
            if !bytes.isEmpty {
                current.lastSent = now
                return bytes
            }
            await watch.pause(until: now + .seconds(1), events, pieces)
        }
        return nil
    }

    private func look(_ current: inout State) async {
        do {
            let reply = api.channel.replies[thread]
            guard let report = try await watch.look() else {
                current.stream.abort()
                current.isOver = true
                return
            }
            if case .pending = report.fate, api.agent.parts.clock.now() < current.end {
                // Taken before the look: what grows then is the reply to this message, for it was still waited for.
                if let reply { current.stream.show(reply.text.text, of: reply.message) }
                return
            }
            current.isOver = true
            end(&current.stream, report)
        } catch {
            current.isOver = true
            current.stream.fail("The conversation cannot be read at the moment. The reply will be there soon.")
        }
    }

    private func end(_ stream: inout UIMessageStream, _ report: MessageWatch.Report) {
        var metadata: [String: JSONValue] = ["sessionIsHandedOff": .bool(report.session.owner != .ai)]
        if leftMode { metadata["didExitMode"] = true }
        switch report.fate {
        case .answered(let message, let entries):
            stream.show(message.text.text, of: message.id)
            stream.add(message.citations, api.shown(entries.compactMap(\.action)))
            stream.settle(message.id, rows: [message.id])
            metadata["mightSolveUserIssue"] = .bool(WidgetAPI.mightSolve(message, entries, report.session))
        case .cancelled: return stream.abort()
        case .assigned:
            stream.retract()
            metadata["code"] = "session_assigned_to_human_agent"
        case .unanswered:
            stream.retract()
            metadata["code"] = "skipping_unuseful_response"
        case .pending: metadata["code"] = "response_pending"
        }
        stream.finish(metadata)
    }
}
