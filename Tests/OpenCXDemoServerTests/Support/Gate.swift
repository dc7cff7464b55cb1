import OpenCXCore

/// Where handlers wait until the test lets them go on.
final class Gate: Sendable {
    private struct State: Sendable {
        var isOpen = false
        var arrived = 0
        var inside: [CheckedContinuation<Void, Never>] = []
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }
    private let state = Locked(State())

    /// Reports an arrival and waits until the gate is open.
    func pass() async {
        await withCheckedContinuation { continuation in
            let ready: [CheckedContinuation<Void, Never>] = state.withLock { state in
                state.arrived += 1
                let arrived = state.arrived
                var ready = state.watchers.filter { $0.count <= arrived }.map(\.continuation)
                state.watchers.removeAll { $0.count <= arrived }
                if state.isOpen { ready.append(continuation) } else { state.inside.append(continuation) }
                return ready
            }
            for waiter in ready { waiter.resume() }
        }
    }

    /// Waits until so many have arrived.
    func arrivals(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let reached = state.withLock { state in
                if state.arrived < count { state.watchers.append((count, continuation)) }
                return state.arrived >= count
            }
            if reached { continuation.resume() }
        }
    }

    func open() {
        let inside = state.withLock { state in
            state.isOpen = true
            defer { state.inside = [] }
            return state.inside
        }
        for waiter in inside { waiter.resume() }
    }
}
