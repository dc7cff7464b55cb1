import OpenCXCore
import OpenCXSunshine
import OpenCXTesting
import Testing

/// A whole agent, with Sunshine Conversations at the other end.
struct AgentTests {
    private let sunshine = FakeSunshine()
    private let store = InMemoryStore()
    private let clock = ManualClock(start: Sunshine.now)
    private let web = RecordingChannel(id: "web")
    private let agent: Agent

    init() {
        agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(["Opening hours": "We are open from 9 to 5."]), channels: [web],
                helpdesks: [Sunshine.helpdesk(sunshine)], clock: clock, ids: SequentialIDs()))
    }

    private func session() async throws -> Session { try #require(try await store.sessions(.all, limit: 1).first) }

    private func tell(_ event: JSONValue) async throws {
        #expect(await agent.handle(Sunshine.request([event]), at: "sunshine").status == 200)
        try await agent.runUntilIdle()
    }

    @Test func `a chat goes on live with a person, and ends when they close the ticket`() async throws {
        let jane = ContactHandle(email: "jane@example.com", name: "Jane", isVerified: true)
        _ = try await agent.receive(web.message("I want to talk to a human", providerID: "w1", from: jane))
        try await agent.runUntilIdle()
        let id = try #require(try await session().tickets["sunshine"])
        #expect(sunshine.conversation(id)?.active == "workspace")
        let sent = web.sent.count
        for _ in 1...2 { try await tell(Sunshine.message(Sunshine.text("Hello Jane"), in: id)) }
        #expect(web.sent.count == sent + 1 && web.sent.last?.text.reveal() == "Hello Jane")
        _ = try await agent.receive(web.message("Where is my parcel?", providerID: "w2", from: jane))
        try await agent.runUntilIdle()
        #expect(sunshine.texts(id).last == "Where is my parcel?")
        #expect(sunshine.conversation(id)?.messages.last?["author"]?["type"] == "user")
        let count = sunshine.texts(id).count
        sunshine.control(id, by: "bot")
        try await tell(Sunshine.control("releaseControl", reason: "ticketClosed", in: id))
        #expect(try await session().status == .closedResolved)
        #expect(sunshine.texts(id).count == count && sunshine.state.withLock { $0.conversations.count } == 1)
    }

    @Test func `an outage holds up no customer, and the handoff arrives afterwards`() async throws {
        sunshine.state.withLock { state in for place in 0..<3 { state.faults[place] = .lost } }
        _ = try await agent.receive(web.message("I want to talk to a human", providerID: "w1"))
        try await agent.runUntilIdle()
        #expect(try await session().owner == .team && !web.sent.isEmpty)
        for _ in 0..<8 {
            clock.advance(by: .seconds(600))
            try await agent.runUntilIdle()
        }
        #expect(sunshine.state.withLock { $0.conversations.count } == 1)
        #expect(try await session().tickets["sunshine"] != nil)
    }
}
