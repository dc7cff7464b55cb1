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

    @Test @MainActor func `sleepers wake in the order of their deadlines`() async throws {
        let clock = ManualClock(start: .epoch)
        var woken: [Int] = []
        // On one actor, so that tasks run in the order in which they were resumed.
        let sleepers = [30, 10, 20, 10].enumerated().map { index, seconds in
            Task { @MainActor in
                try await clock.sleep(until: .epoch + .seconds(seconds))
                woken.append(seconds * 10 + index)
            }
        }
        try await clock.waitForSleepers(count: 4)
        clock.advance(by: .seconds(60))
        for sleeper in sleepers { try await sleeper.value }
        #expect(woken.map { $0 / 10 } == [10, 10, 20, 30])
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
