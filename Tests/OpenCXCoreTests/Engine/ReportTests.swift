import OpenCXCore
import OpenCXTesting
import Testing

/// What providers tell besides messages.
struct ReportTests {
    /// A channel whose requests say in words what they tell.
    private struct TellingChannel: Channel {
        let inner = RecordingChannel(kind: .sms)
        let event: Locked<ChannelEvent?> = Locked(nil)
        /// Every try, also of what was sent before.
        let outbound: Locked<[OutboundMessage]> = Locked([])

        var id: ChannelID { inner.id }
        var kind: ChannelKind { .sms }
        func receive(_ request: WebhookRequest) async throws -> [InboundMessage] { [] }
        func events(in request: WebhookRequest) async throws -> [ChannelEvent] {
            event.withLock { $0 }.map { [$0] } ?? []
        }
        func send(_ message: OutboundMessage) async throws -> DeliveryReceipt {
            outbound.withLock { $0.append(message) }
            return try await inner.send(message)
        }
    }

    private let channel = TellingChannel()
    private let store = InMemoryStore()
    private let clock = ManualClock()
    private let agent: Agent

    init() {
        agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(["Opening hours": "We are open from 9 to 5."]), channels: [channel],
                clock: clock, ids: SequentialIDs()))
    }

    private func tell(_ event: ChannelEvent) async throws -> Int {
        channel.event.withLock { $0 = event }
        let response = await agent.handle(WebhookRequest(), on: channel.id)
        try await agent.runUntilIdle()
        return response.status
    }

    private func message(_ text: String, _ id: String) -> InboundMessage {
        channel.inner.message(
            text, thread: "+1/+2", providerID: id, from: ContactHandle(phone: "+15550001", isVerified: true))
    }

    private func session() async throws -> Session {
        try #require(try await store.sessions(.all, limit: 1).first)
    }

    private func delivered() async throws -> OutboxEntry {
        #expect(try await tell(.message(message("When are you open?", "1"))) == 200)
        return try #require(try await store.outbox(.delivered, limit: 9).first)
    }

    @Test func `a message that failed on its way goes out again, and its delivery is told`() async throws {
        let entry = try await delivered()
        let failed = DeliveryProgress.failed(reason: "unreachable", isPassing: true)
        #expect(try await tell(.delivery(DeliveryReport(delivery: entry.id, progress: failed))) == 200)
        #expect(channel.outbound.withLock(\.count) == 1)
        // Told again while it waits to go out again, it is neither news nor an error.
        #expect(try await tell(.delivery(DeliveryReport(delivery: entry.id, progress: failed))) == 200)
        clock.advance(by: .seconds(600))
        try await agent.runUntilIdle()
        #expect(channel.outbound.withLock { $0.map(\.idempotencyKey) } == [entry.id.rawValue, entry.id.rawValue])
        #expect(channel.outbound.withLock { $0.map(\.isRetry) } == [false, true])
        #expect(try await tell(.delivery(DeliveryReport(delivery: entry.id, progress: .delivered))) == 200)
        let history = try await store.history(session().id, after: 0, limit: 99)
        #expect(history.last?.event == .delivery(channel.inner.sent[0].message.id, .delivered))
    }

    /// Callbacks of both parts in every order, of which some are told twice.
    @Test(arguments: [
        [(1, "sent"), (2, "sent"), (1, "delivered"), (2, "delivered")],
        [(2, "delivered"), (2, "sent"), (1, "delivered"), (1, "sent")],
        [(2, "delivered"), (2, "delivered"), (1, "sent"), (1, "delivered"), (1, "delivered")],
    ])
    func `a message in parts is delivered when all of them are`(order: [(Int, String)]) async throws {
        let entry = try await delivered()
        for (place, (number, stage)) in order.enumerated() {
            let wasDelivered = try await store.delivery(entry.id)?.stage == .delivered
            #expect(!wasDelivered || place == order.count - 1)
            let progress: DeliveryProgress = stage == "sent" ? .sent : .delivered
            let report = DeliveryReport(delivery: entry.id, progress: progress, part: DeliveryPart(number, of: 2))
            #expect(try await tell(.delivery(report)) == 200)
        }
        #expect(try await store.delivery(entry.id)?.stage == .delivered)
        let told = try await store.history(session().id, after: 0, limit: 99).compactMap { entry -> DeliveryStage? in
            if case .delivery(_, let stage) = entry.event { stage } else { nil }
        }
        #expect(told.last == .delivered && told.count { $0 == .delivered } == 1)
    }

    @Test func `one part that failed fails the message, and what has arrived is not waited for again`() async throws {
        let entry = try await delivered()
        func part(_ number: Int, _ progress: DeliveryProgress) async throws {
            let report = DeliveryReport(delivery: entry.id, progress: progress, part: DeliveryPart(number, of: 2))
            #expect(try await tell(.delivery(report)) == 200)
        }
        try await part(1, .failed(reason: "unreachable", isPassing: true))
        try await part(2, .delivered)
        #expect(channel.outbound.withLock(\.count) == 1)
        clock.advance(by: .seconds(600))
        try await agent.runUntilIdle()
        #expect(channel.outbound.withLock { $0.map(\.isRetry) } == [false, true])
        try await part(1, .delivered)
        #expect(try await store.delivery(entry.id)?.stage == .delivered)
        try await part(2, .failed(reason: "landline", isPassing: false))
        #expect(try await session().owner == .ai)
    }

    @Test func `a customer who cannot be reached is somebody's business`() async throws {
        let entry = try await delivered()
        let failed = DeliveryProgress.failed(reason: "no such number", isPassing: false)
        #expect(try await tell(.delivery(DeliveryReport(delivery: entry.id, progress: failed))) == 200)
        #expect(try await session().owner == .team)
        #expect(try await store.outbox(.dead, limit: 9).map(\.id) == [entry.id])
        // Told twice, it is no news.
        let count = try await store.history(session().id, after: 0, limit: 99).count
        #expect(try await tell(.delivery(DeliveryReport(delivery: entry.id, progress: failed))) == 200)
        #expect(try await store.history(session().id, after: 0, limit: 99).count == count)
    }

    @Test func `a report of what is not known is no error`() async throws {
        let entry = try await delivered()
        #expect(try await tell(.delivery(DeliveryReport(delivery: "none", progress: .delivered))) == 200)
        #expect(try await store.delivery(entry.id)?.stage == nil)
    }

    @Test func `who wrote STOP gets nothing more, from nobody, until START`() async throws {
        _ = try await delivered()
        #expect(try await tell(.consent(message("STOP", "2"), isGiven: false)) == 200)
        #expect(channel.inner.sent.count == 1)
        let session = try await session()
        _ = try await agent.reply(to: session.id, as: "Ana", UnredactedText("Are you sure?"))
        try await agent.runUntilIdle()
        #expect(channel.inner.sent.count == 1)
        let dead = try await store.outbox(.dead, limit: 9)
        #expect(dead.first?.lastFailure == "The customer has asked for no more messages on this channel.")
        #expect(try await tell(.consent(message("START", "3"), isGiven: true)) == 200)
        _ = try await agent.reply(to: session.id, as: "Ana", UnredactedText("Welcome back."))
        try await agent.runUntilIdle()
        #expect(channel.inner.sent.map { $0.text.reveal() }.last == "Welcome back.")
    }

    @Test(arguments: [true, false])
    func `a session ends by itself although its last message is one that nobody answers`(isFirst: Bool) async throws {
        if !isFirst { _ = try await delivered() }
        #expect(try await tell(.consent(message("STOP", "2"), isGiven: false)) == 200)
        clock.advance(by: .seconds(24 * 3600))
        try await agent.runUntilIdle()
        #expect(try await session().status == (isFirst ? .closedUnresolved : .closedResolved))
        // It is opened again, and ends as it had.
        #expect(try await tell(.consent(message("START", "3"), isGiven: true)) == 200)
        #expect(try await session().status == .open)
        clock.advance(by: .seconds(24 * 3600))
        try await agent.runUntilIdle()
        #expect(try await session().status == (isFirst ? .closedUnresolved : .closedResolved))
    }
}
