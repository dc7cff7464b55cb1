/// How often something took how long: counts in fixed buckets, as Prometheus reads them.
public struct MetricHistogram: Sendable, Hashable {
    /// The buckets' upper bounds in seconds, ascending; what takes longer than the last is in none.
    public let bounds: [Double]
    /// How many observations are in each bucket, and not in an earlier one.
    public private(set) var counts: [Int]
    /// How many observations there are.
    public private(set) var count = 0
    /// What they took together, in seconds.
    public private(set) var sum = 0.0

    /// From a millisecond to a minute, for what is done while somebody waits.
    public static let interactive = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
    ]

    /// Makes a histogram without observations.
    public init(bounds: [Double] = Self.interactive) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count)
    }

    /// Counts an observation.
    public mutating func add(_ duration: Duration) {
        // A clock that is set back must not make a sum go down.
        let seconds = max(0, duration / .seconds(1))
        count += 1
        sum += seconds
        if let bucket = bounds.firstIndex(where: { seconds <= $0 }) { counts[bucket] += 1 }
    }
}
