/// What something comes to: settled by whoever does it, or sooner by somebody who need not wait for it any more. The first one
/// counts.
///
/// One task waits, with one child; a second child that only waits for the time or for a signal would cost every turn and every
/// delivery as much again.
final class Outcome<Value: Sendable>: Sendable {
    private enum State {
        case open(CheckedContinuation<Value, any Error>?)
        case settled(Result<Value, any Error>)
    }

    private let state = Locked(State.open(nil))

    func settle(_ result: Result<Value, any Error>) {
        let waiter = state.withLock { state -> CheckedContinuation<Value, any Error>? in
            guard case .open(let waiter) = state else { return nil }
            state = .settled(result)
            return waiter
        }
        waiter?.resume(with: result)
    }

    /// Does something, and returns what it came to. Whoever settles that first ends it: what is being done is cancelled then,
    /// and waited for.
    func settled(by body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do { self.settle(.success(try await body())) } catch { self.settle(.failure(error)) }
            }
            defer { group.cancelAll() }
            return try await value()
        }
    }

    /// What it came to, as soon as that is settled.
    private func value() async throws -> Value {
        try await withCheckedThrowingContinuation { waiter in
            let known = state.withLock { state -> Result<Value, any Error>? in
                if case .settled(let result) = state { return result }
                state = .open(waiter)
                return nil
            }
            if let known { waiter.resume(with: known) }
        }
    }
}
