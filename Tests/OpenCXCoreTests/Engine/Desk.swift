import OpenCXCore
import OpenCXTesting

/// A whole agent on fakes, driven by hand.
struct Desk {
    let store = InMemoryStore()
    let clock = ManualClock()
    let channel: RecordingChannel
    let helpdesk = ScriptedHelpdesk()
    let endpoint = RecordingEndpoint()
    let agent: Agent

    init(
        answerer: (any Answerer)? = nil, index: any KnowledgeIndex = ListIndex(), actions: (any ActionProvider)? = nil,
        settings: AgentSettings = AgentSettings(), kind: ChannelKind = .web, hasEndpoint: Bool = false,
        classifier: any MessageClassifier = EmbeddedClassifier(),
        summarizer: any HandoffSummarizer = ExtractiveSummarizer()
    ) {
        channel = RecordingChannel(kind: kind)
        agent = Agent(
            AgentParts(
                store: store, knowledge: index, answerer: answerer, classifier: classifier, summarizer: summarizer,
                actions: actions, channels: [channel], helpdesks: [helpdesk],
                endpoints: hasEndpoint ? [endpoint] : [], clock: clock, ids: SequentialIDs()),
            settings: settings)
    }

    /// The customer writes, and everything due is done.
    @discardableResult
    func customer(
        _ text: String, thread: ThreadID = "thread-1", id: String? = nil, from sender: ContactHandle? = nil
    ) async throws -> AcceptedMessage {
        let message = channel.message(
            text, thread: thread, providerID: id ?? "m\(clock.now().milliseconds)-\(text.hashValue)", from: sender)
        let accepted = try await agent.receive(message).0
        try await agent.runUntilIdle()
        clock.advance(by: .seconds(1))
        return accepted
    }

    var sent: [String] { channel.sent.map { $0.text.reveal() } }

    func session(_ accepted: AcceptedMessage) async throws -> Session {
        guard let session = try await store.session(accepted.session) else { throw MissingSession() }
        return session
    }

    func history(_ accepted: AcceptedMessage) async throws -> [HistoryEntry] {
        try await store.history(accepted.session, after: 0, limit: 1000)
    }

    struct MissingSession: Error {}
}
