import FoundationEssentials
import OpenCXCore

// What a turn costs with everything on and a model that answers at once: intake, redaction, autopilot, search, answer,
// judgement, trace, and the durable commits of message, turn and delivery (WAL, synchronous=FULL).
//
//     swift run -c release --package-path Benchmarks AgentBenchmark [directory] [workload …]
//
// Workloads, all of them when none is named:
//     turns             1, 16 and 64 customers who each wait for the reply
//     embedded          64 customers again, with the answerer that comes with the core
//     acknowledgements  1,000 messages a second, whatever becomes of those before
//     memory            100,000 sessions stored, then 1,000 customers at once
// `turns=64x3200` runs one row: 64 customers, 3,200 turns in all.

let directory = (CommandLine.arguments.dropFirst().first ?? ".") + "/agent-benchmark-\(UUID().uuidString)"
let chosen = CommandLine.arguments.dropFirst(2)
let workloads = chosen.isEmpty ? ["turns", "embedded", "acknowledgements", "memory"] : Array(chosen)
try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(atPath: directory) }

for workload in workloads {
    switch workload {
    case "turns":
        print(Report.heading("instant model"))
        for customers in [1, 16, 64] { try await turns(customers, of: customers == 1 ? 2000 : 9600) }
    case "embedded":
        print(Report.heading("embedded answerer"))
        try await turns(64, of: 9600, EmbeddedAnswerer())
    case "acknowledgements":
        print(Report.heading("1,000 messages a second"))
        let bench = try await Bench(in: directory, answerer: InstantAnswerer())
        // A process that has just started has yet to prepare its statements and to read its code; that is not what is asked for.
        let first = try await bench.load("first").stream(perSecond: 1000, seconds: 1)
        let result = try await bench.load().stream(perSecond: 1000, seconds: 10)
        let bytes = try await bench.close() * result.turns / (first.turns + result.turns)
        print(Report.row("open", result, bytes: bytes))
        if result.refused > 0 { print("\(result.refused) messages were sent back: too many at once for this machine") }
    case "memory":
        try await memory()
    default:
        let numbers = workload.drop { !$0.isNumber }.split(separator: "x").compactMap { Int($0) }
        guard workload.hasPrefix("turns="), numbers.count == 2, numbers.allSatisfy({ $0 > 0 }) else {
            print("There is no workload \(workload).")
            continue
        }
        print(Report.heading("instant model"))
        try await turns(numbers[0], of: numbers[1])
    }
}

func turns(_ customers: Int, of all: Int, _ answerer: any Answerer = InstantAnswerer()) async throws {
    let bench = try await Bench(in: directory, answerer: answerer)
    let result = try await bench.load().conversations(customers: customers, turnsEach: max(1, all / customers))
    print(Report.row("\(customers)", result, bytes: try await bench.close()))
}

/// Stores 100,000 sessions of a turn each, then lets 1,000 customers write at once.
func memory() async throws {
    print(Report.heading("100,000 sessions stored"))
    let bench = try await Bench(in: directory, answerer: InstantAnswerer())
    let stored = try await bench.load("stored").conversations(customers: 64, turnsEach: 1563, turnsPerSession: 1)
    print(Report.row("64", stored))
    let active = try await bench.load("active").conversations(customers: 1000, turnsEach: 8)
    let memory = Process.residentMemory()
    print(Report.row("1000", active, bytes: nil))
    print("resident memory: \(Int(memory.now)) MB at the end, \(Int(memory.peak)) MB at its highest")
    _ = try await bench.close()
}
