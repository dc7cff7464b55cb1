import OpenCXCore
import OpenCXTesting
import Testing

/// What people do in the helpdesk that a conversation lives in, or was handed off to.
struct HelpdeskEventTests {
    /// A channel whose conversations live in a helpdesk; its requests are made by the test.
    private struct HomeChannel: Channel {
        let inner = RecordingChannel(id: "front", kind: .email)
        let events: Locked<[ChannelEvent]> = Locked([])

        var id: ChannelID { inner.id }
        var kind: ChannelKind { .email }
        func receive(_ request: WebhookRequest) async throws -> [InboundMessage] { [] }
        func events(in request: WebhookRequest) async throws -> [ChannelEvent] { events.withLock { $0 } }
        func send(_ message: OutboundMessage) async throws -> DeliveryReceipt { try await inner.send(message) }
    }

    /// A helpdesk that tells what the test says, and writes down what it is told.
    private struct TellingHelpdesk: Helpdesk {
        let inner: ScriptedHelpdesk
        let events: Locked<[TeamEvent]> = Locked([])
        let endings: Locked<[ConversationEnding]> = Locked([])
        let followUps: Locked<[FollowUp]> = Locked([])
        let outcome: Locked<EndingOutcome> = Locked(.done)
        var kinds: Set<ChannelKind> = [.web, .email]

        var id: HelpdeskID { inner.id }
        func takes(_ kind: ChannelKind) -> Bool { kinds.contains(kind) }
        func open(_ handoff: HandoffPackage) async throws -> HelpdeskReceipt { try await inner.open(handoff) }
        func append(_ followUp: FollowUp) async throws { followUps.withLock { $0.append(followUp) } }
        func end(_ ending: ConversationEnding) async throws -> EndingOutcome {
            endings.withLock { $0.append(ending) }
            return outcome.withLock { $0 }
        }
        func events(in request: WebhookRequest) async throws -> [TeamEvent] { events.withLock { $0 } }
    }

    private let store = InMemoryStore()
    private let clock = ManualClock()
    private let channel = HomeChannel()
    private let web = RecordingChannel(id: "web")
    private let home = TellingHelpdesk(inner: ScriptedHelpdesk(id: "front"), kinds: [])
    private let desk = TellingHelpdesk(inner: ScriptedHelpdesk(id: "desk"))
    private let agent: Agent

