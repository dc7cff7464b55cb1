/// What this process delivers to one destination.
///
/// A turn that commits a reply may take up its delivery in the same transaction and hand it over here, which saves the store a
/// round; it reserves a place first, so that what is handed over stays bounded.
final class DeliveryQueue: Sendable {
    private struct State {
        var isOpen = false
        var reserved = 0
        var handed: [Agent.Delivery] = []
    }

    let destination: OutboxDestination
    let signal = Signal()
    private let limit: Int
    private let state = Locked(State())

    init(_ destination: OutboxDestination, limit: Int) {
        self.destination = destination
        self.limit = limit
    }

    /// From now on there is somebody who delivers.
    func open() { state.withLock { $0.isOpen = true } }

    /// Ends that, and returns what was handed over and nobody has begun.
    func close() -> [Agent.Delivery] {
        state.withLock { state in
            state.isOpen = false
            defer { state.handed = [] }
            return state.handed
        }
    }

    /// Keeps a place for a delivery. `false` when there is none, or nobody who delivers.
    func reserve() -> Bool {
        state.withLock { state in
            guard state.isOpen, state.reserved + state.handed.count < limit else { return false }
            state.reserved += 1
            return true
        }
    }

    /// Hands a delivery over in the place that was kept for it, or gives the place back.
    ///
    /// - Returns: whether somebody will deliver it.
    func hand(_ delivery: Agent.Delivery?) -> Bool {
        let isTaken = state.withLock { state in
            state.reserved -= 1
            guard let delivery, state.isOpen else { return false }
            state.handed.append(delivery)
            return true
        }
        if isTaken { signal.raise() }
        return isTaken
    }

    /// Takes up what was handed over.
    func take(_ count: Int) -> [Agent.Delivery] {
        state.withLock { state in
            let taken = state.handed.prefix(count)
            state.handed.removeFirst(taken.count)
            return Array(taken)
        }
    }
}
