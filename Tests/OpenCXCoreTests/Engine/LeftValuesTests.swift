import OpenCXTesting
import Testing

@testable import OpenCXCore

/// Raw values come into the vault before their session is stored. Where it never is, nobody else will find them.
struct LeftValuesTests {
    /// A vault that tells which sessions it has values of.
    final class Vault: PIIVault {
        private let inner = InMemoryVault()
        private let kept = Locked<Set<SessionID>>([])
        /// How many calls from now on are to fail.
        let failures = Locked(0)
        /// The value that cannot be kept.
        let refused = Locked<String?>(nil)

        var sessions: Set<SessionID> { kept.withLock { $0 } }

        func placeholders(
            for values: [PIIValue], in session: SessionID, above counts: PlaceholderCounts
        ) async throws -> [Placeholder] {
            if values.contains(where: { $0.raw == refused.withLock { $0 } }) { throw StoreError(.unavailable, "full") }
            if !values.isEmpty { kept.withLock { _ = $0.insert(session) } }
            return try await inner.placeholders(for: values, in: session, above: counts)
        }

        func values(of placeholders: [Placeholder], in session: SessionID) async throws -> [Placeholder: String] {
            try await inner.values(of: placeholders, in: session)
        }

        func forget(_ session: SessionID) async throws {
            let fails = failures.withLock { count in
                defer { count = max(0, count - 1) }
                return count > 0
            }
            if fails { throw StoreError(.unavailable, "The vault is away.") }
            kept.withLock { _ = $0.remove(session) }
            try await inner.forget(session)
        }

        func expire(before time: Timestamp) async throws {}
        func expire() async throws {}
    }

    private func agent(
        _ store: any Store, _ vault: Vault, _ channel: RecordingChannel, clock: ManualClock,
        settings: AgentSettings = AgentSettings()
    ) -> Agent {
        Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), channels: [channel], redaction: Redaction(vault: vault),
                clock: clock,
                ids: SequentialIDs()), settings: settings)
    }

    private let mail = "Write to jane@example.com"

    @Test func `a message that is delivered twice at once leaves the values of its session only`() async throws {
        let (store, vault, channel) = (InMemoryStore(), Vault(), RecordingChannel())
        let agent = agent(store, vault, channel, clock: ManualClock())
        let results = try await withThrowingTaskGroup(of: AcceptedMessage.self) { group in
            for _ in 0..<8 {
                group.addTask { try await agent.receive(channel.message(mail, providerID: "1")).0 }
            }
            return try await group.reduce(into: Set<SessionID>()) { $0.insert($1.session) }
        }
        #expect(results.count == 1)
        #expect(vault.sessions == results)
    }

    @Test func `a message delivered again after its session has ended leaves nothing`() async throws {
        let (store, vault, channel, clock) = (InMemoryStore(), Vault(), RecordingChannel(), ManualClock())
        let agent = agent(store, vault, channel, clock: clock)
        let accepted = try await agent.receive(channel.message(mail, providerID: "1")).0
        try await agent.runUntilIdle()
        _ = try await agent.close(accepted.session, by: .system)
        clock.advance(by: .seconds(86_400 * 60))
        #expect(try await agent.receive(channel.message(mail, providerID: "1")).isDuplicate)
        #expect(vault.sessions == [accepted.session])
    }

    @Test func `a message that could not be stored leaves nothing, and what failed is told as it was`() async throws {
        let (vault, channel) = (Vault(), RecordingChannel())
        // There is no such folder, so nothing can be written.
        let store = try OneFileStore(path: "/nonexistent/opencx/store.json")
        let agent = agent(store, vault, channel, clock: ManualClock())
        let error = await #expect(throws: StoreError.self) {
            try await agent.receive(channel.message(mail, providerID: "1"))
        }
        #expect(error?.code == .unavailable)
        #expect(vault.sessions.isEmpty)
    }

    @Test func `what fails while the vault is away as well is told as it was`() async throws {
        let (vault, channel) = (Vault(), RecordingChannel())
        let store = try OneFileStore(path: "/nonexistent/opencx/store.json")
        let agent = agent(store, vault, channel, clock: ManualClock())
        vault.failures.withLock { $0 = 1 }
        let error = await #expect(throws: StoreError.self) {
            try await agent.receive(channel.message(mail, providerID: "1"))
        }
        #expect(error?.description.contains("vault") == false)
    }

    @Test func `a message that the vault takes half of leaves nothing`() async throws {
        let (vault, channel) = (Vault(), RecordingChannel())
        let agent = agent(InMemoryStore(), vault, channel, clock: ManualClock())
        vault.refused.withLock { $0 = "joe@example.com" }
        var message = channel.message(mail, providerID: "1")
        message.subject = UnredactedText("For joe@example.com")
        await #expect(throws: StoreError.self) { try await agent.receive(message) }
        #expect(vault.sessions.isEmpty)
    }

    @Test func `a session that is there keeps its values, whatever was told of its message`() async throws {
        let (store, vault, channel) = (InMemoryStore(), Vault(), RecordingChannel())
        let agent = agent(store, vault, channel, clock: ManualClock())
        let accepted = try await agent.receive(channel.message(mail, providerID: "1")).0
        // As after a commit whose answer was lost.
        await agent.forgetIfRemoved(accepted.session)
        #expect(vault.sessions == [accepted.session])
    }

    @Test func `retention forgets values before their session, so that one it could not forget is found again`()
        async throws
    {
        let (store, vault, channel, clock) = (InMemoryStore(), Vault(), RecordingChannel(), ManualClock())
        let settings = AgentSettings(retention: RetentionPolicy(closedSessions: .seconds(86_400 * 30)))
        let agent = agent(store, vault, channel, clock: clock, settings: settings)
        for number in 1...3 {
            let message = channel.message(mail, thread: ThreadID("t\(number)"), providerID: "\(number)")
            let accepted = try await agent.receive(message).0
            try await agent.runUntilIdle()
            _ = try await agent.close(accepted.session, by: .system)
            clock.advance(by: .seconds(1))
        }
        try await agent.runUntilIdle()
        clock.advance(by: .seconds(86_400 * 31))
        vault.failures.withLock { $0 = 1 }
        await #expect(throws: StoreError.self) { try await agent.removeExpired() }
        let left = try await store.sessions(.all, limit: 9).map(\.id)
        #expect(left.count == 1)
        #expect(vault.sessions == Set(left))
        #expect(try await !agent.removeExpired())
        #expect(vault.sessions.isEmpty)
        #expect(try await store.sessions(.all, limit: 9).isEmpty)
    }
}
