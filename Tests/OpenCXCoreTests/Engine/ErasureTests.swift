import OpenCXCore
import OpenCXTesting
import Testing

@Suite struct ErasureTests {
    private func everything(in store: InMemoryStore, of session: SessionID) async throws -> Int {
        var count = try await store.history(session, after: 0, limit: .max).count
        count += try await store.traces(session).count
        for state in OutboxEntry.State.allCases {
            count += try await store.outbox(state, limit: .max).count { $0.session == session }
        }
        return try await store.session(session) == nil ? count : count + 1
    }

    @Test func `a customer is forgotten with all they wrote, everybody else is not`() async throws {
        let desk = Desk(index: TurnTests.shop, hasEndpoint: true)
        let one = try await desk.customer("How do I return an item?", thread: "one")
        let two = try await desk.customer("I want to talk to a person, please", thread: "two")
        let session = try await desk.session(two)
        let erasure = try #require(try await desk.agent.erase(session.contact))
        #expect(
            erasure.sessions == [
                RemovedSession(
                    id: two.session, ticket: two.ticket, copies: [.init(helpdesk: "scripted", reference: "scripted-1")])
            ])
        #expect(try await everything(in: desk.store, of: two.session) == 0)
        #expect(try await everything(in: desk.store, of: one.session) > 3)
        #expect(try await desk.store.removal(of: two.ticket) != nil)
        #expect(try await desk.agent.erase(session.contact) == nil)
    }

    @Test func `files go with the messages that name them, or nothing is erased`() async throws {
        struct Folder: AttachmentStore {
            let removed: Locked<[String]>
            let isBroken: Locked<Bool>

            func removeFiles(at locations: [String]) async throws {
                if isBroken.withLock({ $0 }) { throw ChannelError(.unavailable, "The disk is gone.") }
                removed.withLock { $0 += locations }
            }
        }
        let folder = Folder(removed: Locked([]), isBroken: Locked(true))
        let store = InMemoryStore()
        let channel = RecordingChannel()
        let agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), channels: [channel], attachments: [folder], clock: ManualClock(),
                ids: SequentialIDs()))
        func write(_ text: String, file: String?, thread: String) async throws -> Session {
            var message = channel.message(text, thread: ThreadID(thread), providerID: text)
            message.attachments = (file.map { [$0] } ?? []).map {
                InboundAttachment(name: UnredactedText("a.png"), mediaType: "image/png", location: $0)
            }
            let accepted = try await agent.receive(message).0
            return try #require(try await store.session(accepted.session))
        }
        let session = try await write("Look", file: "folder:one", thread: "a")
        _ = try await write("And here", file: "folder:two", thread: "a")
        _ = try await write("Mine", file: "folder:other", thread: "b")
        await #expect(throws: ChannelError.self) { try await agent.erase(session.contact) }
        #expect(try await store.session(session.id) != nil)
        folder.isBroken.withLock { $0 = false }
        #expect(try await agent.erase(session.contact) != nil)
        #expect(folder.removed.withLock { $0 } == ["folder:one", "folder:two"])
    }

    @Test func `what waits for delivery is not delivered any more`() async throws {
        let desk = Desk(index: TurnTests.shop, hasEndpoint: true)
        desk.channel.fail(with: [ChannelError(.unavailable, "down")])
        desk.helpdesk.fail(with: HelpdeskError(.unavailable, "down"))
        desk.endpoint.fail(with: [EventError(.unavailable, "down")])
        let accepted = try await desk.customer("I want to talk to a person, please")
        let erasure = try await desk.agent.erase(try await desk.session(accepted).contact)
        #expect((erasure?.sessions.first?.withdrawnDeliveries ?? 0) >= 3)
        desk.clock.advance(by: .seconds(86_400))
        try await desk.agent.runUntilIdle()
        #expect(desk.sent.isEmpty && desk.helpdesk.tickets.isEmpty && desk.endpoint.deliveries.isEmpty)
    }

    @Test func `raw values are forgotten, also those of a turn that ran meanwhile`() async throws {
        let vault = InMemoryVault()
        let redaction = Redaction(vault: vault)
        let store = InMemoryStore()
        let channel = RecordingChannel()
        let agent = Locked<Agent?>(nil)
        let answerer = ScriptedAnswerer { request in
            let session = try #require(try await store.sessions(.all, limit: 1).first)
            _ = try await agent.withLock { $0 }?.erase(session.contact)
            // A model that goes on writing after the erasure.
            let text = try await request.context.redact(UnredactedText("Write to late@example.org"))
            return .answer(Answer(text: text, confidence: 1, basis: .smallTalk))
        }
        let made = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), answerer: answerer, channels: [channel], redaction: redaction,
                clock: ManualClock(), ids: SequentialIDs()))
        agent.withLock { $0 = made }
        let message = channel.message("Hi, I'm jane@example.com", providerID: "1")
        let accepted = try await made.receive(message).0
        let placeholder = Placeholder(kind: .email, number: 1)
        #expect(try await vault.values(of: [placeholder], in: accepted.session) == [placeholder: "jane@example.com"])
        try await made.runUntilIdle()
        let all = (1...3).map { Placeholder(kind: .email, number: $0) }
        #expect(try await vault.values(of: all, in: accepted.session).isEmpty)
        #expect(channel.sent.isEmpty)
        #expect(try await store.sessions(.all, limit: 9).isEmpty)
    }

    @Test func `an erasure in mid-turn leaves no reply and calls no action`() async throws {
        let actions = ActionTests.actions()
        let erased = Locked(false)
        let store = Locked<InMemoryStore?>(nil)
        let answerer = ScriptedAnswerer { _ in
            if let store = store.withLock({ $0 }), let session = try await store.sessions(.all, limit: 1).first {
                // In the store alone: as if another process had done it.
                _ = try await store.erase(session.contact, at: session.updatedAt)
                erased.withLock { $0 = true }
            }
            return .act(ActionProposal(name: "order_status", arguments: ["number": "FH-10423"]))
        }
        let desk = Desk(answerer: answerer, actions: actions)
        store.withLock { $0 = desk.store }
        let accepted = try await desk.customer("Where is FH-10423?", from: ActionTests.jane)
        #expect(erased.withLock { $0 })
        #expect(desk.sent.isEmpty)
        #expect(try await everything(in: desk.store, of: accepted.session) == 0)
        desk.clock.advance(by: .seconds(3600))
        try await desk.agent.runUntilIdle()
        #expect(desk.sent.isEmpty)
    }

    @Test func `whoever writes again is a new customer with a new number`() async throws {
        let desk = Desk(index: TurnTests.shop)
        let before = try await desk.customer("How do I return an item?", id: "1", from: ActionTests.jane)
        let contact = try await desk.session(before).contact
        _ = try await desk.agent.erase(contact)
        let after = try await desk.customer("How do I return an item?", id: "1", from: ActionTests.jane)
        #expect(after.ticket.rawValue == before.ticket.rawValue + 1)
        #expect(try await desk.session(after).contact != contact)
        #expect(desk.sent.count == 2)
    }
}
