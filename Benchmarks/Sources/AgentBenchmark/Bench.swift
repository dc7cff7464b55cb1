import FoundationEssentials
import OpenCXCore
import OpenCXPlatform
import OpenCXSQLite
import OpenCXSearch

/// An agent on a new file, everything on: redaction, topics, training scenarios, signs of frustration, search, judgement,
/// trace.
struct Bench {
    let store: SQLiteStore
    let agent: Agent
    let channel = WaitingChannel()
    private let path: String
    private let emptySize: Int

    init(in directory: String, answerer: any Answerer) async throws {
        path = directory + "/\(UUID().uuidString).sqlite"
        store = try SQLiteStore(path: path)
        let articles = SampleShop.articles(count: 200)
        _ = try await store.update(KnowledgeChanges(upserted: articles))
        emptySize = try Self.fileSize(path)
        agent = Agent(
            AgentParts(
                store: store, knowledge: SearchIndex(articles), answerer: answerer, channels: [channel],
                clock: SystemClock(), ids: RandomIDs()),
            settings: AgentSettings(
                autopilot: Autopilot(topics: .never(SampleShop.topics), prohibitedTopics: SampleShop.prohibited),
                // Every question gets an answer, the same one for the fourth time too, so that no conversation ends with a person.
                handoff: HandoffPolicy(
                    .advanced(HandoffToggles(onUnproductive: false)), confidenceThreshold: 0,
                    clarificationLimit: 1_000_000),
                // Nothing here is far away, so as many deliveries as turns.
                scenarios: SampleShop.scenarios, parallelTurns: 64, parallelDeliveries: 64))
    }

    func load(_ name: String = "load") -> Load { Load(agent: agent, channel: channel, name: name) }

    /// Closes the store; what its file has grown by, in bytes.
    func close() async throws -> Int {
        await store.close()
        return try Self.fileSize(path) - emptySize
    }

    private static func fileSize(_ path: String) throws -> Int {
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? any BinaryInteger
        return size.map { Int($0) } ?? 0
    }
}
