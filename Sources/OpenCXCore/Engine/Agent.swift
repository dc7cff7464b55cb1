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
    public var settings: AgentSettings { boxedSettings.value }
    /// What the agent is made of.
    public let parts: AgentParts
    let boxedSettings: Boxed<AgentSettings>
    let hub = EventHub()
    /// Turns that this process works on.
    let turns: WorkQueue<TurnClaim>
    let running = RunningTurns()
    /// By when deliveries have to be over.
    let deadlines = Deadlines()
    let passages: PassageLookup
    let others: OtherWriters
    let intakes = Locked(0)
    /// What this process delivers, one for each place it goes to.
    let deliveries: [DeliveryQueue]

    /// Makes an agent. It does nothing until ``run()`` or ``runUntilIdle()`` is called, except for taking messages in.
    public init(_ parts: AgentParts, settings: AgentSettings = AgentSettings()) {
        self.parts = parts
        boxedSettings = Boxed(settings)
        others = OtherWriters(store: parts.store, clock: parts.clock)
        passages = PassageLookup(
            knowledge: parts.knowledge,
            articles: CurrentArticles(
                version: { [store = parts.store] in try await store.knowledgeVersion() },
                articles: { [store = parts.store] in try await store.articles($0) }))
        let destinations: Set<OutboxDestination> = Set(
            parts.channels.map { .channel($0.id) } + parts.helpdesks.map { .helpdesk($0.id) }
                + parts.endpoints.map { .event($0.id) })
        turns = WorkQueue(width: settings.parallelTurns)
        let width = settings.parallelDeliveries
        deliveries = destinations.sorted().map {
            DeliveryQueue(destination: $0, queue: WorkQueue(width: width, backlog: width))
        }
    }

    /// What happens from now on, as it happens. A reader that falls behind by more than `limit` events loses the oldest.
    public func events(limit: Int = 256) -> AsyncStream<AgentEvent> {
        hub.subscribe(limit: limit)
    }

    /// What happens in one session from now on. However many listen this way, only those of the session cost anything when
    /// something happens.
    public func events(in session: SessionID, limit: Int = 16) -> AsyncStream<AgentEvent> {
        hub.subscribe(to: session, limit: limit)
    }

    /// Answers messages, delivers what is due, and ends sessions that have fallen silent, until the task is cancelled. What is
    /// then unfinished is taken up again by the next run, here or in another process on the same store.
    public func run() async throws {
        await parts.classifier.prepare(for: settings.autopilot)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.turnLoop.run() }
            for delivery in self.deliveries {
                group.addTask { await self.loop(of: delivery).run() }
            }
            group.addTask { await self.keepLeases() }
            group.addTask { await self.strayLoop.run() }
            group.addTask { await self.sweep() }
        }
    }

    /// Does everything that is due now, one thing after the other, and returns. For commands, tests and simulations.
    ///
    /// - Throws: ``StoreError`` when the store fails.
    public func runUntilIdle() async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                await self.keepLeases()
                return false
            }
            group.addTask {
                while try await self.doNext() {}
                return true
            }
            defer { group.cancelAll() }
            while let isIdle = try await group.next(), !isIdle {}
        }
    }

    /// - Returns: whether there was anything to do.
    private func doNext() async throws -> Bool {
        if let turn = try await claimTurns(1).first {
            await TurnRunner(agent: self, claim: turn).run()
        } else if let delivery = try await claimDeliveries(to: nil, 1).first {
            await deliver(delivery)
        } else if try await expireSessions() == 0 {
            return false
        }
        return true
    }
}

// MARK: The loops

extension Agent {
    private var turnLoop: WorkLoop<TurnClaim> {
        WorkLoop(
            queue: turns, pollInterval: settings.pollInterval, clock: parts.clock,
            claim: { try await self.claimTurns($0) }, nextDue: { try await self.parts.store.nextTurnDue() },
            perform: { await TurnRunner(agent: self, claim: $0).run() }, giveBack: { await self.giveBack($0) },
            failed: { self.report(.storeFailed(safeDescription(of: $0))) })
    }

    private func claimTurns(_ limit: Int) async throws -> [TurnClaim] {
        let now = parts.clock.now()
        return try await parts.store.claimTurns(
            limit: limit, now: now, lease: parts.ids.make(), until: now + settings.lease)
    }

    /// Gives a turn back that was not begun. When even that fails, its lease ends by itself.
    func giveBack(_ turn: TurnClaim) async {
        try? await parts.store.abandonTurn(
            turn.session.id, lease: turn.lease, trace: nil, retryAt: nil, failed: false)
        turns.look()
    }

    /// Keeps the leases of the turns that run, and ends deliveries whose time is up. A turn that has lost its lease is stopped:
    /// somebody else has taken it up.
    private func keepLeases() async {
        let clock = parts.clock
        var next = clock.now() + settings.lease / 3
        while (try? await clock.sleep(until: min(next, deadlines.next ?? next))) != nil {
            let now = clock.now()
            deadlines.reach(now)
            // Further away than it was made: somebody has set the time back, and new leases end before that.
            guard now >= next || next - now > settings.lease / 3 else { continue }
            next = now + settings.lease / 3
            for turn in running.all {
                let until = clock.now() + settings.lease
                // When the store is in trouble, the lease may last until it has recovered.
                let isKept = try? await parts.store.extendTurn(turn.session, lease: turn.lease, until: until)
                if isKept == false { turn.lose() }
            }
        }
    }

    /// Ends sessions that have fallen silent, and removes what has been kept long enough.
    private func sweep() async {
        let clock = parts.clock
        while !Task.isCancelled {
            var next = clock.now() + .seconds(60)
            do {
                while try await expireSessions() > 0 {}
                if try await removeExpired() { next = clock.now() }
                next = min(next, try await parts.store.nextExpiry() ?? next)
            } catch {
                report(.storeFailed(safeDescription(of: error)))
            }
            // A session that expires all the time would be a bug; it must not keep a processor busy.
            next = max(next, clock.now() + settings.pollInterval)
            guard (try? await clock.sleep(until: next)) != nil else { return }
        }
    }

    /// - Returns: how many sessions have ended.
    private func expireSessions() async throws -> Int {
        let now = parts.clock.now()
        guard let next = try await parts.store.nextExpiry(), next <= now else { return 0 }
        let ended = try await parts.store.expireSessions(limit: 100, at: now, telling: parts.subscriptions)
        for session in ended { reportEnd(of: session, at: now) }
        if !ended.isEmpty { wakeDeliveries() }
        return ended.count
    }

    func queue(for destination: OutboxDestination) -> WorkQueue<Delivery>? {
        deliveries.first { $0.destination == destination }?.queue
    }

    func report(_ event: AgentEvent.Kind) {
        publish(AgentEvent(kind: event, session: nil, ticket: nil, at: parts.clock.now()))
    }

    func report(_ event: AgentEvent.Kind, session: Session) {
        publish(AgentEvent(kind: event, session: session.id, ticket: session.ticket, at: parts.clock.now()))
    }
}
