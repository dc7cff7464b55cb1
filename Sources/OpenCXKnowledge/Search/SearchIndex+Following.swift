public import OpenCXCore

extension SearchIndex {
    /// Keeps the index in step with a store that others write to as well, until the task is cancelled. Runs beside
    /// ``/OpenCXCore/Agent/run()`` in whatever embeds the agent:
    ///
    /// ```swift
    /// try await withThrowingTaskGroup(of: Void.self) { group in
    ///     group.addTask { try await agent.run() }
    ///     group.addTask { try await index.follow(store, clock: clock) { log($0) } }
    ///     try await group.waitForAll()
    /// }
    /// ```
    ///
    /// Looks at once and then time and again; where nothing has changed, that reads one number. What this process stores by
    /// ``/OpenCXCore/KnowledgeSync`` does not wait for it. The store has the last word: an article that it does not hold
    /// leaves the index.
    ///
    /// - Parameters:
    ///   - store: what holds the articles.
    ///   - interval: how long to wait between two looks.
    ///   - clock: what that is measured by.
    ///   - report: told why the store could not be read. The index answers as it is, and the next look tries again.
    /// - Throws: `CancellationError` when the task is cancelled, and nothing else.
    public func follow(
        _ store: any KnowledgeStore, every interval: Duration = .seconds(5), clock: any AgentClock,
        report: @Sendable (any Error) -> Void = { _ in }
    ) async throws {
        while true {
            do {
                if try await store.knowledgeVersion() != knowledgeVersion { try await refresh(from: store) }
            } catch {
                // A store may say in its own way that it was interrupted.
                try Task.checkCancellation()
                report(error)
            }
            try await clock.sleep(until: clock.now() + interval)
        }
    }
}
