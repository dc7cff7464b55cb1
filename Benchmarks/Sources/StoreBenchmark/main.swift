import FoundationEssentials
import OpenCXCore
import OpenCXSQLite
import OpenCXTesting

// How many messages and turns a second the SQLite store takes, and how many bytes a turn needs.
//
//     swift run -c release --package-path Benchmarks StoreBenchmark [directory] [seconds]
//
// The directory should be on a disk: what is measured is mostly its `fsync`.

let directory = (CommandLine.arguments.dropFirst().first ?? ".") + "/store-benchmark-\(UUID().uuidString)"
let seconds = CommandLine.arguments.dropFirst(2).first.flatMap(Double.init) ?? 4
try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(atPath: directory) }

print("workload     sessions      /s   p50 ms   p99 ms   CPU µs")
for sessions in [1, 16, 64] {
    let rate = try await measure(in: directory, sessions: sessions, seconds: seconds) { store, worker, number in
        _ = try await store.accept(worker.intake(number))
    }
    print(rate.row("accept", sessions))
}
for sessions in [1, 16, 64] {
    let rate = try await measure(in: directory, sessions: sessions, seconds: seconds) { store, worker, number in
        try await worker.turn(number, in: store)
    }
    print(rate.row("whole turn", sessions))
}
for turns in [1, 4, 20] {
    print(
        "bytes per turn, \(turns) turn(s) per session: \(try await bytesPerTurn(in: directory, turnsPerSession: turns))"
    )
}
