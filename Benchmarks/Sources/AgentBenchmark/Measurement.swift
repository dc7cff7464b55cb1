import FoundationEssentials
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// What a run of turns cost.
struct Measurement: Sendable {
    var turns = 0
    /// Messages that were sent back, because too many came in at once.
    var refused = 0
    var seconds = 0.0
    var cpuSeconds = 0.0
    var acknowledgements = Latencies()
    var replies = Latencies()

    var turnsPerSecond: Double { Double(turns) / seconds }
    var cpuPerTurn: Double { cpuSeconds * 1000 / Double(turns) }

    mutating func add(_ other: Measurement) {
        turns += other.turns
        refused += other.refused
        acknowledgements.add(other.acknowledgements)
        replies.add(other.replies)
    }
}

/// What many tasks measured together.
final class Tally: Sendable {
    private let total = Mutex(Measurement())

    var measurement: Measurement { total.withLock { $0 } }

    func add(_ measurement: Measurement) { total.withLock { $0.add(measurement) } }
}

/// How long things took, in milliseconds.
struct Latencies: Sendable {
    private var values: [Double] = []

    mutating func add(_ duration: Duration) { values.append(duration / .milliseconds(1)) }
    mutating func add(_ others: Latencies) { values += others.values }

    func percentile(_ share: Double) -> Double {
        guard !values.isEmpty else { return 0 }
        return values.sorted()[min(values.count - 1, Int(share * Double(values.count)))]
    }
}

/// What the operating system says of this process.
enum Process {
    /// The time all processors together spent on it, in seconds; the benchmark's own part included.
    static func cpuTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Its resident memory now and at its highest, in megabytes; zero where there is no `/proc`.
    static func residentMemory() -> (now: Double, peak: Double) {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        func megabytes(_ name: String) -> Double {
            let line = status.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
            return (Double(line.filter(\.isNumber)) ?? 0) / 1024
        }
        return (megabytes("VmRSS:"), megabytes("VmHWM:"))
    }
}
