internal import OpenCXCore

/// A store under test, and short ways of saying what happens to it.
struct StoreScene: Sendable {
    let store: any Store
    let check: String

    /// The time, some seconds into the scene.
    func time(_ seconds: Int) -> Timestamp {
        Timestamp(milliseconds: 1_760_000_000_000) + .seconds(seconds)
    }

    // MARK: Saying what holds

    func violation(_ message: String) -> ContractViolation {
        ContractViolation(check: check, message: message)
    }

    func expect(_ holds: Bool, _ message: @autoclosure () -> String) throws {
        if !holds { throw violation(message()) }
    }

    func expect<Value: Equatable>(_ value: Value, is expected: Value, _ what: String) throws {
        try expect(value == expected, "\(what) should be \(brief(expected)), and is \(brief(value))")
    }

    func require<Value>(_ value: Value?, _ what: String) throws -> Value {
        guard let value else { throw violation("\(what) is missing") }
        return value
    }

    private func brief(_ value: some Any) -> String {
        let text = String(describing: value)
        return text.count > 300 ? "\(text.prefix(300))…" : text
    }

    // MARK: Values

    /// A customer's message as it reaches the store; by default the first one of its thread.
    func intake(
        _ text: RedactedText = "Where is my order?", message: MessageID = "m1", session: SessionID = "s1",
        channel: ChannelID = "web", thread: ThreadID = "t1", sender: ContactHandle? = nil, dedupe: DedupeKey? = nil,
        contact: ContactID? = nil, at seconds: Int = 0, dueAt: Int? = nil
    ) -> Intake {
        Intake(
            message: Message(id: message, author: .customer, text: text, at: time(seconds)),
            dedupe: dedupe ?? .providerID("provider-\(channel)-\(message)"), channel: channel, channelKind: .web,
            thread: thread, sender: sender ?? ContactHandle(customID: "device-\(thread)", isVerified: false),
            session: session, placeholders: PlaceholderCounts(), newContact: contact ?? ContactID("contact-\(message)"),
            turnDueAt: time(dueAt ?? seconds))
    }

    func reply(_ text: RedactedText = "It is on its way.", id: MessageID = "r1", at seconds: Int = 0) -> Message {
        Message(id: id, author: .ai, text: text, at: time(seconds))
    }

    /// What a turn decided: by default a reply to everything that the claim knew of.
    func commit(_ claim: TurnClaim, reply: Message?, at seconds: Int) -> TurnCommit {
        TurnCommit(
            session: claim.session.id, lease: claim.lease, customerSequence: claim.session.lastCustomerSequence,
            reply: reply, placeholders: claim.session.placeholders,
            trace: Trace(
                id: TraceID("trace-\(claim.lease)"), session: claim.session.id,
                customerSequence: claim.session.lastCustomerSequence, startedAt: time(seconds),
                steps: [TraceStep(offset: 3, event: .decided(.reply))]),
            at: time(seconds))
    }

    func handoff(at seconds: Int) -> HandoffRecord {
        HandoffRecord(
            trigger: .explicitRequest, explanation: "Asked for a person.", summary: "About an order.",
            sentiment: .neutral, at: time(seconds))
    }

    // MARK: Steps that are expected to succeed

    /// Takes a message in.
    @discardableResult
    func accept(_ intake: Intake) async throws -> AcceptedMessage {
        let outcome = try await store.accept(intake)
        guard case .accepted(let accepted, _) = outcome else {
            throw violation("message \(intake.message.id) came to \(outcome)")
        }
        return accepted
    }

    /// Takes up the turn that is due, for a minute.
    func claim(at seconds: Int, lease: LeaseToken = "lease-1", until: Int? = nil) async throws -> TurnClaim {
        try require(
            try await store.claimTurn(now: time(seconds), lease: lease, until: time(until ?? seconds + 60)),
            "a turn that is due at \(seconds) s")
    }

    /// Takes up the delivery that is due, for a minute.
    func claimDelivery(
        to destination: OutboxDestination? = nil, at seconds: Int, lease: LeaseToken = "delivery-1", until: Int? = nil
    ) async throws -> OutboxEntry {
        try require(
            try await store.claimDeliveries(
                to: destination, limit: 1, now: time(seconds), lease: lease, until: time(until ?? seconds + 60)
            ).first,
            "a delivery that is due at \(seconds) s")
    }

    /// The open session of a thread.
    func openSession(channel: ChannelID, thread: ThreadID) async throws -> Session? {
        let latest = try await store.latestSession(channel: channel, thread: thread)
        return latest?.status == .open ? latest : nil
    }

    /// A session as it is now.
    func session(_ id: SessionID = "s1") async throws -> Session {
        try require(try await store.session(id), "session \(id)")
    }

    /// Everything that happened in a session.
    func history(_ id: SessionID = "s1") async throws -> [HistoryEntry] {
        try await store.history(id, after: 0, limit: .max)
    }

    /// A session with a message that was answered, its reply in the outbox.
    func answeredSession(
        _ session: SessionID = "s1", thread: ThreadID = "t1", lease: LeaseToken = "lease-1", at seconds: Int = 0
    ) async throws {
        try await accept(
            intake(message: MessageID("\(session)-m1"), session: session, thread: thread, at: seconds))
        let turn = try await claim(at: seconds, lease: lease)
        try expect(turn.session.id, is: session, "the session whose turn is due")
        let outcome = try await store.commitTurn(
            commit(turn, reply: reply(id: MessageID("\(session)-r1"), at: seconds), at: seconds))
        guard case .committed = outcome else {
            throw violation("a plain reply came to \(outcome)")
        }
    }

    /// Does the same thing many times at once.
    func concurrently<Output: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Output
    ) async throws -> [Output] {
        try await withThrowingTaskGroup(of: Output.self) { group in
            for index in 0..<count { group.addTask { try await body(index) } }
            var outputs: [Output] = []
            for try await output in group { outputs.append(output) }
            return outputs
        }
    }
}
