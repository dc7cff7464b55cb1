import OpenCXCore
import OpenCXTesting
import Testing

/// When turns and deliveries run, and what becomes of those that are cut short.
struct SchedulingTests {
    @Test func `each e-mail gets a reply of its own, in order`() async throws {
        let desk = Desk(
            answerer: ScriptedAnswerer {
                .answer(Answer(text: "Re: " + $0.question, confidence: 1, basis: .smallTalk))
            },
            kind: .email)
        for number in 1...3 {
            _ = try await desk.agent.receive(desk.channel.message("Mail \(number)", providerID: "\(number)"))
        }
        try await desk.agent.runUntilIdle()
        #expect(desk.sent == ["Re: Mail 1", "Re: Mail 2", "Re: Mail 3"])
    }

    @Test func `an e-mail that arrives in mid-turn neither stops the reply nor is forgotten`() async throws {
        let second = Locked<(@Sendable () async throws -> Void)?>(nil)
        let answerer = ScriptedAnswerer { request in
            let arrive = second.withLock { arrive in
                defer { arrive = nil }
                return arrive
            }
            try await arrive?()
            return .answer(Answer(text: "Re: " + request.question, confidence: 1, basis: .smallTalk))
        }
        let desk = Desk(answerer: answerer, kind: .email)
        second.withLock { $0 = { _ = try await desk.agent.receive(desk.channel.message("Two", providerID: "2")) } }
        _ = try await desk.agent.receive(desk.channel.message("One", providerID: "1"))
        try await desk.agent.runUntilIdle()
        #expect(desk.sent == ["Re: One", "Re: Two"])
    }

    @Test(.timeLimit(.minutes(5))) func `an answer that a newer message makes useless is not waited for`() async throws
    {
        let asked = Locked(0)
        let desk = Desk(
            answerer: ScriptedAnswerer { request in
                let isFirst = asked.withLock { count in
                    count += 1
                    return count == 1
                }
                // A model that would never come back by itself.
                if isFirst { try await Forever().wait() }
                return .answer(Answer(text: "Both: " + request.question, confidence: 1, basis: .smallTalk))
            })
        try await withThrowingTaskGroup(of: Void.self) { group in
            var events = desk.agent.events().makeAsyncIterator()
            group.addTask { try await desk.agent.run() }
            _ = try await desk.agent.receive(desk.channel.message("One", providerID: "1"))
            while asked.withLock(\.self) == 0 { await Task.yield() }
            _ = try await desk.agent.receive(desk.channel.message("Two", providerID: "2"))
            while let event = await events.next(), event.kind != .aiResponse {}
            group.cancelAll()
        }
        try await desk.agent.runUntilIdle()
        #expect(desk.sent == ["Both: One\nTwo"])
    }

