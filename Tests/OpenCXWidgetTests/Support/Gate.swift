/// Holds up whoever comes to it, until it is opened.
actor Gate {
    private var isOpen = false
    private var isReached = false
    private var held: [CheckedContinuation<Void, Never>] = []
    private var watchers: [CheckedContinuation<Void, Never>] = []

    func pass() async {
        isReached = true
        for watcher in watchers { watcher.resume() }
        watchers = []
        if isOpen { return }
        await withCheckedContinuation { held.append($0) }
    }

    /// Returns when somebody stands before the gate, or has.
    func reached() async {
        if isReached { return }
        await withCheckedContinuation { watchers.append($0) }
    }

    func open() {
        isOpen = true
        for continuation in held { continuation.resume() }
        held = []
    }
}
