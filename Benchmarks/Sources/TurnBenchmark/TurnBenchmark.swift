import FoundationEssentials
import Glibc
import OpenCXCore
import OpenCXCurl
import OpenCXOpenAI
import OpenCXPlatform
import OpenCXSQLite
import OpenCXSearch

struct TurnBenchmark {
    private var modelURL: String?
    private var model = "fake"
    private var turns = 4000
    private var customers = [1, 16, 64]
    private var articles = 20
    private var directory = "."

    init(arguments: [String]) {
        var rest = arguments[...]
        while let name = rest.popFirst(), let value = rest.popFirst() {
            switch name {
            case "--model-url": modelURL = value
            case "--model": model = value
            case "--turns": turns = Int(value) ?? turns
            case "--customers": customers = value.split(separator: ",").compactMap { Int($0) }
            case "--articles": articles = Int(value) ?? articles
            case "--directory": directory = value
            default: print("unknown option \(name)")
            }
        }
    }

    func run() async throws {
        let child = modelURL == nil ? FakeServer() : nil
        guard let url = modelURL ?? child?.url else {
            print(
                "FakeModelServer does not start; it has to be beside this program. Or name a server with --model-url.")
            exit(1)
        }
        let folder = directory + "/turn-benchmark-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        print("model \(url), articles \(articles), store SQLite (WAL, synchronous=FULL)")
        print("customers   turns/s   CPU ms/turn   p50 ms   p99 ms   bytes/turn   replies")
        for count in customers {
            let path = "\(folder)/\(count).sqlite"
            let store = try SQLiteStore(path: path)
            let channel = ReplyChannel()
            let agent = try await agent(store, channel, url)
            let load = Load(agent: agent, channel: channel, customers: count, turnsEach: max(1, turns / count))
            let result = try await load.run()
            let size = Self.fileSize(path) / max(1, result.latencies.count)
            await store.close()
            print(
                [
                    pad("\(count)", 9), pad("\(Int(result.turnsPerSecond))", 8), pad(rounded(result.cpuPerTurn), 12),
                    pad(rounded(result.percentile(0.5)), 7), pad(rounded(result.percentile(0.99)), 7),
                    pad("\(size)", 11),
                    "\(channel.replies) answered, \(channel.other) other",
                ].joined(separator: "  "))
        }
        withExtendedLifetime(child) {}
    }

    private func agent(_ store: SQLiteStore, _ channel: ReplyChannel, _ url: String) async throws -> Agent {
        let clock = SystemClock()
        let ids = RandomIDs()
        let articles = Shop.articles(articles)
        _ = try await store.update(KnowledgeChanges(upserted: articles))
        let server = OpenAIServer(baseURL: url, apiKey: Secret("benchmark"))
        let model = RetryingModel(
            OpenAIModel(model, on: server, http: CurlHTTPClient(CurlConfiguration(addresses: .unrestricted))),
            clock: clock,
            ids: ids)
        let topics = [Topic(name: "Jobs", examples: ["Do you have open positions?", "I want to apply for a job"])]
        return Agent(
            AgentParts(
                store: store, knowledge: SearchIndex(articles),
                answerer: ModelAnswerer(model, profile: AIProfile(name: "Fern", company: "Fernhill"), fallback: nil),
                actions: OrderLookup(), channels: [channel], clock: clock, ids: ids),
            settings: AgentSettings(
                autopilot: Autopilot(
                    topics: .never(topics),
                    prohibitedTopics: [Topic(name: "Legal action", examples: ["I will sue you", "my lawyer"])]),
                // The fake server says the same every time, and nobody is there to take a conversation that gets nowhere.
                handoff: HandoffPolicy(.advanced(HandoffToggles(onUnproductive: false))),
                scenarios: [
                    TrainingScenario(name: "tone", kind: .behavioral, content: "Thank the customer for waiting.")
                ], parallelTurns: 64))
    }

    private static func fileSize(_ path: String) -> Int {
        var info = stat()
        return stat(path, &info) == 0 ? Int(info.st_size) : 0
    }

    private func pad(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private func rounded(_ number: Double) -> String { "\((number * 1000).rounded() / 1000)" }
}

/// The fake model server beside this program, as a process of its own that ends with this one.
final class FakeServer {
    /// `nil` when it does not start.
    let url: String?
    private let pipe: UnsafeMutablePointer<FILE>?

    init() {
        let own = CommandLine.arguments[0]
        let path = own.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        pipe = popen("exec '\(path)/FakeModelServer'", "r")
        var line = [CChar](repeating: 0, count: 200)
        if let pipe { fgets(&line, 200, pipe) }
        let said = String(decoding: line.prefix { $0 > 32 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        url = said.isEmpty ? nil : said
    }
}