    init() {
        agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(["Opening hours": "We are open from 9 to 5."]),
                channels: [channel, web], helpdesks: [home, desk], clock: clock, ids: SequentialIDs()))
    }

    private func message(
        _ text: String = "When are you open?", _ id: String = "1", holder: ConversationHolder = .ai
    ) -> InboundMessage {
        var message = channel.inner.message(
            text, thread: "cnv_1", providerID: id, from: ContactHandle(email: "jane@example.com", isVerified: true))
        message.helpdesk = "front"
        message.holder = holder
        return message
    }

    @discardableResult
    private func tell(_ events: ChannelEvent...) async throws -> Int {
        channel.events.withLock { $0 = events }
        let status = await agent.handle(WebhookRequest(), on: "front").status
        try await agent.runUntilIdle()
        return status
    }

    @discardableResult
    private func tell(
        _ activity: TeamEvent.Activity, in conversation: TeamEvent.Conversation = .thread("cnv_1"), as id: String = "e1"
    ) async throws -> Int {
        try await tell(.team(TeamEvent(activity, in: conversation, providerID: id)))
    }

    /// What the other helpdesk tells.
    @discardableResult
    private func deskTells(
        _ activity: TeamEvent.Activity, in conversation: TeamEvent.Conversation, as id: String = "e1"
    ) async throws -> Int {
        desk.events.withLock { $0 = [TeamEvent(activity, in: conversation, providerID: id)] }
        let status = await agent.handle(WebhookRequest(), at: "desk").status
        try await agent.runUntilIdle()
        return status
    }

    private func session() async throws -> Session { try #require(try await store.sessions(.all, limit: 1).first) }

    private func history() async throws -> [HistoryEntry.Event] {
        try await store.history(session().id, after: 0, limit: 99).map(\.event)
    }

    /// A web session whose customer asked for a person.
    private func handedOff() async throws -> Session {
        _ = try await agent.receive(web.message("I want to talk to a human", providerID: "w1"))
        try await agent.runUntilIdle()
        let session = try await session()
        #expect(session.owner == .team)
        return session
    }

    // MARK: In place

    @Test func `a message that others answer is as good as taken, whatever else its request holds`() async throws {
        let status = try await tell(.message(message(holder: .person("Ben"))), .message(message("", "2")))
        #expect(status == 200)
        #expect(try await store.sessions(.all, limit: 1).isEmpty)
    }

    @Test func `what a teammate writes is recorded once, and never sent again`() async throws {
        try await tell(.message(message()))
        #expect(channel.inner.sent.count == 1)
        for _ in 1...2 { #expect(try await tell(.replied(by: "Ana", UnredactedText("Hi jane@example.com"))) == 200) }
        #expect(channel.inner.sent.count == 1)
        let replies = try await history().filter { event in
            if case .message(let message) = event { message.author == .person("Ana") } else { false }
        }
        #expect(replies.count == 1)
        #expect(try await session().owner == .person("Ana"))
        guard case .message(let reply) = replies.first else { return }
        #expect(reply.text.text == "Hi [EMAIL_1]")
        // The AI keeps out from now on.
        try await tell(.message(message("And on Sunday?", "2")))
        #expect(channel.inner.sent.count == 1)
    }

    @Test func `a placeholder in the name of a teammate's file is taken`() async throws {
        try await tell(.message(message()))
        let file = InboundAttachment(
            name: UnredactedText("for-jane@example.com.pdf"), mediaType: "application/pdf",
            location: "https://a.example")
        try await tell(.replied(by: "Ana", UnredactedText("See the file."), attachments: [file]))
        let name = try #require(try await store.history(session().id, after: 0, limit: 99).last { $0.message != nil })
        let taken = try #require(name.message?.attachments.first?.name.text)
        #expect(!taken.contains("jane"))
        // After a restart nothing but the session tells which placeholders are taken.
        let next = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), channels: [channel], clock: clock, ids: SequentialIDs()))
        _ = try await next.receive(message("Write to zoe@example.com", "2"))
        let last = try await store.history(session().id, after: 0, limit: 99).compactMap(\.message).last
        #expect(last?.text.text == "Write to [EMAIL_2]")
    }

    @Test(arguments: [ConversationHolder.person("Ana"), .nobody])
    func `a conversation that others lead begins no session`(holder: ConversationHolder) async throws {
        #expect(try await tell(.message(message(holder: holder))) == 200)
        #expect(try await store.sessions(.all, limit: 9).isEmpty)
        #expect(channel.inner.sent.isEmpty)
    }

    @Test(arguments: [
        (ConversationHolder.person("Ana"), SessionOwner.person("Ana")), (.nobody, .team),
    ])
    func `a message in a conversation that somebody took is kept, and not answered`(
        holder: ConversationHolder, owner: SessionOwner
    ) async throws {
        try await tell(.message(message()))
        try await tell(.message(message("And on Sunday?", "2", holder: holder)))
        #expect(channel.inner.sent.count == 1)
        #expect(try await session().owner == owner)
        #expect(try await history().count { if case .message = $0 { true } else { false } } == 3)
    }

    @Test func `an answer is withdrawn when somebody has taken the conversation meanwhile`() async throws {
        channel.inner.fail(with: [ChannelError(.taken, "Somebody else has the conversation.")])
        try await tell(.message(message()))
        clock.advance(by: .seconds(9_999))
        try await agent.runUntilIdle()
        #expect(channel.inner.sent.isEmpty)
        #expect(channel.inner.tries == 1)
        #expect(try await session().owner == .team)
        let events = try await history()
        #expect(events.contains { if case .withheld(.ownerChanged, _) = $0 { true } else { false } })
        #expect(home.inner.tries.isEmpty && desk.inner.tries.isEmpty)
    }

    @Test func `a handoff goes to the helpdesk that the conversation lives in, and to no other`() async throws {
        try await tell(.message(message("I want to talk to a human")))
        #expect(desk.inner.tries.isEmpty)
        let handoff = try #require(home.inner.tickets.first)
        #expect(handoff.reference == "cnv_1")
        #expect(handoff.channel == "front")
        #expect(!handoff.isRetry)
        #expect(try await session().status == .open)
    }

    @Test func `a second try of a handoff says that it is one`() async throws {
        home.inner.fail(with: HelpdeskError(.unavailable, "Busy."))
        try await tell(.message(message("I want to talk to a human")))
        clock.advance(by: .seconds(600))
        try await agent.runUntilIdle()
        #expect(home.inner.tries.map(\.isRetry) == [false, true])
        #expect(Set(home.inner.tries.map(\.idempotencyKey)).count == 1)
    }

    @Test func `an end that the helpdesk tells is not told to it`() async throws {
        try await tell(.message(message()))
        for _ in 1...2 { try await tell(.ended(.closedResolved, by: "Ana")) }
        #expect(try await session().status == .closedResolved)
        #expect(home.endings.withLock(\.count) == 0)
        try await tell(.reopened(by: "Ana"), as: "e2")
        #expect(try await session().status == .open)
        // It is the AI's, and if nobody says anything it does not stay so for ever.
        clock.advance(by: .seconds(72 * 3600))
        try await agent.runUntilIdle()
        #expect(try await session().status == .closedUnresolved)
    }

    @Test func `an end of our own is told once, and why it was left`() async throws {
        home.outcome.withLock { $0 = .left("Somebody else has it, so it was not archived.") }
        try await tell(.message(message()))
        _ = try await agent.close(session().id, by: .system)
        try await agent.runUntilIdle()
        let ending = try #require(home.endings.withLock { $0 }.first)
        #expect(home.endings.withLock(\.count) == 1)
        #expect(ending.reference == "cnv_1")
        #expect(ending.summary.reveal().contains("When are you open?"))
        #expect(try await history().last == .activity("Somebody else has it, so it was not archived.", by: .system))
    }

    @Test func `what changes nothing is told in the history, without personal data`() async throws {
        try await tell(.message(message()))
        let before = try await session()
        try await tell(.changed(UnredactedText("Assigned to ana@team.example"), by: nil))
        let after = try await session()
        #expect(after.owner == before.owner && after.status == before.status)
        #expect(try await history().last == .activity("Assigned to [EMAIL_1]", by: .system))
    }

    @Test func `what is told of conversations that are not ours is ignored`() async throws {
        #expect(try await tell(.replied(by: "Ana", UnredactedText("Hi")), in: .thread("cnv_9")) == 200)
        #expect(try await tell(.noted(by: "Ana", UnredactedText("Hi")), in: .ticket("cnv_9")) == 200)
        let other = try await handedOff()
        #expect(try await tell(.replied(by: "Ana", UnredactedText("Hi")), in: .session(other.id)) == 200)
        #expect(try await session().owner == .team)
    }

    // MARK: Handed off

    @Test func `a reply at the helpdesk goes to the customer on their channel, once`() async throws {
        let session = try await handedOff()
        let sent = web.sent.count
        #expect(session.tickets["desk"] == "desk-1")
        for _ in 1...2 {
            #expect(try await deskTells(.replied(by: "Ana", UnredactedText("Hello!")), in: .ticket("desk-1")) == 200)
        }
        #expect(web.sent.dropFirst(sent).map { $0.text.reveal() } == ["Hello!"])
        try await deskTells(.replied(by: "Ana", UnredactedText("More.")), in: .session(session.id), as: "e2")
        #expect(web.sent.dropFirst(sent).map { $0.text.reveal() } == ["Hello!", "More."])
        #expect(try await self.session().owner == .person("Ana"))
    }

    @Test func `a reply to a session that another one has followed reaches the customer there`() async throws {
        let first = try await handedOff()
        _ = try await agent.close(first.id, by: .customer)
        try await agent.runUntilIdle()
        _ = try await agent.receive(web.message("Something new", providerID: "w2"))
        try await agent.runUntilIdle()
        let sent = web.sent.count
        #expect(try await deskTells(.replied(by: "Ana", UnredactedText("Hello!")), in: .ticket("desk-1")) == 200)
        #expect(web.sent.dropFirst(sent).map { $0.text.reveal() } == ["Hello!"])
        #expect(try await store.session(first.id)?.status != .open)
        // An older session is not opened again behind the customer's back.
        #expect(try await deskTells(.reopened(by: nil), in: .ticket("desk-1"), as: "e2") == 200)
        #expect(try await store.session(first.id)?.status != .open)
    }

    @Test func `a ticket that is solved ends the session, and a helpdesk of its own conversations hears nothing`()
        async throws
    {
        let session = try await handedOff()
        try await deskTells(.ended(.closedResolved, by: "Ana"), in: .ticket("desk-1"))
        #expect(try await store.session(session.id)?.status == .closedResolved)
        #expect(desk.endings.withLock(\.count) == 0)
        #expect(home.inner.tries.isEmpty && home.endings.withLock(\.count) == 0)
    }

    @Test func `a second handoff goes on with the ticket of the first`() async throws {
        let session = try await handedOff()
        _ = try await agent.assign(session.id, to: .ai, by: "Ana")
        _ = try await agent.receive(web.message("I want to talk to a human", providerID: "w2"))
        try await agent.runUntilIdle()
        #expect(desk.inner.tries.map(\.reference) == [nil, "desk-1"])
        #expect(desk.inner.tries.map { $0.transcript.count { $0.author == .customer } } == [1, 1])
    }

    @Test func `what the customer writes after a handoff follows it, each message once`() async throws {
        desk.inner.fail(with: HelpdeskError(.unavailable, "Busy."))
        _ = try await agent.receive(web.message("I want to talk to a human", providerID: "w1"))
        try await agent.runUntilIdle()
        // The helpdesk has nothing yet when the next message comes.
        _ = try await agent.receive(web.message("It is about jane@example.com", providerID: "w2"))
        try await agent.runUntilIdle()
        #expect(desk.followUps.withLock(\.count) == 0)
        clock.advance(by: .seconds(600))
        try await agent.runUntilIdle()
        let handoff = try #require(desk.inner.tickets.first)
        #expect(
            handoff.transcript.filter { $0.author == .customer }.map { $0.text.reveal() } == [
                "I want to talk to a human"
            ])
        _ = try await agent.receive(web.message("Hello?", providerID: "w3"))
        try await agent.runUntilIdle()
        #expect(
            desk.followUps.withLock { $0.map { $0.line.text.reveal() } } == ["It is about jane@example.com", "Hello?"])
        #expect(Set(desk.followUps.withLock { $0.map(\.reference) }) == ["desk-1"])
        #expect(home.followUps.withLock(\.count) == 0)
    }

    @Test func `what follows a handoff that nobody takes is not told, and waits for no one`() async throws {
        desk.inner.fail(with: HelpdeskError(.rejected, "No."))
        _ = try await agent.receive(web.message("I want to talk to a human", providerID: "w1"))
        try await agent.runUntilIdle()
        _ = try await agent.receive(web.message("Hello?", providerID: "w2"))
        try await agent.runUntilIdle()
        #expect(desk.followUps.withLock(\.count) == 0)
        #expect(try await store.outbox(.pending, limit: 9).isEmpty)
    }

    @Test func `requests to helpdesks that are not there, or tell nothing, are refused`() async throws {
        #expect(await agent.handle(WebhookRequest(), at: "nowhere").status == 404)
        let silent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), helpdesks: [ScriptedHelpdesk(id: "silent")], clock: clock,
                ids: SequentialIDs()))
        #expect(await silent.handle(WebhookRequest(), at: "silent").status == 404)
    }
}
