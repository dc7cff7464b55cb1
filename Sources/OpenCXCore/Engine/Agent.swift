/// An AI support agent: takes messages in, answers what it can, hands off the rest.
///
/// ```swift
/// let agent = Agent(AgentParts(store: store, knowledge: index, channels: [chat], clock: SystemClock(), ids: RandomIDs()))
/// try await agent.run()  // until the task is cancelled
/// ```
///
/// The agent owns no socket and no thread. An embedding server hands requests to ``handle(_:on:)`` or messages to
/// ``receive(_:)``, and runs ``run()`` beside its own work.
public final class Agent: Sendable {
    /// How the agent behaves.
    public let settings: AgentSettings
    /// What the agent is made of.
    public let parts: AgentParts
    let hub = EventHub()
    let turnsWaiting = Signal()
    let deliveriesWaiting = Signal()

    /// Makes an agent. It does nothing until ``run()`` or ``runUntilIdle()`` is called, except for taking messages in.
    public init(_ parts: AgentParts, settings: AgentSettings = AgentSettings()) {
        self.parts = parts
        self.settings = settings
    }

    /// What happens from now on, as it happens. A reader that falls behind by more than `limit` events loses the oldest.
    public func events(limit: Int = 256) -> AsyncStream<AgentEvent> {
        hub.subscribe(limit: limit)
    }

    /// Answers messages and delivers what is due until the task is cancelled. What is then unfinished is taken up again by the
    /// next run, here or in another process on the same store.
    public func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.work(self.turnsWaiting, width: self.settings.parallelTurns, self.turnWork) }
            group.addTask { try await self.work(self.deliveriesWaiting, width: 8, self.deliveryWork) }
            try await group.waitForAll()
        }
    }

    /// Does everything that is due now, one thing after the other, and returns. For commands, tests and simulations.
    ///
    /// - Throws: ``StoreError`` when the store fails.
    public func runUntilIdle() async throws {
        while true {
            if let turn = try await claimTurn() {
                await TurnRunner(agent: self, claim: turn).run()
            } else if let delivery = try await claimDelivery() {
                await deliver(delivery.entry, lease: delivery.lease)
            } else {
                return
            }
        }
    }
}

// MARK: The loops

extension Agent {
    private struct Work: Sendable {
        /// Takes something up and returns how to do it; `nil` when nothing is due.
        var claim: @Sendable (Agent) async throws -> (@Sendable () async -> Void)?
        var nextDue: @Sendable (Agent) async throws -> Timestamp?
    }

    private var turnWork: Work {
        Work(
            claim: { agent in
                guard let claim = try await agent.claimTurn() else { return nil }
                return { await TurnRunner(agent: agent, claim: claim).run() }
            },
            nextDue: { agent in try await agent.parts.store.nextTurnDue() })
    }

    private var deliveryWork: Work {
        Work(
            claim: { agent in
                guard let delivery = try await agent.claimDelivery() else { return nil }
                return { await agent.deliver(delivery.entry, lease: delivery.lease) }
            },
            nextDue: { agent in try await agent.parts.store.nextDeliveryDue() })
    }

    /// Takes up what is due, `width` things at once; when nothing is, waits for a signal or for the next due time.
    private func work(_ signal: Signal, width: Int, _ work: Work) async throws {
        await withTaskGroup(of: Void.self) { group in
            var running = 0
            while !Task.isCancelled {
                if running >= width {
                    await group.next()
                    running -= 1
                }
                do {
                    if let perform = try await work.claim(self) {
                        running += 1
                        group.addTask { await perform() }
                    } else {
                        await wait(for: signal, until: try await work.nextDue(self))
                    }
                } catch {
                    // The store is in trouble; it may recover, and until then nothing is acknowledged that is not stored.
                    report(.storeFailed(safeDescription(of: error)))
                    await wait(for: signal, until: parts.clock.now() + .seconds(1))
                }
            }
        }
    }

    private func wait(for signal: Signal, until due: Timestamp?) async {
        let clock = parts.clock
        let poll = clock.now() + settings.pollInterval
        let end = min(due ?? poll, poll)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await signal.wait() }
            group.addTask { try? await clock.sleep(until: end) }
            await group.next()
            group.cancelAll()
        }
    }

    private func claimTurn() async throws -> TurnClaim? {
        let now = parts.clock.now()
        return try await parts.store.claimTurn(now: now, lease: parts.ids.make(), until: now + settings.lease)
    }

    private func claimDelivery() async throws -> (entry: OutboxEntry, lease: LeaseToken)? {
        let now = parts.clock.now()
        let lease: LeaseToken = parts.ids.make()
        guard let entry = try await parts.store.claimDelivery(now: now, lease: lease, until: now + settings.lease)
        else {
            return nil
        }
        return (entry, lease)
    }

    func report(_ event: AgentEvent.Kind, session: Session? = nil) {
        hub.publish(AgentEvent(kind: event, session: session?.id, ticket: session?.ticket, at: parts.clock.now()))
    }
}
