/// Deliveries: how they are taken up, and what becomes of them. What is never inlined is so because a task keeps room for all that
/// its function might need.
extension Agent {
    /// How long an entry may be overdue before any process takes it up: its own does not run, or is not there any more.
    private static let strayAfter = Duration.seconds(3600)

    /// A delivery that is ours until its lease ends, with what is known of its session.
    struct Delivery: Sendable {
        var entry: OutboxEntry
        var lease: DeliveryLease
        /// Whom it is for, as a commit has left them.
        var known: Boxed<Recipient>?
    }

    /// Whom a delivery is for, and since when that is known.
    struct Recipient: Sendable {
        var session: Session
        var contact: Contact
        var at: Timestamp
    }

    func claimDeliveries(to destination: OutboxDestination?, _ limit: Int) async throws -> [Delivery] {
        try await claimDeliveries(to: destination, limit, dueBefore: parts.clock.now())
    }

    /// Deliveries to destinations that no process serves. They fail as unavailable, so that somebody gets to know.
    private func strayDeliveries(_ limit: Int) async throws -> [Delivery] {
        try await claimDeliveries(to: nil, limit, dueBefore: parts.clock.now() - Self.strayAfter)
    }

    /// Takes up deliveries that nobody else does, side by side: one that is slow holds up no other.
    var strayLoop: WorkLoop<Delivery> {
        var loop = deliveryLoop(WorkQueue(width: 20), pollInterval: .seconds(60)) { agent, limit in
            try await agent.strayDeliveries(limit)
        } nextDue: { _ in
            nil
        }
        loop.perform = { await self.deliverStray($0) }
        return loop
    }

    /// What this process serves stays with the destination's own queue, however long it has waited there: a destination that hangs
    /// would else fill this loop as well, and hold up what nobody serves.
    private func deliverStray(_ delivery: Delivery) async {
        guard let queue = queue(for: delivery.entry.destination) else { return await deliver(delivery) }
        await putBack(delivery, reason: "Others to the same destination are before it.")
        queue.look()
    }

    private func claimDeliveries(
        to destination: OutboxDestination?, _ limit: Int, dueBefore due: Timestamp
    ) async throws -> [Delivery] {
        let lease = newDeliveryLease()
        let entries = try await parts.store.claimDeliveries(
            to: destination, limit: limit, now: due, lease: lease.token, until: lease.until)
        return entries.map { Delivery(entry: $0, lease: lease) }
    }

    func newDeliveryLease() -> DeliveryLease {
        DeliveryLease(parts.ids.make(), until: parts.clock.now() + settings.lease)
    }

    /// What this process delivers to one destination.
    struct DeliveryQueue: Sendable {
        var destination: OutboxDestination
        var queue: WorkQueue<Delivery>
    }

    /// Delivers what is due to one destination.
    func loop(of delivery: DeliveryQueue) -> WorkLoop<Delivery> {
        let destination = delivery.destination
        return deliveryLoop(delivery.queue, pollInterval: settings.pollInterval) { agent, limit in
            try await agent.claimDeliveries(to: destination, limit)
        } nextDue: { agent in
            try await agent.parts.store.nextDeliveryDue(to: destination)
        }
    }

    private func deliveryLoop(
        _ queue: WorkQueue<Delivery>, pollInterval: Duration,
        claim: @escaping @Sendable (Agent, Int) async throws -> [Delivery],
        nextDue: @escaping @Sendable (Agent) async throws -> Timestamp?
    ) -> WorkLoop<Delivery> {
        WorkLoop(
            queue: queue, pollInterval: pollInterval, clock: parts.clock, claim: { try await claim(self, $0) },
            nextDue: { try await nextDue(self) }, perform: { await self.deliver($0) },
            giveBack: { await self.putBack($0) },
            failed: { self.report(.storeFailed(safeDescription(of: $0))) })
    }

    /// Gives a delivery back that was not begun.
    ///
    /// - Parameters:
    ///   - delivery: what was taken up.
    ///   - reason: why it was not begun, for whoever looks at what waits.
    func putBack(_ delivery: Delivery, reason: String = "The agent was stopped before delivery.") async {
        let now = parts.clock.now()
        // When even that fails, its lease ends by itself.
        _ = try? await parts.store.settleDelivery(
            delivery.entry.id, lease: delivery.lease.token,
            .notBegun(at: now, reason: reason), at: now, telling: [])
    }

    /// There may be something to deliver, though not to this destination.
    func wakeDeliveries(besides known: OutboxDestination? = nil) {
        for delivery in deliveries where delivery.destination != known { delivery.queue.look() }
    }

    /// Hands one entry of the outbox to where it belongs, and records what came of it.
    func deliver(_ delivery: Delivery) async {
        let entry = delivery.entry
        let settlement: DeliverySettlement
        do {
            guard let outcome = try await sendInTime(delivery) else { return }
            settlement = outcome
        } catch let failure as NotBegun {
            let delay = settings.retries.policy(for: entry.payload).delay(after: 1, jitter: parts.ids.fraction())
            settlement = .notBegun(at: parts.clock.now() + delay, reason: safeDescription(of: failure.cause))
        } catch let failure as ChannelError where failure.code == .taken {
            settlement = .withdrawn(reason: failure.message)
        } catch let failure as any DeliveryFailure {
            let reason = safeDescription(of: failure)
            settlement = next(entry, isRetryable: failure.isRetryable, after: failure.retryAfter, reason)
        } catch is CancellationError where Task.isCancelled {
            // Nothing is known to be wrong; the next run takes it up.
            settlement = .retry(at: parts.clock.now(), reason: "The agent was stopped during delivery.")
        } catch {
            settlement = next(entry, isRetryable: true, after: nil, safeDescription(of: error))
        }
        await settle(delivery, settlement)
    }

