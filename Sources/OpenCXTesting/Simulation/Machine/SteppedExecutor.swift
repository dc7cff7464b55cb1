internal import OpenCXCore

/// Runs the jobs of Swift's concurrency runtime one at a time, on the caller's thread and in an order that the caller picks.
///
/// A task that is started with it as its preference stays on it, and so do the task's children; what a whole agent does is
/// then a sequence of jobs, and the seed decides which comes next.
final class SteppedExecutor: TaskExecutor {
    private let jobs = Locked<[UnownedJob]>([])

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
    }

    /// How many jobs could run now.
    var runnable: Int { jobs.withLock { $0.count } }

    /// Runs one of them until it suspends or ends.
    func run(at index: Int) {
        let job = jobs.withLock { $0.remove(at: index) }
        job.runSynchronously(on: asUnownedTaskExecutor())
    }
}
