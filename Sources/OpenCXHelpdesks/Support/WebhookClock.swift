package import OpenCXCore

/// Whether a signed request is young enough to be believed.
package enum WebhookClock {
    /// Whether a time, in milliseconds since 1970, is within the tolerance of ours, both ways: clocks differ.
    package static func isFresh(milliseconds: Int64, now: Timestamp, tolerance: Duration = .seconds(300)) -> Bool {
        let allowed = tolerance.components.seconds * 1000
        let (difference, isTooFar) = now.milliseconds.subtractingReportingOverflow(milliseconds)
        return !isTooFar && difference != .min && abs(difference) <= allowed
    }
}
