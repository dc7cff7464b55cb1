import OpenCXAccess
import OpenCXTesting
import Testing

@Suite struct RateLimiterTests {
    private let clock = ManualClock()

    @Test func `a bucket empties, and fills steadily`() {
        let limiter = RateLimiter(.init(3, per: .seconds(60)), clock: clock)
        #expect((0..<3).map { _ in limiter.take("a").remaining } == [2, 1, 0])
        let refused = limiter.take("a")
        #expect(!refused.isAllowed && refused.limit == 3 && refused.remaining == 0)
        #expect(refused.retryAfter == .seconds(20) && refused.untilFull == .seconds(60))
        // Being refused costs nothing.
        #expect(limiter.take("a").retryAfter == .seconds(20))
        #expect(limiter.take("b").isAllowed)
        clock.advance(by: .milliseconds(19_999))
        #expect(limiter.take("a").retryAfter == .milliseconds(1))
        clock.advance(by: .milliseconds(1))
        #expect(limiter.take("a").isAllowed)
        #expect(!limiter.take("a").isAllowed)
        clock.advance(by: .seconds(600))
        #expect((0..<4).map { _ in limiter.take("a").isAllowed } == [true, true, true, false])
    }

    @Test(arguments: [1, 7, 100, 999])
    func `as many as the limit says are let through at once`(_ burst: Int) {
        let limiter = RateLimiter(.init(burst, per: .seconds(60)), clock: clock)
        #expect((0..<burst + 5).count { _ in limiter.take("a").isAllowed } == burst)
    }

    @Test func `whoever is forgiven begins anew`() {
        let limiter = RateLimiter(.init(1, per: .seconds(60)), clock: clock)
        _ = limiter.take("a")
        limiter.forgive("a")
        #expect(limiter.take("a").isAllowed)
    }

    @Test func `a flood of callers takes no more room, and does not free one that is limited`() {
        let limiter = RateLimiter(.init(2, per: .seconds(60)), capacity: 10, clock: clock)
        _ = limiter.take("a")
        _ = limiter.take("a")
        for count in 0..<1000 { _ = limiter.take("caller \(count)") }
        #expect(!limiter.take("a").isAllowed)
    }
}
