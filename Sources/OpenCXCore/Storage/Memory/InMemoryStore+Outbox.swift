extension InMemoryStore {
    /// See ``OutboxStore/claimDeliveries(to:limit:now:lease:until:)``.
    public func claimDeliveries(
        to destination: OutboxDestination?, limit: Int, now: Timestamp, lease: LeaseToken, until: Timestamp
    ) async throws -> [OutboxEntry] {
        state.withLock { state in
            let due = state.heads(to: destination).filter { place in
                let delivery = state.outbox[place]
                return delivery.entry.dueAt <= now && (delivery.lease == nil || delivery.leasedUntil <= now)
            }
            let first = due.sorted { (state.outbox[$0].entry.dueAt, $0) < (state.outbox[$1].entry.dueAt, $1) }
            return first.prefix(max(0, limit)).map { place in
                state.outbox[place].lease = lease
                state.outbox[place].leasedUntil = until
                state.outbox[place].entry.attempts += 1
                return state.outbox[place].entry
            }
        }
    }

    /// See ``OutboxStore/settleDelivery(_:lease:_:at:telling:)``.
    public func settleDelivery(
        _ id: OutboxID, lease: LeaseToken, _ settlement: DeliverySettlement, at time: Timestamp,
        telling subscriptions: [EventSubscription]
    ) async throws -> Bool {
        state.withLock { state in
            guard let place = state.outbox.firstIndex(where: { $0.entry.id == id }),
                state.outbox[place].lease == lease
            else { return false }
            let entry = state.outbox[place].entry
            state.outbox[place] = MemoryState.Delivery(entry: entry.settled(settlement))
            if let session = state.sessions[entry.session],
                let change = SessionChange.settling(entry, settlement, in: session, at: time, telling: subscriptions)
            {
                state.write(change)
            }
            return state.outbox.contains { $0.entry.state == .pending && $0.entry.lane == entry.lane }
        }
    }

    /// See ``OutboxStore/nextDeliveryDue(to:)``.
    public func nextDeliveryDue(to destination: OutboxDestination?) async throws -> Timestamp? {
        state.withLock { state in
            state.heads(to: destination).map { state.outbox[$0] }
                .map { $0.lease == nil ? $0.entry.dueAt : max($0.entry.dueAt, $0.leasedUntil) }
                .min()
        }
    }

    /// See ``OutboxStore/outbox(_:limit:)``.
    public func outbox(_ wanted: OutboxEntry.State, limit: Int) async throws -> [OutboxEntry] {
        state.withLock { state in
            Array(state.outbox.lazy.map(\.entry).filter { $0.state == wanted }.prefix(limit))
        }
    }

    /// See ``OutboxStore/outboxCount(_:)``.
    public func outboxCount(_ wanted: OutboxEntry.State) async throws -> Int {
        state.withLock { $0.outbox.count { $0.entry.state == wanted } }
    }

    /// See ``OutboxStore/delivery(_:)``.
    public func delivery(_ id: OutboxID) async throws -> OutboxEntry? {
        state.withLock { $0.outbox.first { $0.entry.id == id }?.entry }
    }

    /// See ``OutboxStore/report(_:part:of:as:at:telling:)``.
    public func report(
        _ stage: DeliveryStage, part: DeliveryPart?, of id: OutboxID, as settlement: DeliverySettlement?,
        at time: Timestamp,
        telling subscriptions: [EventSubscription]
    ) async throws -> Bool {
        state.withLock { state in
            guard let place = state.outbox.firstIndex(where: { $0.entry.id == id }),
                let session = state.sessions[state.outbox[place].entry.session],
                let (entry, change) = SessionChange.reporting(
                    stage, part: part, of: state.outbox[place].entry, as: settlement, in: session, at: time,
                    telling: subscriptions)
            else { return false }
            state.outbox[place].entry = entry
            state.write(change)
            return true
        }
    }

    /// See ``OutboxStore/redrive(_:at:)``.
    public func redrive(_ id: OutboxID, at time: Timestamp) async throws -> Bool {
        state.withLock { state in
            guard let place = state.outbox.firstIndex(where: { $0.entry.id == id && $0.entry.state == .dead }) else {
                return false
            }
            state.outbox[place].entry = state.outbox[place].entry.redriven(at: time)
            return true
        }
    }

    /// See ``EffectLedger/beginEffect(_:lease:until:at:)``.
    public func beginEffect(
        _ intent: EffectIntent, lease: LeaseToken, until: Timestamp, at time: Timestamp
    ) async throws -> EffectStart {
        state.withLock { state in
            if let known = state.effects[intent.key] { return .known(known.state) }
            guard let session = state.sessions[intent.session], state.turns[session.id]?.lease == lease,
                let change = SessionChange.beginning(intent, in: session, at: time)
            else { return .refused }
            state.turns[session.id]?.leasedUntil = until
            state.effects[intent.key] = MemoryState.Effect(session: intent.session, begunAt: time)
            state.write(change)
            return .begun
        }
    }

    /// See ``EffectLedger/effect(_:)``.
    public func effect(_ key: EffectKey) async throws -> EffectState? {
        state.withLock { $0.effects[key]?.state }
    }

    /// See ``EffectLedger/finishEffect(_:_:at:)``.
    public func finishEffect(_ key: EffectKey, _ record: ActionRecord, at time: Timestamp) async throws {
        state.withLock { $0.effects[key]?.state = .finished(record) }
    }
}

extension MemoryState {
    /// The oldest pending entry of each lane, oldest first.
    var laneHeads: [Int] {
        var lanes: Set<OutboxLane> = []
        return outbox.indices.filter { place in
            outbox[place].entry.state == .pending && lanes.insert(outbox[place].entry.lane).inserted
        }
    }

    fileprivate func heads(to destination: OutboxDestination?) -> [Int] {
        laneHeads.filter { destination == nil || outbox[$0].entry.destination == destination }
    }
}
