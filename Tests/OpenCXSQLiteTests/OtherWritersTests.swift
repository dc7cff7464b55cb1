import OpenCXCore
import OpenCXSQLite
import OpenCXTesting
import Testing

/// What those who wait for news know of other processes.
@Suite struct OtherWritersTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test func `the mark stays the same through one's own changes, and changes with those of others`() async throws {
        let store = try SQLiteStore(path: directory.store)
        let mark = try #require(try await store.markOfOtherWriters())
        try await store.runTurn(1, session: "session-1", thread: "thread-1")
        _ = try await store.sessions(.all, limit: 10)
        #expect(try await store.markOfOtherWriters() == mark)

        let other = try SQLiteStore(path: directory.store)
        _ = try await other.sessions(.all, limit: 10)
        let opened = try #require(try await store.markOfOtherWriters())
        _ = try await other.accept(intake(2))
        #expect(try await store.markOfOtherWriters() != opened)
        await other.close()
    }

    @Test func `whoever only reads cannot tell`() async throws {
        let store = try SQLiteStore(path: directory.store)
        _ = try await store.accept(intake(1))
        #expect(try await SQLiteStore(reading: directory.store).markOfOtherWriters() == nil)
        #expect(try await InMemoryStore().markOfOtherWriters() == nil)
    }

    @Test func `while nobody else writes, a wait lasts as long as it may`() async throws {
        let (agent, clock) = try makeAgent()
        let end = clock.now() + .seconds(25)
        let waiting = await startWaiting(agent, until: end)
        for _ in 0..<24 {
            try await clock.waitForSleepers(count: 1)
            clock.advance(by: .seconds(1))
        }
        try await clock.waitForSleepers(count: 1)
        clock.advance(by: .seconds(1))
        await waiting.value
        #expect(clock.now() == end)
    }

    @Test func `what somebody else writes ends a wait within seconds`() async throws {
        let (agent, clock) = try makeAgent()
        let waiting = await startWaiting(agent, until: clock.now() + .seconds(3600))
        for _ in 0..<30 {
            try await clock.waitForSleepers(count: 1)
            clock.advance(by: .seconds(1))
        }
        try await clock.waitForSleepers(count: 1)
        let other = try SQLiteStore(path: directory.store)
        _ = try await other.accept(intake(1))
        clock.advance(by: .seconds(8))
        await waiting.value
    }

    private func makeAgent() throws -> (Agent, ManualClock) {
        let clock = ManualClock()
        let store = try SQLiteStore(path: directory.store)
        return (Agent(AgentParts(store: store, knowledge: ListIndex(), clock: clock, ids: SequentialIDs())), clock)
    }

    private func startWaiting(_ agent: Agent, until end: Timestamp) async -> Task<Void, Never> {
        let mark = await agent.markOfOtherWriters()
        let events = agent.events()
        return Task { await agent.wait(for: events, since: mark, LookPause(), until: end) }
    }
}
