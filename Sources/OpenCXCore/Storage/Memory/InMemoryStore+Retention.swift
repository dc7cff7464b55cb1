extension InMemoryStore {
    /// See ``RetentionStore/contacts(knownAs:)``.
    public func contacts(knownAs identity: String) async throws -> [Contact] {
        state.withLock { state in
            state.contacts.values.filter { $0.isKnown(as: identity) }
                .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
        }
    }

    /// See ``RetentionStore/erase(_:at:)``.
    public func erase(_ contact: ContactID, at time: Timestamp) async throws -> Erasure? {
        state.withLock { state in
            guard let contact = state.contact(contact) else { return nil }
            let sessions = state.sessions.values.filter { $0.contact == contact.id }
            let removed = sessions.sorted { $0.ticket < $1.ticket }.map { state.remove($0, at: time) }
            state.contacts[contact.id] = nil
            return Erasure(contact: contact.id, sessions: removed)
        }
    }

    /// See ``RetentionStore/hide(_:)``.
    public func hide(_ hiding: Hiding) async throws -> HiddenEntries? {
        try state.withLock { state in
            guard let session = state.sessions[hiding.session] else { return nil }
            try hiding.check(session)
            let before = state.histories[session.id] ?? []
            let after = before.map(hiding.applied)
            let hidden = HiddenEntries(before: before, after: after)
            state.sessions[session.id] = hiding.applied(to: session)
            state.histories[session.id] = after
            state.traces[session.id] = nil
            for place in state.outbox.indices where state.outbox[place].entry.session == session.id {
                state.outbox[place].entry = hiding.applied(
                    to: state.outbox[place].entry, hiding: hidden.messageIDs)
            }
            for (key, effect) in state.effects where effect.session == session.id {
                if case .finished(let record) = effect.state {
                    state.effects[key]?.state = .finished(hiding.applied(to: record))
                }
            }
            return hidden
        }
    }

    /// See ``RetentionStore/removal(of:)``.
    public func removal(of ticket: TicketNumber) async throws -> Timestamp? {
        state.withLock { state in state.removed.values.first { $0.ticket == ticket }?.at }
    }

    /// See ``RetentionStore/removeExpired(_:limit:at:)``.
    public func removeExpired(
        _ cutoffs: RetentionCutoffs, limit: Int, at time: Timestamp
    ) async throws -> RemovedRecords {
        state.withLock { $0.removeExpired(cutoffs, limit: max(0, limit), at: time) }
    }

    /// See ``RetentionStore/scrub()``. Nothing to do: what is removed is gone.
    public func scrub() async throws {}
}

extension MemoryState {
    /// Removes a session with all that hangs on it.
    fileprivate mutating func remove(_ session: Session, at time: Timestamp) -> RemovedSession {
        let id = session.id
        let account = RemovedSession(
            session, history: histories[id] ?? [],
            pendingDeliveries: outbox.count { $0.entry.session == id && $0.entry.state == .pending })
        removed[id] = (session.ticket, time)
        sessions[id] = nil
        tickets[session.ticket] = nil
        histories[id] = nil
        turns[id] = nil
        traces[id] = nil
        outbox.removeAll { $0.entry.session == id }
        effects = effects.filter { $0.value.session != id }
        for channel in Array(providerIDs.keys) {
            providerIDs[channel] = providerIDs[channel]?.filter { $0.value.message.session != id }
        }
        toldEvents = toldEvents.filter { $0.value.session != id }
        let thread = Thread(channel: session.channel, thread: session.thread)
        contents[thread] = contents[thread]?.filter { $0.value.message.session != id }
        if latest[thread] == id {
            let others = sessions.values.filter { $0.channel == session.channel && $0.thread == session.thread }
            latest[thread] = others.max { $0.ticket < $1.ticket }?.id
        }
        return account
    }

    fileprivate mutating func removeExpired(
        _ cutoffs: RetentionCutoffs, limit: Int, at time: Timestamp
    ) -> RemovedRecords {
        var records = RemovedRecords()
        let old = sessions.values.filter { session in
            cutoffs.cover(session)
                && !outbox.contains { $0.entry.session == session.id && $0.entry.state == .pending }
        }
        for session in old.sorted(by: { ($0.updatedAt, $0.ticket) < ($1.updatedAt, $1.ticket) }).prefix(limit) {
            records.sessions.append(remove(session, at: time))
            if !sessions.values.contains(where: { $0.contact == session.contact }) { contacts[session.contact] = nil }
        }
        for (session, all) in traces.sorted(by: { $0.key < $1.key }) {
            let covered = all.filter(cutoffs.cover).prefix(limit - records.traces)
            records.traces += covered.count
            let gone = Set(covered.map(\.id))
            traces[session] = all.filter { !gone.contains($0.id) }
        }
        let deliveries = Set(outbox.lazy.map(\.entry).filter(cutoffs.cover).prefix(limit).map(\.id))
        outbox.removeAll { deliveries.contains($0.entry.id) }
        records.deliveries = deliveries.count
        if let cutoff = cutoffs.effects {
            let covered = effects.filter { $0.value.begunAt < cutoff }.keys.sorted().prefix(limit)
            for key in covered { effects[key] = nil }
            records.effects = covered.count
        }
        if let cutoff = cutoffs.dedupeKeys { records.dedupeKeys = removeKeys(before: cutoff, limit: limit) }
        return records
    }

    private mutating func removeKeys(before cutoff: Timestamp, limit: Int) -> Int {
        var count = 0
        for (channel, keys) in providerIDs.sorted(by: { $0.key < $1.key }) {
            let covered = keys.filter { $0.value.at < cutoff }.keys.sorted().prefix(limit - count)
            for key in covered { providerIDs[channel]?[key] = nil }
            count += covered.count
        }
        let told = toldEvents.filter { $0.value.at < cutoff }.keys.prefix(limit - count)
        for key in told { toldEvents[key] = nil }
        count += told.count
        for (thread, keys) in contents {
            let covered = keys.filter { $0.value.at < cutoff }.keys.sorted().prefix(limit - count)
            for key in covered { contents[thread]?[key] = nil }
            count += covered.count
        }
        return count
    }
}
