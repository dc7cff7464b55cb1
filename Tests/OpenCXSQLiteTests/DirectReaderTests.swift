import OpenCXCore
import OpenCXSQLite
import OpenCXTesting
import Testing

/// What is read where it is asked for, and not on a reader's queue.
@Suite struct DirectReaderTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test func `whoever has written reads what was written, however many do so at once`() async throws {
        let store = try SQLiteStore(path: directory.store)
        let agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), answerer: ScriptedAnswerer(answering: "Yes."), channels: [],
                clock: ManualClock(), ids: SequentialIDs()))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for customer in 0..<40 {
                group.addTask {
                    let thread = ThreadID("t\(customer)")
                    for number in 1...5 {
                        let (accepted, _) = try await agent.receive(
                            InboundMessage(
                                channel: "test", channelKind: .api, thread: thread, providerID: "\(customer)-\(number)",
                                sender: ContactHandle(customID: "c\(customer)", isVerified: false),
                                text: UnredactedText("Message \(number)")))
                        let latest = try await store.latestSession(channel: "test", thread: thread)
                        #expect(latest?.id == accepted.session && latest?.lastSequence == accepted.sequence)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await store.sessions(.all, limit: 99).count == 40)
    }

    @Test func `what another process has changed is seen at once`() async throws {
        let store = try SQLiteStore(path: directory.store)
        let other = try SQLiteStore(path: directory.store)
        for number in 1...3 {
            let before = try await store.knowledgeVersion()
            let article = Article(id: ArticleID("a\(number)"), source: "s", title: "A", markdown: "Text")
            _ = try await other.update(KnowledgeChanges(upserted: [article]))
            #expect(try await store.knowledgeVersion() > before)
        }
    }

    @Test func `a closed store says so`() async throws {
        let store = try SQLiteStore(path: directory.store)
        await store.close()
        await #expect(throws: StoreError(.closed, "The store has been closed.")) {
            try await store.latestSession(channel: "test", thread: "t")
        }
    }
}