    /// Records what came of a delivery, while the lease lasts: what was sent should not be sent again because the store was away
    /// for a moment.
    private func settle(_ delivery: Delivery, _ settlement: DeliverySettlement) async {
        let (entry, clock) = (delivery.entry, parts.clock)
        while true {
            do {
                let settlement = try await handingOff(settlement, of: entry)
                let hasMore = try await parts.store.settleDelivery(
                    entry.id, lease: delivery.lease.token, settlement, at: clock.now(), telling: parts.subscriptions)
                if hasMore { queue(for: entry.destination)?.look() }
                observe(entry, settlement)
                return await announce(entry, settlement)
            } catch {
                report(.storeFailed(safeDescription(of: error)))
                let next = clock.now() + .seconds(1)
                // When the lease ends, the delivery is tried again with the same key.
                guard next < delivery.lease.until, (try? await clock.sleep(until: next)) != nil else { return }
            }
        }
    }

    /// A message that cannot be delivered makes a handoff, in case the session is the AI's: whoever wrote it, the AI cannot reach
    /// the customer either.
    @inline(never)
    func handingOff(
        _ settlement: DeliverySettlement, of entry: OutboxEntry
    ) async throws -> DeliverySettlement {
        guard case .dead(let reason, nil) = settlement, case .message = entry.payload,
            let session = try await parts.store.session(entry.session)
        else { return settlement }
        let explanation = Explanation.undeliverable(reason)
        let summary = try await extractiveSummary(of: session, explanation: explanation)
        let record = HandoffRecord(
            trigger: .undeliverable, explanation: explanation, summary: summary.text, sentiment: summary.sentiment,
            at: parts.clock.now())
        return .dead(
            reason: reason, handingOff: DeliveryHandoff(record, to: parts.handoffHelpdesks(for: session.channelKind)))
    }

    @inline(never)
    func next(
        _ entry: OutboxEntry, isRetryable: Bool, after asked: Duration?, _ reason: String
    ) -> DeliverySettlement {
        let policy = settings.retries.policy(for: entry.payload)
        guard isRetryable,
            let next = policy.nextTry(of: entry, at: parts.clock.now(), jitter: parts.ids.fraction(), asked: asked)
        else { return .dead(reason: reason) }
        return .retry(at: next, reason: reason)
    }

    /// Sends within the lease: after it, somebody else may be sending the same.
    ///
    /// - Returns: `nil` when there is no time left to begin.
    private func sendInTime(_ delivery: Delivery) async throws -> DeliverySettlement? {
        let (clock, outcome) = (parts.clock, Outcome<DeliverySettlement>())
        let deadline = delivery.lease.until - settings.lease / 4
        let left = deadline - clock.now()
        guard left > .zero else { return nil }
        @Sendable func giveUp() {
            outcome.settle(.failure(ChannelError(.unavailable, "The other side did not answer in time.")))
        }
        // Whoever keeps the leases looks at the deadlines again by then.
        if left > settings.lease / 3 {
            let number = deadlines.add(deadline, giveUp)
            defer { deadlines.remove(number) }
            return try await outcome.settled { try await self.send(delivery) }
        }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await clock.sleep(until: deadline)
                giveUp()
            }
            defer { group.cancelAll() }
            return try await outcome.settled { try await self.send(delivery) }
        }
    }

    @inline(never)
    func announce(_ entry: OutboxEntry, _ settlement: DeliverySettlement) async {
        if case .withdrawn = settlement { return await announceWithdrawal(of: entry) }
        guard case .dead(let reason, let handoff) = settlement else { return }
        wakeDeliveries()
        if let handoff, let session = try? await parts.store.session(entry.session), session.handoff == handoff.record {
            report(.handoffToHuman(handoff.record.trigger), session: session)
        }
        let kind: AgentEvent.Kind =
            switch entry.payload {
            case .handoff(let helpdesk, _): .handoffToThirdPartyFailed(helpdesk, reason: reason)
            case .message, .event, .followUp, .ending: .deliveryFailed(entry.id, reason: reason)
            }
        publish(AgentEvent(kind: kind, session: entry.session, ticket: nil, at: parts.clock.now()))
    }

    /// Tells that a person has the conversation in its helpdesk. When somebody had it before, that is no news.
    @inline(never)
    private func announceWithdrawal(of entry: OutboxEntry) async {
        wakeDeliveries()
        guard let session = try? await parts.store.session(entry.session) else { return }
        report(.replyWithheld(.ownerChanged), session: session)
        let last = try? await parts.store.history(session.id, after: session.lastSequence - 1, limit: 1).last
        if last?.event == .owner(.team, by: .system) { report(.handoffToHuman(.person), session: session) }
    }
}
