internal import OpenCXCore

/// The requests that the listener is working on, and whether it still takes new ones.
final class InFlight: Sendable {
    enum Phase: Sendable {
        /// New requests are welcome.
        case open
        /// What has begun may finish, nothing new begins.
        case draining
        /// Nothing may wait for a handler any more.
        case stopping
    }

    private struct State: Sendable {
        var phase = Phase.open
        var exchanges: [ObjectIdentifier: Exchange] = [:]
        /// How many threads are inside the library's resume call at this moment.
        var resuming = 0
        var changes: AsyncStream<Void>.Continuation?
    }
    private let state = Locked(State())

    var phase: Phase { state.withLock { $0.phase } }

    func insert(_ exchange: Exchange) {
        state.withLock { $0.exchanges[ObjectIdentifier(exchange)] = exchange }
    }

    func remove(_ exchange: Exchange) {
        change { $0.exchanges[ObjectIdentifier(exchange)] = nil }
    }

    /// Counts a thread that is about to resume a connection: the library's memory must outlive that call, even when
    /// the connection's own thread has already answered it.
    func whileResuming(_ body: () -> Void) {
        state.withLock { $0.resuming += 1 }
        body()
        change { $0.resuming -= 1 }
    }

    /// Moves to a later phase and returns what is in flight at that moment.
    func enter(_ phase: Phase) -> [Exchange] {
        state.withLock {
            $0.phase = phase
            return Array($0.exchanges.values)
        }
    }

    /// Waits until nothing is in flight.
    ///
    /// - Returns: `false` when the time was over first.
    func waitUntilEmpty(atMost limit: Duration) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask { await self.wait { $0.exchanges.isEmpty && $0.resuming == 0 } }
            group.addTask {
                try? await Task.sleep(for: limit)
                return false
            }
            let first = await group.next() ?? false
            group.cancelAll()
            return first
        }
    }

    /// Waits until no thread is inside the resume call. It does not block, so this takes microseconds.
    func waitUntilNothingResumes() async {
        _ = await wait { $0.resuming == 0 }
    }

    private func wait(until holds: @Sendable (State) -> Bool) async -> Bool {
        let (changes, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        if state.withLock({ state in
            state.changes = continuation
            return holds(state)
        }) {
            return true
        }
        for await _ in changes where state.withLock({ holds($0) }) { return true }
        return false
    }

    private func change(_ body: (inout State) -> Void) {
        state.withLock { state in
            body(&state)
            return state.changes
        }?.yield()
    }
}
