/// Whether another process has written to the store, asked for once a second at most, on behalf of all who wait for news.
final class OtherWriters: Sendable {
    private struct State {
        var mark: Int?
        var askedAt: Timestamp?
    }

    private let store: any Store
    private let clock: any AgentClock
    private let state = Locked(State())

    init(store: any Store, clock: any AgentClock) {
        self.store = store
        self.clock = clock
    }

    /// The store's mark, at most a second old; `nil` where it cannot be told.
    func mark() async -> Int? {
        let now = clock.now()
        let known: Int?? = state.withLock { state in
            if let askedAt = state.askedAt, askedAt <= now, now - askedAt < .seconds(1) { return state.mark }
            state.askedAt = now
            return .none
        }
        if let known { return known }
        let mark = (try? await store.markOfOtherWriters()) ?? nil
        state.withLock { $0.mark = mark }
        return mark
    }
}
