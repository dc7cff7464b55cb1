import Glibc

/// What was seen, and what it says.
struct Tally {
    var isSeeding = false
    private var acknowledgements: [Double] = []
    private var messages: [Int: Int] = [:]
    private var polls: [Int: Int] = [:]
    private var failures: [String: Int] = [:]
    private var largest = 0
    private var looked = 0.0
    private var processor = 0.0

    mutating func message(_ status: Int, _ seconds: Double) {
        if isSeeding {
            if status != 202 { fail("first message: \(status)") }
            return
        }
        messages[status, default: 0] += 1
        acknowledgements.append(seconds)
    }

    mutating func poll(_ status: Int) { polls[status, default: 0] += 1 }

    mutating func fail(_ what: String) { failures[what, default: 0] += 1 }

    mutating func begin(_ server: Int) { processor = Self.processorTime(of: server) }

    /// Looks at the server's memory, once a second.
    mutating func look(at server: Int) {
        guard server > 0, now() - looked > 1 else { return }
        looked = now()
        largest = max(largest, Self.resident(of: server))
    }

    func memory(of server: Int, _ when: String) {
        if server > 0 { print("resident memory \(when): \(Self.resident(of: server)) MB") }
        fflush(nil)
    }

    /// - Returns: whether nothing went wrong.
    func report(of server: Int, seconds: Int, unfinished: Int) -> Bool {
        let sorted = acknowledgements.sorted()
        func percentile(_ share: Double) -> String {
            guard !sorted.isEmpty else { return "-" }
            return Self.milliseconds(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))])
        }
        print(
            "messages: \(sorted.count), by status \(messages.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" })"
        )
        print(
            "acknowledged in: p50 \(percentile(0.5)), p90 \(percentile(0.9)), p99 \(percentile(0.99)), "
                + "p99.9 \(percentile(0.999)), at most \(percentile(1)) ms")
        print("polls answered, by status: \(polls.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" })")
        if server > 0 {
            let share = (Self.processorTime(of: server) - processor) / Double(max(1, seconds))
            print("processor time of the server: \(Int(share * 100)) % of one core")
        }
        if largest > 0 { print("resident memory at most: \(largest) MB") }
        print("failures: \(failures.isEmpty ? "none" : "\(failures)"), messages without an answer: \(unfinished)")
        return failures.isEmpty && unfinished == 0 && messages.keys.allSatisfy { $0 == 202 }
            && polls.keys.allSatisfy { $0 == 200 }
    }

    private static func milliseconds(_ seconds: Double) -> String {
        let tenths = Int(seconds * 10_000)
        return "\(tenths / 10).\(tenths % 10)"
    }

    private static func resident(of process: Int) -> Int {
        let fields = read("/proc/\(process)/statm").split(separator: " ")
        return fields.count > 1 ? ((Int(fields[1]) ?? 0) * 4096) >> 20 : 0
    }

    private static func processorTime(of process: Int) -> Double {
        let fields = read("/proc/\(process)/stat").split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12 else { return 0 }
        return ((Double(fields[11]) ?? 0) + (Double(fields[12]) ?? 0)) / 100
    }

    private static func read(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
