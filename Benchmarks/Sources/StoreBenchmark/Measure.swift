import FoundationEssentials
import OpenCXCore
import OpenCXSQLite
import OpenCXTesting

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How fast something went.
struct Rate {
    var count: Int
    var seconds: Double
    /// The time all processors together spent on it, the benchmark's own part included.
    var processorSeconds: Double
    var latencies: [Duration]

    func row(_ workload: String, _ sessions: Int) -> String {
        func pad(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        let sorted = latencies.sorted()
        func quantile(_ share: Double) -> String {
            let value = sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))] / .milliseconds(1)
            return "\((value * 100).rounded() / 100)"
        }
        return workload + pad("\(sessions)", 21 - workload.count) + pad("\(Int(Double(count) / seconds))", 8)
            + pad(quantile(0.5), 9) + pad(quantile(0.99), 9)
            + pad("\(Int(processorSeconds / Double(count) * 1e6))", 9)
    }
}

/// Does something over and over again in a number of sessions at once, on a new file.
func measure(
    in directory: String, sessions: Int, seconds: Double,
    _ body: @escaping @Sendable (SQLiteStore, Worker, Int) async throws -> Void
) async throws -> Rate {
    let store = try SQLiteStore(path: directory + "/\(UUID().uuidString).sqlite")
    let clock = ContinuousClock()
    let start = clock.now
    let end = start + .seconds(seconds)
    let used = processorSeconds()
    var latencies: [Duration] = []
    try await withThrowingTaskGroup(of: [Duration].self) { group in
        for index in 0..<sessions {
            group.addTask {
                var latencies: [Duration] = []
                while clock.now < end {
                    // Five turns in a session, then the next customer comes.
                    let number = latencies.count * sessions + index
                    let worker = Worker(latencies.count / 5 * sessions + index)
                    let begun = clock.now
                    try await body(store, worker, number)
                    latencies.append(clock.now - begun)
                }
                return latencies
            }
        }
        for try await some in group { latencies += some }
    }
    let passed = (clock.now - start) / .seconds(1)
    await store.close()
    return Rate(
        count: latencies.count, seconds: passed, processorSeconds: processorSeconds() - used, latencies: latencies)
}

/// How much the file grows by a turn, over 200 turns.
func bytesPerTurn(in directory: String, turnsPerSession: Int) async throws -> Int {
    let path = directory + "/\(UUID().uuidString).sqlite"
    let new = try SQLiteStore(path: path)
    await new.close()
    let empty = try Data(contentsOf: URL(filePath: path)).count
    let store = try SQLiteStore(path: path)
    for number in 0..<200 { try await Worker(number / turnsPerSession).turn(number, in: store) }
    await store.close()
    return (try Data(contentsOf: URL(filePath: path)).count - empty) / 200
}

private func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
