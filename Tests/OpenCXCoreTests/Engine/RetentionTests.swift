import OpenCXCore
import OpenCXTesting
import Testing

@Suite struct RetentionTests {
    private static let day = Duration.seconds(86_400)

    @Test(.timeLimit(.minutes(5))) func `a running agent removes what has been kept long enough`() async throws {
        let settings = AgentSettings(
            retention: RetentionPolicy(
                traces: Self.day, closedSessions: Self.day * 30, deliveries: Self.day * 2, dedupeKeys: Self.day * 3))
        let desk = Desk(index: TurnTests.shop, settings: settings)
        let accepted = try await desk.customer("How do I return an item?", id: "1")
        let contact = try await desk.session(accepted).contact
        _ = try await desk.agent.close(accepted.session, by: .system)
        let (store, clock) = (desk.store, desk.clock)
        func left() async throws -> [Int] {
            [
                try await store.traces(accepted.session).count, try await store.outbox(.delivered, limit: 9).count,
                try await store.session(accepted.session) == nil ? 0 : 1,
                try await store.contact(contact) == nil ? 0 : 1,
            ]
        }
        let agent = desk.agent
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await agent.run() }
            // All of its loops: turns, deliveries to two places, leases, and the sweep.
            try await clock.waitForSleepers(count: 5)
            for (days, expected) in [(0.5, [1, 1, 1, 1]), (1, [0, 1, 1, 1]), (1, [0, 0, 1, 1]), (28, [0, 0, 0, 0])] {
                clock.advance(by: Self.day * days)
                try await clock.waitForSleepers(count: 5)
                #expect(try await left() == expected)
            }
            group.cancelAll()
        }
        #expect(try await store.removal(of: accepted.ticket) != nil)
    }

    @Test func `much that is due is removed bit by bit`() async throws {
        let settings = AgentSettings(retention: RetentionPolicy(dedupeKeys: Self.day))
        let desk = Desk(settings: settings)
        for number in 0..<2300 {
            _ = try await desk.agent.receive(
                desk.channel.message("\(number)", thread: ThreadID("t\(number % 7)"), providerID: "\(number)"))
        }
        desk.clock.advance(by: Self.day * 2)
        #expect(try await desk.agent.removeExpired())
        #expect(try await !desk.agent.removeExpired())
        let again = try await desk.agent.receive(desk.channel.message("0", thread: "t0", providerID: "0"))
        #expect(!again.isDuplicate)
    }

    @Test func `nothing is removed by a policy that keeps everything, nor by default in the first weeks`() async throws
    {
        for (policy, days) in [(RetentionPolicy.keepEverything, 9999.0), (RetentionPolicy(), 60)] {
            let desk = Desk(index: TurnTests.shop, settings: AgentSettings(retention: policy))
            let accepted = try await desk.customer("How do I return an item?", id: "1")
            _ = try await desk.agent.close(accepted.session, by: .system)
            desk.clock.advance(by: Self.day * days)
            #expect(try await !desk.agent.removeExpired())
            #expect(try await desk.store.traces(accepted.session).count == 1)
            let again = try await desk.agent.receive(
                desk.channel.message("How do I return an item?", providerID: "1"))
            #expect(again.isDuplicate)
        }
    }

    @Test func `keys and effects outlive the windows in which they count, whatever the policy says`() async throws {
        let policy = RetentionPolicy(dedupeKeys: .zero, effects: .zero)
        let desk = Desk(actions: ActionTests.actions(), settings: AgentSettings(retention: policy))
        let asked = try await desk.customer("Please cancel my order FH-10423", id: "1", from: ActionTests.jane)
        let pending = try #require(try await desk.session(asked).pendingAction)
        try await desk.customer("yes", from: ActionTests.jane)
        let intent = EffectIntent(
            session: asked.session, customerSequence: pending.proposedAt, proposal: pending.proposal)
        #expect(try await desk.store.effect(intent.key) != nil)
        desk.clock.advance(by: .seconds(3500))
        try await desk.agent.removeExpired()
        let again = desk.channel.message("Please cancel my order FH-10423", providerID: "1", from: ActionTests.jane)
        #expect(try await desk.agent.receive(again).isDuplicate)
        #expect(try await desk.store.effect(intent.key) != nil)
        desk.clock.advance(by: .seconds(200))
        try await desk.agent.removeExpired()
        #expect(try await desk.store.effect(intent.key) == nil)
        #expect(try await desk.agent.receive(again).isDuplicate)
        desk.clock.advance(by: Self.day)
        try await desk.agent.removeExpired()
        #expect(try await !desk.agent.receive(again).isDuplicate)
    }
}
