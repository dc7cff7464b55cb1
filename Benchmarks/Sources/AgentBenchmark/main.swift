import FoundationEssentials
import OpenCXCore
import OpenCXPlatform
import OpenCXSQLite
import OpenCXSearch

// What a turn costs with everything on: intake, redaction, autopilot, search, answer, judgement, trace, two durable commits
// (the message, the turn), and the delivery settled in a third.
//
//     swift run -c release --package-path Benchmarks AgentBenchmark [directory]

let directory = (CommandLine.arguments.dropFirst().first ?? ".") + "/agent-benchmark-\(UUID().uuidString)"
try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(atPath: directory) }

let index = SearchIndex(SampleShop.articles(count: 200))
print("articles 200, store SQLite (WAL, synchronous=FULL), turns by concurrent customers:")
print("customers   turns/s   CPU ms/turn   p50 ms   p99 ms   bytes/turn")
for customers in [1, 16, 64] {
    let path = "\(directory)/\(customers).sqlite"
    let store = try SQLiteStore(path: path)
    for article in SampleShop.articles(count: 200) { _ = try await store.update(KnowledgeChanges(upserted: [article])) }
    let before = try fileSize(path)
    let channel = WaitingChannel()
    let agent = Agent(
        AgentParts(
            store: store, knowledge: index, channels: [channel], clock: SystemClock(), ids: RandomIDs()),
        // Every question gets an answer, so that no conversation ends with a person.
        settings: AgentSettings(handoff: HandoffPolicy(confidenceThreshold: 0, clarificationLimit: 1_000_000)))
    let result = try await Load(agent: agent, channel: channel, customers: customers, turnsEach: 3200 / customers).run()
    await store.close()
    let size = (try fileSize(path) - before) / result.turns
    print(
        "\(pad(customers, 9))  \(pad(Int(result.turnsPerSecond), 8))  \(pad(round(result.cpuPerTurn), 12))  "
            + "\(pad(round(result.percentile(0.5)), 7))  \(pad(round(result.percentile(0.99)), 7))  \(pad(size, 11))")
}

func fileSize(_ path: String) throws -> Int {
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? any BinaryInteger
    return size.map { Int($0) } ?? 0
}

func round(_ number: Double) -> Double { (number * 100).rounded() / 100 }

func pad(_ value: some CustomStringConvertible, _ width: Int) -> String {
    let text = value.description
    return String(repeating: " ", count: max(0, width - text.count)) + text
}
