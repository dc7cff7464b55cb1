extension Agent {
    /// Waits until something is told of a session, or of any, or the time has come: for handlers whose callers wait for news.
    package func wait(
        for events: AsyncStream<AgentEvent>, of session: SessionID? = nil, until time: Timestamp
    ) async {
        let clock = parts.clock
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await event in events where session == nil || event.session == session { return }
            }
            group.addTask { try? await clock.sleep(until: time) }
            await group.next()
            group.cancelAll()
        }
    }
}
