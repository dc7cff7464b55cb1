internal import OpenCXCore

/// Runs the jobs of Swift's concurrency runtime one at a time, on the caller's thread and in an order that the caller picks.
///
/// A task that is started with it as its preference stays on it, and so do the task's children; what a whole agent does is
/// then a sequence of jobs, and the seed decides which comes next.
final class SteppedExecutor: TaskExecutor {
    private let jobs: JobPool
    private let process: Int

    /// Makes an executor whose jobs wait in this pool, under the number of their process.
    init(_ jobs: JobPool = JobPool(), process: Int = 0) {
        self.jobs = jobs
        self.process = process
    }

    func enqueue(_ job: consuming ExecutorJob) {
        jobs.add(JobPool.Entry(job: UnownedJob(job), process: process))
    }

    fileprivate func run(_ job: UnownedJob) {
        job.runSynchronously(on: asUnownedTaskExecutor())
    }

    /// Runs all that can run, the oldest first.
    ///
    /// - Returns: `false` when it does not come to an end.
    func runAll() -> Bool {
        for _ in 0..<100_000 {
            guard let job = jobs.takeFirst(of: process) else { return true }
            run(job)
        }
        return false
    }
}

/// The jobs of all processes that could run now.
final class JobPool: Sendable {
    struct Entry: Sendable {
        var job: UnownedJob
        var process: Int
    }

    private let entries = Locked<[Entry]>([])

    func add(_ entry: Entry) {
        entries.withLock { $0.append(entry) }
    }

    /// Takes one of the jobs.
    func take(_ random: inout SimulationRandom) -> Entry? {
        let number = random.next()
        return entries.withLock { entries in
            entries.isEmpty ? nil : entries.remove(at: Int(number % UInt64(entries.count)))
        }
    }

    fileprivate func takeFirst(of process: Int) -> UnownedJob? {
        entries.withLock { entries in
            entries.firstIndex { $0.process == process }.map { entries.remove(at: $0).job }
        }
    }
}

extension JobPool.Entry {
    /// Runs the job on its process's executor until it suspends or ends.
    func run(on processes: [SimulatedProcess]) {
        for process in processes where process.number == self.process { return process.executor.run(job) }
    }
}
