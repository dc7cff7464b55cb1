import OpenCXCore
import OpenCXPlatform
import OpenCXTesting
import Testing

@Suite struct PlatformTests {
    private static let alphabet = Set("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    private static func isPlain(_ id: String) -> Bool {
        id.utf8.allSatisfy { alphabet.contains($0) }
    }

    @Test func `ids are plain, short and all different`() {
        let ids = RandomIDs()
        let made = (0..<10_000).map { _ in ids.makeID() }
        #expect(Set(made).count == made.count)
        #expect(made.allSatisfy { $0.utf8.count == 36 && Self.isPlain($0) })
        // 26 digits for 128 bits: without the times, no two of a few thousand share even half of their digits.
        #expect(Set(made.map { $0.dropFirst(10).prefix(13) }).count == made.count)
        #expect(Set(made.map { $0.suffix(13) }).count == made.count)
    }

    @Test func `ids grow with time`() {
        let clock = ManualClock(start: Timestamp(milliseconds: 0))
        let ids = RandomIDs(clock: clock)
        let made = (0..<100).map { _ in
            defer { clock.advance(by: .milliseconds(1 + Int64.random(in: 0..<1_000_000_000))) }
            return ids.makeID()
        }
        #expect(made == made.sorted())
    }

    @Test(arguments: [Timestamp(milliseconds: .min), Timestamp(milliseconds: .max), .epoch])
    func `a broken clock makes no bad ids`(time: Timestamp) {
        let id = RandomIDs(clock: ManualClock(start: time)).makeID()
        #expect(id.utf8.count == 36 && Self.isPlain(id))
    }

    @Test func `fractions are in range and vary`() {
        let ids = RandomIDs()
        let numbers = (0..<1000).map { _ in ids.fraction() }
        #expect(numbers.allSatisfy { (0..<1).contains($0) })
        #expect(Set(numbers).count > 900)
    }

    @Test func `the system clock goes on and does not wait for the past`() async throws {
        let clock = SystemClock()
        let before = clock.now()
        #expect(before > Timestamp(milliseconds: 1_600_000_000_000))
        try await clock.sleep(until: .epoch)
        let deadline = clock.now() + .milliseconds(5)
        try await clock.sleep(until: deadline)
        #expect(clock.now() >= deadline)
    }

    @Test(.timeLimit(.minutes(5))) func `a clock that is set back lets nobody wait for longer than was meant`()
        async throws
    {
        let (start, wasRead) = (Timestamp(milliseconds: 1_760_000_000_000), Locked(false))
        let clock = SystemClock {
            let isFirst = wasRead.withLock { wasRead in
                defer { wasRead = true }
                return !wasRead
            }
            return isFirst ? start : start - .seconds(3600)
        }
        try await clock.sleep(until: start + .milliseconds(1))
        #expect(clock.now() < start)
    }

    @Test func `waiting can be cancelled`() async {
        let sleeper = Task { try await SystemClock().sleep(until: Timestamp(milliseconds: .max)) }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }
}
