extension Agent {
    /// Waits until something is told of a session, or of any, or the time has come: for handlers whose callers wait for news.
    package func wait(
        for events: AsyncStream<AgentEvent>, of session: SessionID? = nil, until time: Timestamp
    ) async {
        let clock = parts.clock
        await firstOf(events, of: session) { try? await clock.sleep(until: time) }
    }

    /// Waits until something is told, another process has written to the store since `mark`, or the time has come. Where the mark
    /// tells nothing, the first pause ends it.
    package func wait(
        for events: AsyncStream<AgentEvent>, since mark: Int?, _ pause: LookPause, until time: Timestamp
    ) async {
        await firstOf(events, of: nil) { await self.sleep(since: mark, pause, until: time) }
    }

    /// What ``sleep(since:_:until:)`` compares; to be had before looking into the store, so that nothing falls in between.
    package func markOfOtherWriters() async -> Int? { await others.mark() }

    /// Sleeps until another process may have written to the store since `mark`, or the time has come.
    package func sleep(since mark: Int?, _ pause: LookPause, until time: Timestamp) async {
        let clock = parts.clock
        var pause = pause
        while true {
            let next = min(time, clock.now() + pause.length(parts.ids.fraction()))
            guard (try? await clock.sleep(until: next)) != nil, next < time, let mark else { return }
            guard await others.mark() == mark else { return }
            pause.lengthen()
        }
    }

    private func firstOf(
        _ events: AsyncStream<AgentEvent>, of session: SessionID?, _ end: @escaping @Sendable () async -> Void
    ) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await event in events where session == nil || event.session == session { return }
            }
            group.addTask { await end() }
            await group.next()
            group.cancelAll()
        }
    }
}

/// How long somebody who waits for news may not see what another process has written: a second at first, later more, for
/// thousands of pages that wait are as many questions.
package struct LookPause: Sendable {
    private static let (shortest, longest) = (Duration.seconds(1), Duration.seconds(8))
    private var duration = shortest

    package init() {}

    /// Not the same for everybody who came at the same moment.
    func length(_ fraction: Double) -> Duration { duration * (0.5 + fraction / 2) }

    package mutating func lengthen() { duration = min(duration * 2, Self.longest) }
}
