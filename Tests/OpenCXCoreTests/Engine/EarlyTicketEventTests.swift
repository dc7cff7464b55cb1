import OpenCXCore
import OpenCXTesting
import Testing

/// What a helpdesk tells of a ticket before it is known here that the ticket is ours.
struct EarlyTicketEventTests {
    /// A helpdesk in which somebody is quick.
    private struct QuickHelpdesk: Helpdesk {
        let inner = ScriptedHelpdesk(id: "desk")
        let whileOpening: Locked<(@Sendable () async -> Void)?> = Locked(nil)

        var id: HelpdeskID { inner.id }
        func open(_ handoff: HandoffPackage) async throws -> HelpdeskReceipt {
            let receipt = try await inner.open(handoff)
            await whileOpening.withLock { $0 }?()
            return receipt
        }
        func events(in request: WebhookRequest) async throws -> [TeamEvent] { try await inner.events(in: request) }
    }

    private let store = InMemoryStore()
    private let clock = ManualClock()
    private let web = RecordingChannel(id: "web")
    private let desk = QuickHelpdesk()
    private let agent: Agent

    init() {
        agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(["Opening hours": "We are open from 9 to 5."]), channels: [web],
                helpdesks: [desk], clock: clock, ids: SequentialIDs()))
        desk.inner.tell(
            TeamEvent(.replied(by: "Ana", UnredactedText("Hello!")), in: .ticket("desk-1"), providerID: "e1"))
    }

    private func told() async -> Int { await agent.handle(WebhookRequest(), at: "desk").status }

    private func handOff() async throws {
        _ = try await agent.receive(web.message("I want to talk to a human", providerID: "w1"))
        try await agent.runUntilIdle()
    }

    private var replies: Int { web.sent.count { $0.text.reveal() == "Hello!" } }

    @Test func `a reply that is told while its ticket is being opened is told again, and reaches the customer once`()
        async throws
    {
        let statuses = Locked<[Int]>([])
        let agent = agent
        desk.whileOpening.withLock {
            $0 = {
                let response = await agent.handle(WebhookRequest(), at: "desk")
                statuses.withLock { $0.append(response.status) }
            }
        }
        try await handOff()
        #expect(statuses.withLock { $0 } == [503])
        #expect(replies == 0)
        for _ in 1...2 { #expect(await told() == 200) }
        try await agent.runUntilIdle()
        #expect(replies == 1)
    }

    @Test func `a reply is told again while nobody knows whether a killed process has opened its ticket`()
        async throws
    {
        desk.inner.fail(with: HelpdeskError(.unavailable, "Busy."))
        try await handOff()
        clock.advance(by: .seconds(60))
        // It takes the handoff up, the helpdesk opens the ticket, and the process is gone.
        let entries = try await store.claimDeliveries(
            to: .helpdesk("desk"), limit: 1, now: clock.now(), lease: "killed", until: clock.now() + .seconds(120))
        #expect(entries.count == 1)
        clock.advance(by: .seconds(60))
        #expect(await told() == 503)
        clock.advance(by: .seconds(60))
        try await agent.runUntilIdle()
        #expect(await told() == 200)
        try await agent.runUntilIdle()
        #expect(replies == 1)
    }

    @Test func `what is told of other people's tickets is taken while a helpdesk is down for long`() async throws {
        desk.inner.fail(times: 99, with: HelpdeskError(.unavailable, "Busy.", retryAfter: .seconds(300)))
        try await handOff()
        clock.advance(by: .seconds(60))
        #expect(await told() == 200)
        #expect(replies == 0)
    }

    @Test func `what is told of other people's tickets is taken while only messages wait`() async throws {
        try await handOff()
        desk.inner.tell(
            TeamEvent(.replied(by: "Ana", UnredactedText("Hello!")), in: .ticket("other"), providerID: "e2"))
        _ = try await agent.receive(web.message("Hello?", providerID: "w2"))
        #expect(await told() == 200)
        #expect(replies == 0)
    }
}
