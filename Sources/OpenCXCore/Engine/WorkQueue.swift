/// One kind of work in this process: what is being done, what was handed over to be done next, and whether the store may hold
/// more of it.
///
/// Who stores work that is due at once may take it up in the same transaction and hand it over here, which saves the store a
/// round. A place is kept for it first, so that what is handed over stays bounded; and there is none while the store may hold
/// work that has waited longer.
final class WorkQueue<Work: Sendable>: Sendable {
    private struct State {
        var isOpen = false
        /// Taken up by the loop.
        var running = 0
        /// Places that are kept.
        var reserved = 0
        var handed: [Work] = []
        /// Whether the store may hold work that is due and that nobody has taken up.
        var mayHoldMore = true
    }

    /// How many things are done at once.
    let width: Int
    /// How many more may have been handed over meanwhile.
    private let backlog: Int
    private let signal = Signal()
    private let state = Locked(State())

    init(width: Int, backlog: Int = 0) {
        self.width = width
        self.backlog = backlog
    }

    /// There may be something in the store.
    func look() {
        state.withLock { $0.mayHoldMore = true }
        signal.raise()
    }

    // MARK: Handing over

    /// A place for what is about to be taken up; `nil` when there is none.
    func place() -> Place? {
        let isKept = state.withLock { state in
            guard state.isOpen, !state.mayHoldMore,
                state.running + state.reserved + state.handed.count < width + backlog
            else { return false }
            state.reserved += 1
            return true
        }
        return isKept ? Place(queue: self) : nil
    }

    /// A place in the queue, to be used or given back.
    struct Place {
        fileprivate let queue: WorkQueue

        /// - Returns: whether somebody will do it.
        func hand(_ work: Work) -> Bool { queue.fill(work) }

        func giveBack() { _ = queue.fill(nil) }
    }

    private func fill(_ work: Work?) -> Bool {
        let isTaken = state.withLock { state in
            state.reserved -= 1
            guard let work, state.isOpen else { return false }
            state.handed.append(work)
            return true
        }
        if isTaken { signal.raise() }
        return isTaken
    }

    // MARK: The loop's side

    /// From now on there is somebody who does the work.
    func open() { state.withLock { $0.isOpen = true } }

    /// Ends that, and returns what was handed over and nobody has begun.
    func close() -> [Work] {
        state.withLock { state in
            state.isOpen = false
            // Whoever opens it again does not know what has come in between.
            state.mayHoldMore = true
            defer { state.handed = [] }
            return state.handed
        }
    }

    /// Takes up what was handed over, as far as there is room.
    ///
    /// - Returns: that, and how much may be claimed from the store, for which room is kept: nothing when there is no reason to
    ///   look.
    func take() -> (handed: [Work], claimable: Int) {
        state.withLock { state in
            let handed = Array(state.handed.prefix(width - state.running))
            state.handed.removeFirst(handed.count)
            state.running += handed.count
            guard state.mayHoldMore, state.running < width else { return (handed, 0) }
            let claimable = width - state.running
            state.mayHoldMore = false
            state.running = width
            return (handed, claimable)
        }
    }

    /// Something is done, or was not there to be claimed.
    func end(_ count: Int = 1) {
        let isAwaited = state.withLock { state in
            state.running -= count
            return count > 0 && (state.mayHoldMore || !state.handed.isEmpty)
        }
        if isAwaited { signal.raise() }
    }

    /// What the store holds was not to be had this time.
    func lookLater() { state.withLock { $0.mayHoldMore = true } }

    /// Waits until there may be something to take.
    func wait() async { await signal.wait() }
}
