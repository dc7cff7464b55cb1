import Dispatch
import OpenCXCore
import OpenCXTesting
import Testing

@Suite struct ManualClockTests {
    @Test func `moves only when told, and never back`() {
        let clock = ManualClock(start: .epoch)
        clock.advance(by: .seconds(2))
        clock.advance(by: .seconds(-5))
        clock.advance(to: Timestamp(milliseconds: 500))
        #expect(clock.now() == Timestamp(milliseconds: 2000))
        clock.advance(to: Timestamp(milliseconds: 2500))
        #expect(clock.now() == Timestamp(milliseconds: 2500))
    }

    @Test func `wakes whom it is time for`() async throws {
        let clock = ManualClock(start: .epoch)
        async let late: Void = clock.sleep(until: .epoch + .seconds(20))
        async let early: Void = clock.sleep(until: .epoch + .seconds(10))
        try await clock.waitForSleepers(count: 2)
        #expect(clock.nextDeadline == .epoch + .seconds(10))
        clock.advance(by: .seconds(10))
        try await early
        #expect(clock.sleeperCount == 1)
        #expect(clock.nextDeadline == .epoch + .seconds(20))
        clock.advance(by: .seconds(10))
        try await late
        #expect(clock.nextDeadline == nil)
        try await clock.sleep(until: clock.now())
    }

    @Test func `sleepers wake in the order of their deadlines`() async throws {
        let clock = ManualClock(start: .epoch)
        let woken = Locked<[Int]>([])
        // One after another, so that tasks run in the order in which they were resumed.
        let executor = OrderedExecutor()
        let sleepers = [30, 10, 20, 10].map { seconds in
            Task(executorPreference: executor) {
                try await clock.sleep(until: .epoch + .seconds(seconds))
                woken.withLock { $0.append(seconds) }
            }
        }
        try await clock.waitForSleepers(count: 4)
        clock.advance(by: .seconds(60))
        for sleeper in sleepers { try await sleeper.value }
        #expect(woken.withLock { $0 } == [10, 10, 20, 30])
    }

    @Test func `sleepers and waiters can be cancelled`() async throws {
        let clock = ManualClock(start: .epoch)
        let sleeper = Task { try await clock.sleep(until: .epoch + .seconds(1)) }
        let waiter = Task { try await clock.waitForSleepers(count: 2) }
        try await clock.waitForSleepers(count: 1)
        sleeper.cancel()
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        await #expect(throws: CancellationError.self) { try await waiter.value }
        #expect(clock.sleeperCount == 0)
        let cancelledBefore = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await clock.sleep(until: .epoch + .seconds(1))
        }
        await #expect(throws: CancellationError.self) { try await cancelledBefore.value }
    }
}

/// Runs its tasks' jobs one at a time, in the order in which they came.
private final class OrderedExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "ManualClockTests")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
