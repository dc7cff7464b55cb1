internal import OpenCXCore

/// What has become of a customer's message.
enum MessageFate: Sendable {
    /// The AI has answered; these entries of the history came with the answer, which is the last of them.
    case answered(Message, with: [HistoryEntry])
    /// The customer has written again, or has stopped the reply: the next message is answered, if any.
    case cancelled
    /// It is for people: the AI does not answer in this session.
    case assigned
    /// The AI had nothing to say to it.
    case unanswered
    /// The AI is at it.
    case pending
}

/// Looks for what becomes of one message of a session, and waits for it.
struct MessageWatch: Sendable {
    let agent: Agent
    let session: SessionID
    /// The message's place in the history.
    let sequence: Int

    /// What is to be told: the session, and what has become of the message in it.
    struct Report: Sendable {
        var session: Session
        var fate: MessageFate
    }

    /// How the message stands; `nil` when the session is gone.
    func look() async throws -> Report? {
        guard let session = try await agent.parts.store.session(session) else { return nil }
        let isSettled = session.settledSequence >= sequence
        if !isSettled, session.lastCustomerSequence > sequence { return Report(session: session, fate: .cancelled) }
        if !isSettled, session.awaitsAI { return Report(session: session, fate: .pending) }
        let entries = try await agent.parts.store.history(session.id, after: sequence, limit: 100)
        return Report(session: session, fate: Self.fate(entries, in: session))
    }

    private static func fate(_ entries: [HistoryEntry], in session: Session) -> MessageFate {
        var before: [HistoryEntry] = []
        for (place, entry) in entries.enumerated() {
            before.append(entry)
            switch entry.event {
            case .message(let message) where message.author == .ai:
                // What was read of a reply that was stopped is no answer.
                if case .withheld(.stopped, _)? = entries.dropFirst(place + 1).first?.event { return .cancelled }
                return .answered(message, with: before)
            case .message(let message) where message.author == .customer: return .cancelled
            case .withheld(.stopped, _): return .cancelled
            default: break
            }
        }
        return session.owner == .ai ? .unanswered : .assigned
    }

    /// Waits until something has become of the message, or until the time has come; then it is still pending.
    ///
    /// - Throws: `CancellationError` when the waiting task is cancelled.
    func wait(until end: Timestamp) async throws -> Report? {
        while true {
            // Listening before looking, so that nothing falls in between.
            let events = agent.events(in: session)
            guard let report = try await look() else { return nil }
            let now = agent.parts.clock.now()
            guard case .pending = report.fate, now < end else { return report }
            // Another process on the same store is not heard here, so look again every second.
            await pause(until: min(end, now + .seconds(1)), events)
            try Task.checkCancellation()
        }
    }

    /// Waits until something happens in the session, something more is shown of its reply, or the time has come.
    func pause(
        until time: Timestamp, _ events: AsyncStream<AgentEvent>, _ pieces: ReplyBroadcast.Pieces? = nil
    ) async {
        let clock = agent.parts.clock
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in events { return }
            }
            if let pieces {
                group.addTask {
                    for await _ in pieces { return }
                }
            }
            group.addTask { try? await clock.sleep(until: time) }
            await group.next()
            group.cancelAll()
        }
    }
}
