/// Takes up one kind of work as it becomes due, a bounded number of things at once, until the task is cancelled.
struct WorkLoop: Sendable {
    /// How many things are done at once.
    var width: Int
    /// Raised when there may be something to do.
    var signal: Signal
    /// How often to look for what another process on the same store has left.
    var pollInterval: Duration
    var clock: any AgentClock
    /// Takes up to this many things up, and returns how to do each.
    var claim: @Sendable (Int) async throws -> [@Sendable () async -> Void]
    /// When the next thing is due.
    var nextDue: @Sendable () async throws -> Timestamp?
    /// Told when the store is in trouble. It may recover, and until then nothing is acknowledged that is not stored.
    var failed: @Sendable (any Error) -> Void

    func run() async {
        let running = Locked(0)
        let (width, signal) = (width, signal)
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let free = width - running.withLock(\.self)
                if free <= 0 {
                    await signal.wait()
                    continue
                }
                do {
                    let taken = try await claim(free)
                    for perform in taken {
                        running.withLock { $0 += 1 }
                        group.addTask {
                            await perform()
                            let wasFull = running.withLock { count in
                                count -= 1
                                return count == width - 1
                            }
                            if wasFull { signal.raise() }
                        }
                    }
                    if taken.count < free, !signal.take() { await wait(until: try await nextDue()) }
                } catch {
                    failed(error)
                    await wait(until: clock.now() + .seconds(1))
                }
            }
        }
    }

    private func wait(until due: Timestamp?) async {
        let poll = clock.now() + pollInterval
        let end = min(due ?? poll, poll)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await signal.wait() }
            group.addTask { try? await clock.sleep(until: end) }
            await group.next()
            group.cancelAll()
        }
    }
}
