import OpenCXCore
import OpenCXTesting
import Testing

/// Files that came with messages go with the words: a store of files sees no message, so nobody else can name them.
struct FileRemovalTests {
    /// Keeps no file; tells which ones it was to remove.
    struct Folder: AttachmentStore {
        let removed = Locked<[String]>([])
        let broken = Locked<Set<String>>([])

        func removeFiles(at locations: [String]) async throws {
            if broken.withLock({ !$0.isDisjoint(with: locations) }) {
                throw ChannelError(.unavailable, "The disk is gone.")
            }
            removed.withLock { $0 += locations }
        }
    }

    /// An agent whose customers send files.
    struct FileDesk {
        let folder = Folder()
        let store = InMemoryStore()
        let channel = RecordingChannel()
        let clock = ManualClock()
        let vault = InMemoryVault()
        let ids = SequentialIDs()
        let agent: Agent

        init(settings: AgentSettings = AgentSettings(), vault: (any PIIVault)? = nil) {
            agent = Agent(
                AgentParts(
                    store: store, knowledge: ListIndex(), channels: [channel], attachments: [folder],
                    redaction: Redaction(vault: vault ?? self.vault), clock: clock, ids: ids),
                settings: settings)
        }

        /// The agent after a restart, which has emptied the vault.
        var restarted: Agent {
            var parts = agent.parts
            parts.redaction = Redaction(vault: InMemoryVault())
            return Agent(parts, settings: agent.settings)
        }

        @discardableResult
        func write(_ text: String, file: String, thread: ThreadID = "a") async throws -> AcceptedMessage {
            try await write(text, at: .elsewhere(UnredactedText(file)), thread: thread)
        }

        @discardableResult
        func write(
            _ text: String, at place: AttachmentPlace, from name: String? = nil, thread: ThreadID = "a"
        ) async throws -> AcceptedMessage {
            var message = channel.message(text, thread: thread, providerID: text)
            message.sender.name = name
            message.attachments = [
                InboundAttachment(name: UnredactedText("passport.png"), mediaType: "image/png", place: place)
            ]
            let accepted = try await agent.receive(message).0
            try await agent.runUntilIdle()
            return accepted
        }

        var removed: [String] { folder.removed.withLock { $0 } }
    }

    @Test func `the files of hidden messages go, those of others stay`() async throws {
        let desk = FileDesk()
        let first = try await desk.write("My passport", file: "folder:one")
        try await desk.write("And the invoice", file: "folder:two")
        _ = try await desk.agent.hide(first.session, entries: [first.sequence])
        #expect(desk.removed == ["folder:one"])
        _ = try await desk.agent.hide(first.session)
        #expect(desk.removed == ["folder:one", "folder:two"])
        let contact = try #require(try await desk.store.session(first.session)).contact
        _ = try await desk.agent.erase(contact)
        #expect(desk.removed == ["folder:one", "folder:two"])
    }

    @Test func `while a file cannot be removed its message is not hidden, so that it is found once more`() async throws
    {
        let desk = FileDesk()
        let accepted = try await desk.write("My passport", file: "folder:one")
        desk.folder.broken.withLock { $0 = ["folder:one"] }
        await #expect(throws: ChannelError.self) { try await desk.agent.hide(accepted.session) }
        let message = try await desk.store.history(accepted.session, after: 0, limit: 1).first?.message
        #expect(message?.attachments.map(\.location) == ["folder:one"])
        desk.folder.broken.withLock { $0 = [] }
        _ = try await desk.agent.hide(accepted.session)
        #expect(desk.removed == ["folder:one"])
    }

    @Test func `where hiding is refused the files stay`() async throws {
        let desk = FileDesk()
        var message = desk.channel.message("My passport", providerID: "1")
        message.attachments = [
            InboundAttachment(name: UnredactedText("a.png"), mediaType: "image/png", location: "folder:one")
        ]
        let accepted = try await desk.agent.receive(message).0
        await #expect(throws: StoreError.self) { try await desk.agent.hide(accepted.session) }
        #expect(desk.removed.isEmpty)
    }

    private static let month = AgentSettings(retention: RetentionPolicy(closedSessions: .seconds(86_400 * 30)))

    @Test func `the files of a session go before it does, and one that cannot be removed holds up no other session`()
        async throws
    {
        let desk = FileDesk(settings: Self.month)
        var sessions: [SessionID] = []
        for name in ["one", "two", "three"] {
            let accepted = try await desk.write("Mine is \(name)", file: "folder:\(name)", thread: ThreadID(name))
            _ = try await desk.agent.close(accepted.session, by: .system)
            sessions.append(accepted.session)
            desk.clock.advance(by: .seconds(1))
        }
        try await desk.agent.runUntilIdle()
        #expect(try await !desk.agent.removeExpired())
        #expect(desk.removed.isEmpty)
        desk.clock.advance(by: .seconds(86_400 * 31))
        desk.folder.broken.withLock { $0 = ["folder:one"] }
        await #expect(throws: ChannelError.self) { try await desk.agent.removeExpired() }
        #expect(desk.removed == ["folder:two", "folder:three"])
        #expect(try await desk.store.sessions(.all, limit: 9).map(\.id) == [sessions[0]])
        desk.folder.broken.withLock { $0 = [] }
        #expect(try await !desk.agent.removeExpired())
        #expect(desk.removed == ["folder:two", "folder:three", "folder:one"])
        #expect(try await desk.store.sessions(.all, limit: 9).isEmpty)
    }

    @Test func `what is still to be delivered keeps its files`() async throws {
        let desk = FileDesk(settings: Self.month)
        desk.channel.fail(with: Array(repeating: ChannelError(.unavailable, "down"), count: 99))
        let accepted = try await desk.write("Hello", file: "folder:one")
        _ = try await desk.agent.close(accepted.session, by: .system)
        try #require(try await !desk.store.outbox(.pending, limit: 9).isEmpty)
        desk.clock.advance(by: .seconds(86_400 * 31))
        #expect(try await !desk.agent.removeExpired())
        #expect(desk.removed.isEmpty)
        #expect(try await desk.store.session(accepted.session) != nil)
    }
}
