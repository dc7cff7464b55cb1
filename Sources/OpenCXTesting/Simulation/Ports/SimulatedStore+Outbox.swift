internal import OpenCXCore

extension SimulatedStore: OutboxStore {
    func claimDeliveries(
        to destination: OutboxDestination?, limit: Int, now: Timestamp, lease: LeaseToken, until: Timestamp
    ) async throws -> [OutboxEntry] {
        try await perform("claimDeliveries") {
            let entries = try await inner.claimDeliveries(
                to: destination, limit: limit, now: now, lease: lease, until: until)
            if entries.isEmpty { return [] }
            let pending = try await inner.outbox(.pending, limit: .max)
            for entry in entries {
                world.with { state in
                    state.note("p\(gate.process) takes up delivery \(entry.id), try \(entry.attempts)")
                    let step = state.steps
                    state.complain(
                        state.watch.deliveryClaimed(entry, pending, lease, now: now, until: until, step: step))
                }
            }
            return entries
        }
    }

    func settleDelivery(
        _ id: OutboxID, lease: LeaseToken, _ settlement: DeliverySettlement, at time: Timestamp,
        telling subscriptions: [EventSubscription]
    ) async throws -> Bool {
        try await perform("settleDelivery") {
            let before = try await entry(id)
            let hasMore = try await inner.settleDelivery(id, lease: lease, settlement, at: time, telling: subscriptions)
            guard let before, let after = try await entry(id), let view = try await view(before.session) else {
                return hasMore
            }
            world.with { state in
                state.note("p\(gate.process) settles \(id): \(settlement)")
                state.complain(state.watch.deliverySettled(before, after, lease, settlement, view))
            }
            return hasMore
        }
    }

    /// An entry, whatever its state.
    private func entry(_ id: OutboxID) async throws -> OutboxEntry? {
        for state in OutboxEntry.State.allCases {
            if let found = try await inner.outbox(state, limit: .max).first(where: { $0.id == id }) { return found }
        }
        return nil
    }

    func nextDeliveryDue(to destination: OutboxDestination?) async throws -> Timestamp? {
        try await perform("nextDeliveryDue") { try await inner.nextDeliveryDue(to: destination) }
    }

    func outbox(_ state: OutboxEntry.State, limit: Int) async throws -> [OutboxEntry] {
        try await perform("outbox") { try await inner.outbox(state, limit: limit) }
    }

    func outboxCount(_ state: OutboxEntry.State) async throws -> Int {
        try await perform("outboxCount") { try await inner.outboxCount(state) }
    }

    func delivery(_ id: OutboxID) async throws -> OutboxEntry? {
        try await perform("delivery") { try await inner.delivery(id) }
    }

    func report(
        _ stage: DeliveryStage, part: DeliveryPart?, of id: OutboxID, as settlement: DeliverySettlement?,
        at time: Timestamp,
        telling subscriptions: [EventSubscription]
    ) async throws -> Bool {
        try await perform("report") {
            let isNew = try await inner.report(
                stage, part: part, of: id, as: settlement, at: time, telling: subscriptions)
            world.with { state in state.note("p\(gate.process) hears that \(id) is \(stage): \(isNew)") }
            return isNew
        }
    }

    func redrive(_ id: OutboxID, at time: Timestamp) async throws -> Bool {
        try await perform("redrive") {
            let found = try await inner.redrive(id, at: time)
            world.with { state in
                state.note("p\(gate.process) drives \(id) again: \(found)")
                if found { state.watch.redriven.insert(id) }
            }
            return found
        }
    }
}

extension SimulatedStore: EffectLedger {
    func beginEffect(
        _ intent: EffectIntent, lease: LeaseToken, until: Timestamp, at time: Timestamp
    ) async throws -> EffectStart {
        try await perform("beginEffect") {
            let start = try await inner.beginEffect(intent, lease: lease, until: until, at: time)
            guard let view = try await view(intent.session) else { return start }
            world.with { state in
                state.note("p\(gate.process) begins \(intent.proposal.name) for \(intent.session): \(start)")
                state.complain(state.watch.effectBegun(intent, start, lease, until: until, view))
            }
            return start
        }
    }

    func effect(_ key: EffectKey) async throws -> EffectState? {
        try await perform("effect") { try await inner.effect(key) }
    }

    func finishEffect(_ key: EffectKey, _ record: ActionRecord, at time: Timestamp) async throws {
        try await perform("finishEffect") {
            try await inner.finishEffect(key, record, at: time)
            world.with { state in state.complain(state.watch.leaks(in: record.texts, "the ledger")) }
        }
    }
}
