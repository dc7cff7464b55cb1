import OpenCXCore
import OpenCXTesting
import Testing

@Suite struct TeamSettingsTests {
    private struct Unreadable: SettingsSource {
        func current(_ settings: AgentSettings) async throws -> AgentSettings {
            throw StoreError(.unavailable, "down")
        }
    }

    private func agent(_ settings: (any SettingsSource)?, clock: ManualClock) -> (Agent, InMemoryStore) {
        let store = InMemoryStore()
        let agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), answerer: ScriptedAnswerer(answering: "Yes."),
                settings: settings, channels: [RecordingChannel()], clock: clock, ids: SequentialIDs()))
        return (agent, store)
    }

    private func owner(_ agent: Agent, _ thread: ThreadID) async throws -> SessionOwner? {
        let message = InboundMessage(
            channel: "test", channelKind: .web, thread: thread, providerID: nil,
            sender: ContactHandle(customID: thread.rawValue, isVerified: false),
            text: UnredactedText("Do you ship to Spain?"))
        let session = try await agent.receive(message).0.session
        try await agent.runUntilIdle()
        return try await agent.parts.store.session(session)?.owner
    }

    @Test func `a switch holds from the next turn on, for every agent on the store`() async throws {
        let documents = InMemoryAccessStore()
        let settings = TeamSettings(store: documents)
        let (one, _) = agent(settings, clock: ManualClock())
        let (two, _) = agent(TeamSettings(store: documents), clock: ManualClock())
        #expect(try await owner(one, "a") == .ai)
        try await settings.setSwitch(false, of: "test", at: .epoch)
        #expect(try await owner(one, "b") == .team)
        #expect(try await owner(two, "c") == .team)
        try await settings.setSwitch(nil, of: "test", at: .epoch)
        #expect(try await owner(two, "d") == .ai)
    }

    @Test func `an agent that cannot learn its settings tries again, and answers nothing meanwhile`() async throws {
        let clock = ManualClock()
        let (agent, store) = agent(Unreadable(), clock: clock)
        #expect(try await owner(agent, "a") == .ai)
        let session = try #require(await store.sessions(.all, limit: 1).first)
        #expect(session.awaitsAI)
        #expect(try await store.history(session.id, after: 0, limit: 9).count == 1)
        #expect(try #require(await store.nextTurnDue()) > clock.now())
    }

    @Test func `scenarios come back as they were kept`() async throws {
        let settings = TeamSettings(store: InMemoryAccessStore())
        let specific = TeamSettings.Scenario(
            id: "b",
            scenario: TrainingScenario(
                name: "Orders", kind: .specific(questions: ["Where is it?"]), content: "On its way.",
                channels: ["web"]),
            createdAt: Timestamp(milliseconds: 5))
        let draft = TeamSettings.Scenario(
            id: "a", scenario: TrainingScenario(name: "Tone", kind: .behavioral, content: "Be brief."), isDraft: true,
            createdAt: Timestamp(milliseconds: 6), updatedAt: Timestamp(milliseconds: 7))
        try await settings.put(specific)
        try await settings.put(draft)
        #expect(try await settings.scenarios() == [draft, specific])
        #expect(try await settings.scenario("b") == specific)
        let base = AgentSettings(scenarios: [TrainingScenario(name: "Base", kind: .behavioral, content: "x")])
        #expect(try await settings.current(base).scenarios.map(\.name) == ["Base", "Orders"])
        #expect(try await settings.removeScenario("b"))
        #expect(try await settings.scenario("b") == nil)
    }
}
