internal import OpenCXCore

/// A conversation as server-sent events: what a poll would tell, as it happens, and replies while they grow.
///
/// | event | data |
/// | --- | --- |
/// | `state` | what a poll answers, with the messages since the last one; its id is what a browser gives back when it comes again |
/// | `reply` | `{"message", "text", "begins"}`: more text of a reply, or its beginning |
/// | `retracted` | `{"message"}`: what was shown of it is not said after all |
///
/// Nothing is kept for a reader that is slow: whoever sends the events asks for the next one when it has sent the last.
final class ChatStream: Sendable {
    private struct State: Sendable {
        var session: String?
        var after: Int
        var situation: [String: JSONValue]?
        var waiting: [ReplyPiece] = []
        var mustLook = true
        var spokeAt: Timestamp
        var pause = LookPause()
        var isOver = false
    }

    private enum News: Sendable {
        case changed
        case piece(ReplyPiece)
        case time
    }

    private let agent: Agent
    private let channel: ChannelID
    private let thread: ThreadID
    private let pieces: ReplyBroadcast.Pieces?
    private let state: Locked<State>

    /// A comment now and then keeps proxies from taking the connection for dead, and finds out who has gone.
    private static let heartbeat = Duration.seconds(15)

    init(agent: Agent, channel: ChannelID, thread: ThreadID, session: String?, after: Int) {
        self.agent = agent
        self.channel = channel
        self.thread = thread
        let streaming = agent.parts.channels.first { $0.id == channel } as? WebChannel
        pieces = streaming?.growingReplies(in: thread)
        state = Locked(State(session: session, after: after, spokeAt: agent.parts.clock.now()))
    }

    /// The events, one for each that is asked for.
    var body: AsyncStream<[UInt8]> {
        AsyncStream(unfolding: { await self.next() })
    }

    /// The next event; `nil` at the end.
    private func next() async -> [UInt8]? {
        while !state.withLock({ $0.isOver }) {
            if Task.isCancelled {
                state.withLock { $0.isOver = true }
                // Said so that the page comes again soon, and not with everybody else at the same moment.
                let delay = 1000 + Int(agent.parts.ids.fraction() * 4000)
                return Array("retry: \(delay)\n: the server is stopping\n\n".utf8)
            }
            if let piece = state.withLock({ $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }) {
                if let event = self.event(of: piece) { return spoken(event) }
                continue
            }
            do {
                if let event = try await goOn() { return spoken(event) }
            } catch {
                // The store is in trouble, or the conversation was erased; the page finds out which when it comes again.
                state.withLock { $0.isOver = true }
            }
        }
        return nil
    }

    private func spoken(_ event: String) -> [UInt8] {
        let now = agent.parts.clock.now()
        state.withLock { $0.spokeAt = now }
        return Array(event.utf8)
    }

    /// Looks where there may be something new, else waits for it.
    private func goOn() async throws -> String? {
        let mark = await agent.markOfOtherWriters()
        let session = try await latest()
        if let event = try await look(session) { return event }
        // Listening before looking once more, so that nothing falls in between.
        let events = agent.events(in: session.id)
        if let event = try await look(latest()) { return event }
        // A session that follows one that has ended is not heard here.
        return await wait(for: events, since: session.status == .open ? mark : nil, isOpen: session.status == .open)
    }

    private func latest() async throws -> Session {
        guard let session = try await agent.parts.store.latestSession(channel: channel, thread: thread) else {
            throw StoreError(.refused, "There is no such conversation.")
        }
        return session
    }

    private func look(_ session: Session) async throws -> String? {
        let (known, seen) = state.withLock { ($0.session, $0.after) }
        let after = known == nil || known == session.id.rawValue ? seen : 0
        let hasMore = session.lastSequence > after
        let entries = hasMore ? try await agent.parts.store.history(session.id, after: after, limit: 200) : []
        let now = ChatState(agent: agent, session: session, entries: entries, after: after)
        let isNews = state.withLock { state in
            defer { (state.session, state.after, state.situation) = (session.id.rawValue, now.last, now.situation) }
            return !entries.isEmpty || state.situation != now.situation
        }
        guard isNews else { return nil }
        return Self.event("state", try await now.json(), id: "\(session.id.rawValue):\(now.last)")
    }

    private func wait(for events: AsyncStream<AgentEvent>, since mark: Int?, isOpen: Bool) async -> String? {
        let (agent, clock) = (agent, agent.parts.clock)
        let (spokeAt, pause) = state.withLock { state in
            defer { if isOpen { state.pause.lengthen() } else { state.pause = LookPause() } }
            return (state.spokeAt, state.pause)
        }
        let news = await withTaskGroup(of: News?.self) { group in
            group.addTask {
                for await _ in events { return .changed }
                return nil
            }
            if let pieces {
                group.addTask {
                    var iterator = pieces.makeAsyncIterator()
                    return await iterator.next().map(News.piece)
                }
            }
            group.addTask {
                await agent.sleep(since: mark, pause, until: spokeAt + Self.heartbeat)
                return Task.isCancelled ? nil : .time
            }
            var news = [await group.next() ?? nil]
            group.cancelAll()
            // A piece that came at the same moment as something else is not to be lost.
            for await more in group { news.append(more) }
            return news
        }
        for case .piece(let piece) in news { state.withLock { $0.waiting.append(piece) } }
        let isQuiet = !news.contains { if case .time = $0 { false } else { $0 != nil } }
        if !isQuiet { state.withLock { $0.pause = LookPause() } }
        return clock.now() >= spokeAt + Self.heartbeat && isQuiet && !Task.isCancelled ? ": still here\n\n" : nil
    }

    private func event(of piece: ReplyPiece) -> String? {
        let message = JSONValue.string(piece.message.rawValue)
        return switch piece.content {
        case .began(let text):
            Self.event("reply", ["message": message, "text": .string(text.text), "begins": true])
        case .grew(let text):
            Self.event("reply", ["message": message, "text": .string(text.text), "begins": false])
        case .retracted: Self.event("retracted", ["message": message])
        // It comes with the conversation's messages.
        case .committed: nil
        }
    }

    private static func event(_ name: String, _ data: JSONValue, id: String? = nil) -> String {
        let line = String(decoding: data.serialized(), as: UTF8.self)
        return (id.map { "id: \($0)\n" } ?? "") + "event: \(name)\ndata: \(line)\n\n"
    }
}
