internal import Dispatch

/// Runs an actor's work on a serial queue of its own, so that blocking in SQLite holds up none of the threads that tasks
/// share.
final class QueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) {
        queue = DispatchQueue(label: label)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    /// Runs something on the queue that is no task's, and so may be handed in by a caller who goes on meanwhile.
    func async(_ work: @escaping @Sendable () -> Void) {
        queue.async(execute: work)
    }

    /// Lets such work get at the actor's state.
    func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }
}