    @Test(.timeLimit(.minutes(5)), arguments: [false, true])
    func `a turn that is stopped with its process is no failure`(hasOwnWords: Bool) async throws {
        let asked = Locked(0)
        let desk = Desk(
            answerer: ScriptedAnswerer { _ in
                let tries = asked.withLock { count in
                    count += 1
                    return count
                }
                if tries <= 5 {
                    do { try await Forever().wait() } catch {
                        throw hasOwnWords ? ModelError(.unavailable, "The request was cancelled.") : error
                    }
                }
                return .answer(Answer(text: "Here I am.", confidence: 1, basis: .smallTalk))
            })
        _ = try await desk.agent.receive(desk.channel.message("Anybody?", providerID: "1"))
        for restart in 1...5 {
            await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await desk.agent.run() }
                while asked.withLock(\.self) < restart { await Task.yield() }
                group.cancelAll()
            }
        }
        try await desk.agent.runUntilIdle()
        #expect(desk.sent == ["Here I am."])
    }

    @Test func `an answerer that says it was cancelled although nobody cancelled it has failed`() async throws {
        let desk = Desk(answerer: ScriptedAnswerer { _ in throw CancellationError() })
        let accepted = try await desk.customer("Hi")
        for _ in 0..<5 {
            desk.clock.advance(by: .seconds(600))
            try await desk.agent.runUntilIdle()
        }
        #expect(try await desk.session(accepted).handoff?.trigger == .turnFailed)
    }

    @Test(.timeLimit(.minutes(5))) func `a helpdesk that hangs holds up no customer`() async throws {
        let (store, clock, channel) = (InMemoryStore(), ManualClock(), RecordingChannel())
        let agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), answerer: ScriptedAnswerer(answering: "Hello!"),
                channels: [channel], helpdesks: [HangingHelpdesk()], clock: clock, ids: SequentialIDs()),
            settings: AgentSettings(parallelTurns: 2, parallelDeliveries: 1))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await agent.run() }
            for number in 0..<8 {
                let text = number.isMultiple(of: 2) ? "I want to speak to a human" : "Hi"
                let message = channel.message(text, thread: ThreadID("t\(number)"), providerID: "m\(number)")
                _ = try await agent.receive(message)
            }
            while channel.sent.count < 8 { await Task.yield() }
            group.cancelAll()
        }
        #expect(
            try await store.outbox(.pending, limit: 99).map(\.destination)
                == Array(repeating: .helpdesk("hangs"), count: 4))
    }

    @Test func `when too much comes in at once the provider is asked to come again`() async throws {
        let desk = Desk(settings: AgentSettings(parallelIntakes: 0))
        let error = await #expect(throws: IntakeError.self) {
            try await desk.agent.receive(desk.channel.message("Hi", providerID: "1"))
        }
        #expect(error?.code == .busy)
        #expect(try await desk.store.sessions(.all, limit: 1).isEmpty)
    }

    @Test func `who writes again before their turn has come keeps their place`() async throws {
        let echo = ScriptedAnswerer { .answer(Answer(text: $0.question, confidence: 1, basis: .smallTalk)) }
        let desk = Desk(answerer: echo)
        for (id, (text, thread)) in [("One", "a"), ("Two", "b"), ("Hello?", "a")].enumerated() {
            _ = try await desk.agent.receive(
                desk.channel.message(text, thread: ThreadID(thread), providerID: "\(id)"))
            desk.clock.advance(by: .seconds(1))
        }
        try await desk.agent.runUntilIdle()
        #expect(desk.sent == ["One\nHello?", "Two"])
    }

    @Test(.timeLimit(.minutes(5))) func `a turn keeps its lease although the clock was set back before it`()
        async throws
    {
        let (store, clock, channel) = (InMemoryStore(), SetBackClock(), RecordingChannel())
        let box = Locked<Agent?>(nil)
        let answerer = ScriptedAnswerer { request in
            guard let agent = box.withLock({ $0 }) else { return .handoff(.person, explanation: "no agent") }
            try await clock.steady.waitForSleepers(count: 1)
            if request.question == "One" {
                clock.behind.withLock { $0 = .seconds(3600) }
                _ = try await agent.receive(channel.message("Two", thread: "t2", providerID: "2"))
            } else {
                for _ in 1...4 {
                    clock.steady.advance(by: .seconds(60))
                    try await clock.steady.waitForSleepers(count: 1)
                    let stolen = try await store.claimTurn(now: clock.now(), lease: "thief", until: clock.now())
                    #expect(stolen == nil)
                }
            }
            return .answer(Answer(text: request.question, confidence: 1, basis: .smallTalk))
        }
        let agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), answerer: answerer, channels: [channel], clock: clock,
                ids: SequentialIDs()))
        box.withLock { $0 = agent }
        _ = try await agent.receive(channel.message("One", thread: "t1", providerID: "1"))
        try await agent.runUntilIdle()
        #expect(channel.sent.map { $0.text.reveal() }.contains("Two"))
    }

    @Test(.timeLimit(.minutes(5))) func `an end is told although the clock was set back before it`() async throws {
        let (clock, channel) = (SetBackClock(), RecordingChannel())
        let answerer = ScriptedAnswerer { _ in
            clock.behind.withLock { $0 = .seconds(3600) }
            return .answer(Answer(text: "Bye!", confidence: 1, basis: .smallTalk, resolves: true))
        }
        let agent = Agent(
            AgentParts(
                store: InMemoryStore(), knowledge: ListIndex(), answerer: answerer, channels: [channel], clock: clock,
                ids: SequentialIDs()))
        var events = agent.events().makeAsyncIterator()
        let accepted = try await agent.receive(channel.message("Thanks, that's all", providerID: "1")).0
        try await agent.runUntilIdle()
        _ = try await agent.note(on: accepted.session, by: "mia", UnredactedText("Fine."))
        var kinds: [AgentEvent.Kind] = []
        while kinds.last != .changed, let event = await events.next() { kinds.append(event.kind) }
        #expect(kinds.contains(.closed(.closedResolved)))
    }

    @Test func `a receiver that asks for a year is tried again the next day`() {
        let start = Timestamp(milliseconds: 1_760_000_000_000)
        let entry = OutboxEntry(
            id: "e", session: "s", destination: .event("crm"),
            payload: .event("crm", ConversationEvent(.closed, sequence: 1)), at: start)
        let time = RetryPolicies().event.nextTry(of: entry, at: start, jitter: 1, asked: .seconds(365 * 24 * 3600))
        #expect(time == start + .seconds(24 * 3600))
    }

    @Test(
        arguments: [
            // attempts, seconds since it waits, asked for, the next try after
            (1, 0, nil, 1), (1, 0, 90, 90), (10, 0, nil, 512), (50, 3000, nil, 600), (50, 3500, nil, 100),
            (3, 3600, nil, nil), (300, 10, nil, nil), (1, 3000, 700, nil), (1, 3000, 600, 600),
        ] as [(Int, Int, Int?, Int?)])
    func `a retry stays within its budget`(attempts: Int, waited: Int, asked: Int?, next: Int?) {
        let start = Timestamp(milliseconds: 1_760_000_000_000)
        var entry = OutboxEntry(
            id: "e", session: "s", destination: .channel("web"),
            payload: .message(Message(id: "m", author: .ai, text: "Hello!", at: start)), at: start)
        entry.attempts = attempts
        let now = start + .seconds(waited)
        let policy = RetryPolicy(budget: .seconds(3600))
        let time = policy.nextTry(of: entry, at: now, jitter: 1, asked: asked.map { .seconds($0) })
        #expect(time == next.map { now + .seconds($0) })
    }
}

/// A clock that can be set back. Who sleeps then sleeps as long as was meant, as with `SystemClock`.
private struct SetBackClock: AgentClock {
    let steady = ManualClock()
    let behind = Locked(Duration.zero)

    func now() -> Timestamp { steady.now() - behind.withLock(\.self) }
    func sleep(until deadline: Timestamp) async throws {
        try await steady.sleep(until: steady.now() + (deadline - now()))
    }
}

/// Waits until it is cancelled.
private struct Forever {
    func wait() async throws {
        try await ManualClock().sleep(until: Timestamp(milliseconds: .max))
    }
}

private struct HangingHelpdesk: Helpdesk {
    let id: HelpdeskID = "hangs"
    func open(_ handoff: HandoffPackage) async throws -> HelpdeskReceipt {
        try await Forever().wait()
        return HelpdeskReceipt(reference: "never")
    }
}
