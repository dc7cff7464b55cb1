/// The times by which things have to be over. One task looks after all of them, because nearly all are over long before, and a
/// timer that is given up costs as much as one that goes off.
final class Deadlines: Sendable {
    private struct State {
        var last = 0
        var open: [Int: (time: Timestamp, isReached: @Sendable () -> Void)] = [:]
    }

    private let state = Locked(State())

    /// - Returns: the number by which it is removed.
    func add(_ time: Timestamp, _ isReached: @escaping @Sendable () -> Void) -> Int {
        state.withLock { state in
            state.last += 1
            state.open[state.last] = (time, isReached)
            return state.last
        }
    }

    func remove(_ number: Int) {
        state.withLock { _ = $0.open.removeValue(forKey: number) }
    }

    /// The first one.
    var next: Timestamp? { state.withLock { $0.open.values.lazy.map(\.time).min() } }

    /// Tells whose time has come.
    func reach(_ now: Timestamp) {
        let reached = state.withLock { state in
            let reached = state.open.filter { $0.value.time <= now }.sorted { $0.key < $1.key }
            for (number, _) in reached { state.open[number] = nil }
            return reached.map(\.value.isReached)
        }
        for isReached in reached { isReached() }
    }
}
