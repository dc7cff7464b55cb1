internal import Glibc
internal import OpenCXCore

/// A clock that only goes forward, in milliseconds, for timeouts of what really happens on the network.
enum MonotonicTime {
    static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// The time that is so far from now; `Int64.max` stands for never.
    static func after(_ duration: Duration) -> Int64 {
        let (sum, overflow) = now.addingReportingOverflow(duration.inMilliseconds)
        return overflow ? .max : sum
    }
}
