extension InMemoryStore {
    /// See ``TurnStore/claimTurns(limit:now:lease:until:)``.
    public func claimTurns(
        limit: Int, now: Timestamp, lease: LeaseToken, until: Timestamp
    ) async throws -> [TurnClaim] {
        state.withLock { $0.claimTurns(limit: limit, now: now, lease: lease, until: until) }
    }

    /// See ``TurnStore/extendTurn(_:lease:until:)``.
    public func extendTurn(_ session: SessionID, lease: LeaseToken, until: Timestamp) async throws -> Bool {
        state.withLock { state in
            guard state.turns[session]?.lease == lease else { return false }
            state.turns[session]?.leasedUntil = until
            return true
        }
    }

    /// See ``TurnStore/commitTurn(_:)``.
    public func commitTurn(_ commit: TurnCommit) async throws -> TurnOutcome {
        state.withLock { $0.commit(commit) }
    }

    /// See ``TurnStore/abandonTurn(_:lease:trace:retryAt:failed:)``.
    public func abandonTurn(
        _ session: SessionID, lease: LeaseToken, trace: Trace?, retryAt: Timestamp?, failed: Bool
    ) async throws {
        state.withLock { state in
            guard var work = state.turns[session], work.lease == lease else { return }
            if let trace { state.traces[session, default: []].append(trace) }
            work.lease = nil
            work.dueAt = retryAt ?? work.dueAt
            if !failed { work.attempts -= 1 }
            state.turns[session] = state.sessions[session]?.awaitsTurn == true ? work : nil
        }
    }

    /// See ``TurnStore/nextTurnDue()``.
    public func nextTurnDue() async throws -> Timestamp? {
        state.withLock { state in
            state.waitingTurns.map {
                $0.value.lease == nil ? $0.value.dueAt : max($0.value.dueAt, $0.value.leasedUntil)
            }
            .min()
        }
    }
}

extension MemoryState {
    /// Turns that wait, leased or not. A turn whose session somebody else took over keeps only its lease.
    var waitingTurns: [SessionID: Work] {
        turns.filter { sessions[$0.key]?.awaitsTurn == true }
    }

    mutating func claimTurns(limit: Int, now: Timestamp, lease: LeaseToken, until: Timestamp) -> [TurnClaim] {
        let free = waitingTurns.filter { $0.value.isFree(at: now) }
        let next = free.sorted { a, b in (a.value.dueAt, a.key) < (b.value.dueAt, b.key) }.prefix(max(0, limit))
        return next.compactMap { claim($0.key, $0.value, TurnLease(lease, until: until)) }
    }

    /// Takes up the turn of a message that was stored just now, if it is due and nobody works on it.
    mutating func claimTurn(of session: SessionID, now: Timestamp, lease: TurnLease) -> TurnClaim? {
        guard let work = turns[session], sessions[session]?.awaitsTurn == true, work.isFree(at: now) else { return nil }
        return claim(session, work, lease)
    }

    private mutating func claim(_ id: SessionID, _ work: Work, _ lease: TurnLease) -> TurnClaim? {
        guard let session = sessions[id], let contact = contacts[session.contact] else { return nil }
        turns[id] = Work(
            dueAt: work.dueAt, lease: lease.token, leasedUntil: lease.until, attempts: work.attempts + 1)
        return TurnClaim(
            session: session, contact: contact,
            history: Array((histories[id] ?? []).suffix(TurnClaim.historyLimit)), lease: lease.token,
            failedAttempts: work.attempts)
    }

    mutating func commit(_ commit: TurnCommit) -> TurnOutcome {
        guard let session = sessions[commit.session], let work = turns[commit.session], work.lease == commit.lease
        else { return .leaseLost }
        let (change, withheld) = SessionChange.committing(commit, to: session)
        // What the turn did not know of is due when it came in.
        turns[commit.session] = change.session.awaitsTurn ? Work(dueAt: work.dueAt) : nil
        write(change)
        var trace = commit.trace
        if let withheld {
            trace.steps.append(
                TraceStep(offset: (commit.at - trace.startedAt).inMilliseconds, event: .withheld(withheld)))
        }
        traces[commit.session, default: []].append(trace)
        return withheld.map(TurnOutcome.withheld)
            ?? .committed(change.session, delivery: commit.delivery.flatMap { lease($0, messageOf: change) })
    }

    /// Takes up the delivery of a reply that was written just now, if nothing is to be delivered before it.
    private mutating func lease(_ lease: DeliveryLease, messageOf change: SessionChange) -> OutboxEntry? {
        guard let reply = change.reply, laneHeads.contains(where: { outbox[$0].entry.id == reply.id }),
            let place = outbox.lastIndex(where: { $0.entry.id == reply.id })
        else { return nil }
        outbox[place].lease = lease.token
        outbox[place].leasedUntil = lease.until
        outbox[place].entry.attempts = 1
        return outbox[place].entry
    }
}
