public import OpenCXCore

extension SQLiteStore {
    /// See ``/OpenCXCore/TurnStore/claimTurns(limit:now:lease:until:)``.
    public func claimTurns(
        limit: Int, now: Timestamp, lease: LeaseToken, until: Timestamp
    ) async throws -> [TurnClaim] {
        let claimed = try await write { try ClaimedTurn.next(limit, now: now, lease: lease, until: until, in: $0) }
        // Out here, where it keeps no other writer waiting. A session that cannot be read keeps its lease, so that the
        // others get their turn.
        let claims = claimed.map { turn in Result { try turn.claim(lease: lease, memory) } }
        let readable = claims.compactMap { try? $0.get() }
        if readable.isEmpty, let unreadable = claims.first { _ = try unreadable.get() }
        return readable
    }

    /// See ``/OpenCXCore/TurnStore/extendTurn(_:lease:until:)``.
    public func extendTurn(_ session: SessionID, lease: LeaseToken, until: Timestamp) async throws -> Bool {
        try await write { database in
            try database.run(
                "UPDATE sessions SET lease_until = ? WHERE id = ? AND lease = ?", .time(until), .id(session), .id(lease)
            )
            return database.changes > 0
        }
    }

    /// See ``/OpenCXCore/TurnStore/commitTurn(_:)``.
    public func commitTurn(_ commit: TurnCommit) async throws -> TurnOutcome {
        // Out here, where it keeps no other writer waiting; nearly every turn is stored with the trace it came with.
        let packed = try TraceBody.pack(commit.trace)
        return try await write { database in
            guard var row = try SessionRow.find(commit.session, in: database), row.lease == commit.lease else {
                return .leaseLost
            }
            let (change, withheld) = SessionChange.committing(commit, to: row.session)
            row.session = change.session
            row.lease = nil
            row.leaseUntil = nil
            row.failedAttempts = 0
            // What the turn did not know of is due when it came in.
            if let due = change.turnDueAt { row.turnDueAt = due }
            try row.save(in: database)
            let delivery = try change.insertRows(in: database, delivery: commit.delivery)
            let trace = try withheld.map { try TraceBody.pack(commit.trace.withheld($0, at: commit.at)) } ?? packed
            try database.run(
                "INSERT INTO traces (ticket, at, body) VALUES (?, ?, ?)", row.ticket, .time(commit.trace.startedAt),
                .blob(trace))
            return withheld.map(TurnOutcome.withheld) ?? .committed(change.session, delivery: delivery)
        }
    }

    /// See ``/OpenCXCore/TurnStore/abandonTurn(_:lease:trace:retryAt:failed:)``.
    public func abandonTurn(
        _ session: SessionID, lease: LeaseToken, trace: Trace?, retryAt: Timestamp?, failed: Bool
    ) async throws {
        let packed = try trace.map(TraceBody.pack)
        try await write { database in
            guard var row = try SessionRow.find(session, in: database), row.lease == lease else { return }
            row.lease = nil
            row.leaseUntil = nil
            if let retryAt { row.turnDueAt = retryAt }
            if !failed { row.failedAttempts -= 1 }
            try row.saveLease(in: database)
            guard let packed, let trace else { return }
            try database.run(
                "INSERT INTO traces (ticket, at, body) VALUES (?, ?, ?)", row.ticket, .time(trace.startedAt),
                .blob(packed))
        }
    }

    /// See ``/OpenCXCore/TurnStore/nextTurnDue()``.
    public func nextTurnDue() async throws -> Timestamp? {
        try await read { database in
            let waiting = try database.first(
                """
                SELECT turn_due_at FROM sessions WHERE awaits_ai = 1 AND lease IS NULL ORDER BY turn_due_at LIMIT 1
                """
            ) { $0.time(0) }
            let leased = try database.first(
                """
                SELECT MIN(MAX(turn_due_at, lease_until)) FROM sessions WHERE lease IS NOT NULL AND awaits_ai = 1
                """
            ) { $0.optionalTime(0) }
            return [waiting, leased ?? nil].compactMap(\.self).min()
        }
    }
}

extension Trace {
    fileprivate func withheld(_ reason: WithheldReason, at time: Timestamp) -> Trace {
        var trace = self
        trace.steps.append(TraceStep(offset: (time - startedAt).inMilliseconds, event: .withheld(reason)))
        return trace
    }
}
