internal import OpenCXCore

/// Lets one task through at a time, in the order they came.
final class Turnstile: Sendable {
    private struct State {
        var isTaken = false
        var lastTicket = 0
        var waiting: [(ticket: Int, continuation: CheckedContinuation<Void, any Error>)] = []
        /// Cancelled before they began to wait.
        var cancelled: Set<Int> = []
    }

    private let state = Locked(State())

    /// Runs the body while no other task is inside.
    ///
    /// - Throws: `CancellationError` when the task is cancelled while it waits; what the body throws.
    func pass<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        try await enter()
        defer { leave() }
        return try await body()
    }

    private func enter() async throws {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        defer { state.withLock { _ = $0.cancelled.remove(ticket) } }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let isIn: Bool? = state.withLock { state in
                    if state.cancelled.contains(ticket) { return false }
                    if state.isTaken {
                        state.waiting.append((ticket, continuation))
                        return nil
                    }
                    state.isTaken = true
                    return true
                }
                if isIn == true { continuation.resume() }
                if isIn == false { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            let continuation = state.withLock { state -> CheckedContinuation<Void, any Error>? in
                guard let place = state.waiting.firstIndex(where: { $0.ticket == ticket }) else {
                    state.cancelled.insert(ticket)
                    return nil
                }
                return state.waiting.remove(at: place).continuation
            }
            continuation?.resume(throwing: CancellationError())
        }
    }

    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard !state.waiting.isEmpty else {
                state.isTaken = false
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume()
    }
}
