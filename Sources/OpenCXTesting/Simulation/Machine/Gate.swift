internal import OpenCXCore

/// The way out of a simulated process. Every call of a port waits here before and after its effect, so that anything may
/// happen in between, also the death of the process: what is dead has no effect any more.
struct Gate: Sendable {
    let world: World
    let process: Int

    /// Waits as long as a call takes.
    ///
    /// - Throws: `CancellationError` when the process has died, or, if `isCancellable`, when the task is cancelled.
    func pause(_ milliseconds: Int, isCancellable: Bool = true) async throws {
        let due = try world.with { state throws(CancellationError) -> Timestamp in
            try state.step(in: process)
            return state.now + .milliseconds(milliseconds)
        }
        try await wait(until: due, isCancellable: isCancellable)
    }

    /// Waits until this process's clock shows a time.
    func sleep(until deadline: Timestamp) async throws {
        let due = try world.with { state throws(CancellationError) -> Timestamp? in
            guard state.isAlive(process) else { throw CancellationError() }
            let due = deadline - state.processes[process].skew
            return due <= state.now ? nil : due
        }
        try Task.checkCancellation()
        if let due { try await wait(until: due, isCancellable: true) }
    }

    private func wait(until due: Timestamp, isCancellable: Bool) async throws {
        let id = world.with { $0.waiting.makeID() }
        if isCancellable {
            try Task.checkCancellation()
            try await withTaskCancellationHandler {
                try await suspend(id, until: due)
            } onCancel: {
                // Nothing is found when the task was cancelled before it suspended; it has not then.
                world.with { $0.waiting.take(id) }?.continuation.resume(throwing: CancellationError())
            }
        } else {
            try await suspend(id, until: due)
        }
        guard world.with({ $0.isAlive(process) }) else { throw CancellationError() }
    }

    private func suspend(_ id: Int, until due: Timestamp) async throws {
        try await withUnsafeThrowingContinuation { continuation in
            world.with {
                $0.waiting.add(
                    Waiting.Sleeper(id: id, process: process, due: due, continuation: continuation))
            }
        }
    }
}
