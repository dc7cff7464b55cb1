public import OpenCXCore

/// Lets each caller do something so often in a while, as a bucket of tokens that fills up again steadily.
///
/// In memory and per process. When there are too many callers, those whose buckets are full are forgotten, and then those whose are
/// fullest.
public final class RateLimiter: Sendable {
    /// How often something may be done.
    public struct Limit: Sendable, Hashable {
        /// So often at once.
        public var burst: Int
        /// How long the bucket takes from empty to full.
        public var period: Duration

        /// Makes a limit.
        public init(_ burst: Int, per period: Duration) {
            precondition(burst > 0 && period > .zero, "A limit lets something through now and then.")
            self.burst = burst
            self.period = period
        }
    }

    /// What becomes of a request.
    public struct Decision: Sendable, Hashable {
        /// Whether it may go on.
        public var isAllowed: Bool
        /// How often is allowed.
        public var limit: Int
        /// How often more, at once.
        public var remaining: Int
        /// In how long the bucket is full again.
        public var untilFull: Duration
        /// In how long one more is allowed; zero when one is now.
        public var retryAfter: Duration
    }

    private struct Bucket {
        /// When the bucket is full again, in milliseconds; that one number tells how full it is now.
        var fullAt: Double
    }

    private let limit: Limit
    private let clock: any AgentClock
    private let capacity: Int
    private let buckets = Locked([String: Bucket]())

    /// Makes a limiter.
    ///
    /// - Parameters:
    ///   - limit: how often each caller may.
    ///   - capacity: how many callers are remembered.
    ///   - clock: the time.
    public init(_ limit: Limit, capacity: Int = 10_000, clock: any AgentClock) {
        self.limit = limit
        self.capacity = max(1, capacity)
        self.clock = clock
    }

    /// Takes a token of a caller's, if there is one.
    public func take(_ caller: String) -> Decision {
        let now = Double(clock.now().milliseconds)
        let period = Double(limit.period.inMilliseconds)
        let each = period / Double(limit.burst)
        return buckets.withLock { buckets in
            // A clock that was set back must lock nobody out for longer than an empty bucket would.
            let fullAt = min(max(buckets[caller]?.fullAt ?? now, now), now + period)
            // A thousandth of a millisecond more makes up for sums of fractions.
            let isAllowed = fullAt + each <= now + period + 0.001
            let next = isAllowed ? fullAt + each : fullAt
            if buckets[caller] == nil, buckets.count >= capacity { Self.makeRoom(in: &buckets, now: now) }
            buckets[caller] = Bucket(fullAt: next)
            let free = now + period - next
            return Decision(
                isAllowed: isAllowed, limit: limit.burst, remaining: max(0, Int((free + 0.001) / each)),
                untilFull: .milliseconds(Int64((next - now).rounded(.up))),
                retryAfter: .milliseconds(Int64(max(0, each - free).rounded(.up))))
        }
    }

    /// Gives a caller back everything: what was counted turned out not to count.
    public func forgive(_ caller: String) {
        buckets.withLock { $0[caller] = nil }
    }

    private static func makeRoom(in buckets: inout [String: Bucket], now: Double) {
        let room = buckets.count
        buckets = buckets.filter { $0.value.fullAt > now }
        if buckets.count < room { return }
        // All of them are busy: those that are fullest lose least. Several at once, so that a flood of new callers costs little for
        // each.
        let order = buckets.sorted { $0.value.fullAt < $1.value.fullAt }
        for (caller, _) in order.prefix(max(1, room / 8)) { buckets[caller] = nil }
    }
}
