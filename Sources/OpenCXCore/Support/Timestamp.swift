internal import FoundationEssentials

/// A point in time, in whole milliseconds since 1970-01-01T00:00:00Z.
///
/// Integers survive storage and comparison unchanged, which a floating-point date does not.
public struct Timestamp: Hashable, Comparable, Sendable, Codable {
    /// Milliseconds since the Unix epoch.
    public var milliseconds: Int64

    /// Makes a timestamp from milliseconds since the Unix epoch.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The start of the Unix epoch.
    public static let epoch = Timestamp(milliseconds: 0)

    /// Reads the time as a bare number of milliseconds.
    public init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Writes the time as a bare number of milliseconds.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }

    /// The earlier of two times is the smaller one.
    public static func < (a: Timestamp, b: Timestamp) -> Bool { a.milliseconds < b.milliseconds }

    /// The time that is `duration` after `time`; saturates instead of trapping.
    public static func + (time: Timestamp, duration: Duration) -> Timestamp {
        let (sum, overflow) = time.milliseconds.addingReportingOverflow(duration.inMilliseconds)
        return Timestamp(milliseconds: overflow ? (duration < .zero ? .min : .max) : sum)
    }

    /// The time that is `duration` before `time`; saturates instead of trapping.
    public static func - (time: Timestamp, duration: Duration) -> Timestamp {
        time + (.zero - duration)
    }

    /// The time that passed from `b` to `a`.
    public static func - (a: Timestamp, b: Timestamp) -> Duration {
        .milliseconds(a.milliseconds.subtractingReportingOverflow(b.milliseconds).partialValue)
    }
}

extension Timestamp: CustomStringConvertible {
    /// The time in ISO 8601 form, in UTC, with milliseconds.
    public var description: String {
        // The formatter cuts off; half a millisecond more makes up for what the floating-point date cannot hold.
        Date(timeIntervalSince1970: (Double(milliseconds) + 0.5) / 1000)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}

extension Duration {
    /// The duration in whole milliseconds, rounded towards zero; saturates instead of trapping.
    package var inMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        if overflow { return seconds < 0 ? .min : .max }
        return scaled.addingReportingOverflow(attoseconds / 1_000_000_000_000_000).partialValue
    }
}
