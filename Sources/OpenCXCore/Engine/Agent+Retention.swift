extension Agent {
    /// How much is removed of each kind at a time: a short transaction, between which others get to write.
    private static let retentionBatch = 200
    /// How often in a row.
    private static let retentionRounds = 10

    /// Removes what has been kept long enough (``AgentSettings/retention``), up to a bound. A running agent does so by itself.
    ///
    /// Files and raw values of a session go before it does: a crash in between leaves the session, and whoever sweeps next finds
    /// them by it. A session whose files or values cannot be removed stays; what comes after it goes all the same.
    ///
    /// - Returns: whether there may be more.
    /// - Throws: ``StoreError``; and the first of what the vault and the stores of attachments have thrown, once everything else
    ///   of this time is removed.
    @discardableResult
    public func removeExpired() async throws -> Bool {
        try await parts.redaction.expire()
        let now = parts.clock.now()
        var cutoffs = settings.retentionCutoffs(at: now)
        if cutoffs == RetentionCutoffs() { return false }
        var (place, failure): (SessionCursor?, (any Error)?) = (nil, nil)
        var waiting: Set<SessionID>?
        var hasMore = true
        for _ in 0..<Self.retentionRounds where hasMore {
            var hasMoreSessions = false
            cutoffs.sessions = []
            if let cutoff = cutoffs.closedSessions {
                let page = try await parts.store.sessions(
                    matching: SessionQuery(
                        statuses: [.closedResolved, .closedUnresolved], updatedBefore: cutoff, order: .longestUnchanged),
                    after: place, limit: Self.retentionBatch)
                cutoffs.sessions = try await clearForRemoval(page.sessions, waiting: &waiting, failure: &failure)
                place = page.next
                hasMoreSessions = page.next != nil
            }
            let records = try await parts.store.removeExpired(cutoffs, limit: Self.retentionBatch, at: now)
            // The last page was this one: the list is not begun again.
            if !hasMoreSessions { cutoffs.closedSessions = nil }
            hasMore = hasMoreSessions || records.largestKind >= Self.retentionBatch
        }
        if let failure { throw failure }
        return hasMore
    }

    /// Removes what is kept elsewhere of sessions that are to go: their files, and the raw values.
    ///
    /// - Parameters:
    ///   - sessions: closed ones that have been kept long enough. One with a delivery that is pending stays as it is.
    ///   - waiting: the sessions of all pending deliveries, read once it is needed. What is old has hardly any new ones, and the
    ///     store keeps what has, whatever is known here.
    ///   - failure: the first thing that went wrong.
    /// - Returns: those of which nothing is left but what the store has.
    private func clearForRemoval(
        _ sessions: [Session], waiting: inout Set<SessionID>?, failure: inout (any Error)?
    ) async throws -> Set<SessionID> {
        if sessions.isEmpty { return [] }
        let pending =
            if let waiting { waiting } else { Set(try await parts.store.outbox(.pending, limit: .max).map(\.session)) }
        waiting = pending
        var cleared: Set<SessionID> = []
        for session in sessions where !session.awaitsTurn && !pending.contains(session.id) {
            do {
                try await removeFiles(of: session.id)
                try await parts.redaction.forget(session.id)
                cleared.insert(session.id)
            } catch {
                if Task.isCancelled { throw error }
                failure = failure ?? error
            }
        }
        return cleared
    }
}
