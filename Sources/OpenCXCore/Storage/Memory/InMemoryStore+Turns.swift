extension InMemoryStore {
    /// See ``TurnStore/claimTurn(now:lease:until:)``.
    public func claimTurn(now: Timestamp, lease: LeaseToken, until: Timestamp) async throws -> TurnClaim? {
        state.withLock { $0.claimTurn(now: now, lease: lease, until: until) }
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

    /// See ``TurnStore/abandonTurn(_:lease:trace:retryAt:)``.
    public func abandonTurn(
        _ session: SessionID, lease: LeaseToken, trace: Trace?, retryAt: Timestamp
    ) async throws {
        state.withLock { state in
            guard state.turns[session]?.lease == lease else { return }
            if let trace { state.traces[session, default: []].append(trace) }
            state.turns[session]?.lease = nil
            state.turns[session]?.dueAt = retryAt
            if state.sessions[session]?.awaitsAI != true { state.turns[session] = nil }
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
        turns.filter { sessions[$0.key]?.awaitsAI == true }
    }

    mutating func claimTurn(now: Timestamp, lease: LeaseToken, until: Timestamp) -> TurnClaim? {
        let free = waitingTurns.filter {
            $0.value.dueAt <= now && ($0.value.lease == nil || $0.value.leasedUntil <= now)
        }
        let next = free.min { a, b in (a.value.dueAt, a.key) < (b.value.dueAt, b.key) }
        guard let (id, work) = next, let session = sessions[id], let contact = contacts[session.contact] else {
            return nil
        }
        turns[id] = Work(dueAt: work.dueAt, lease: lease, leasedUntil: until, attempts: work.attempts + 1)
        return TurnClaim(
            session: session, contact: contact,
            history: Array((histories[id] ?? []).suffix(TurnClaim.historyLimit)), lease: lease,
            failedAttempts: work.attempts)
    }

    mutating func commit(_ commit: TurnCommit) -> TurnOutcome {
        guard let session = sessions[commit.session], turns[commit.session]?.lease == commit.lease else {
            return .leaseLost
        }
        let (change, withheld) = SessionChange.committing(commit, to: session)
        turns[commit.session] = nil
        write(change)
        var trace = commit.trace
        if let withheld {
            trace.steps.append(
                TraceStep(offset: (commit.at - trace.startedAt).inMilliseconds, event: .withheld(withheld)))
        }
        traces[commit.session, default: []].append(trace)
        schedule(change.session, at: commit.at)
        return withheld.map(TurnOutcome.withheld) ?? .committed(change.session)
    }
}
