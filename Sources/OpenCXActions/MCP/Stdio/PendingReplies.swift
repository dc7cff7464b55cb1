internal import OpenCXCore

/// Who waits for which answer.
final class PendingReplies: Sendable {
    private struct State {
        var waiting: [Int64: CheckedContinuation<JSONValue, any Error>] = [:]
        /// Cancelled before they began to wait.
        var cancelled: Set<Int64> = []
        var lastID: Int64 = 0
        var isOpen = true
    }

    private let state = Locked(State())

    /// Whether answers can still come.
    var isOpen: Bool { state.withLock(\.isOpen) }

    /// The id of a new request.
    func makeID() -> Int64 {
        state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
    }

    /// Sends a request and waits for its answer.
    ///
    /// - Parameter send: sends the request; says whether it could.
    /// - Throws: ``LinkFailure``.
    func wait(for id: Int64, send: () -> Bool) async throws -> JSONValue {
        defer { state.withLock { _ = $0.cancelled.remove(id) } }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<JSONValue, any Error>) in
                let failure = state.withLock { state -> LinkFailure? in
                    if state.cancelled.contains(id) { return .cancelled }
                    guard state.isOpen else { return .notSent("It has ended.") }
                    state.waiting[id] = continuation
                    return nil
                }
                if let failure {
                    continuation.resume(throwing: failure)
                } else if !send() {
                    finish(id, .failure(LinkFailure.notSent("It has ended, or takes nothing in.")))
                }
            }
        } onCancel: {
            let isWaiting = finish(id, .failure(LinkFailure.cancelled))
            if !isWaiting { state.withLock { _ = $0.cancelled.insert(id) } }
        }
    }

    /// Hands an answer to whoever waits for it. An answer that nobody waits for, or a second one, is passed over.
    ///
    /// - Returns: whether somebody did.
    @discardableResult
    func finish(_ id: Int64, _ result: Result<JSONValue, any Error>) -> Bool {
        let continuation = state.withLock { $0.waiting.removeValue(forKey: id) }
        continuation?.resume(with: result)
        return continuation != nil
    }

    /// Tells everybody that no answer will come.
    func end(_ failure: LinkFailure) {
        let waiting = state.withLock { state in
            defer { state.waiting = [:] }
            state.isOpen = false
            return state.waiting
        }
        for continuation in waiting.values { continuation.resume(throwing: failure) }
    }
}
