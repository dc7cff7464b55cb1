extension Agent {
    /// How much is removed of each kind at a time: a short transaction, between which others get to write.
    private static let retentionBatch = 200
    /// How often in a row.
    private static let retentionRounds = 10

    /// Removes what has been kept long enough (``AgentSettings/retention``), up to a bound. A running agent does so by itself.
    ///
    /// - Returns: whether there may be more.
    /// - Throws: ``StoreError``, and what the vault throws.
    @discardableResult
    public func removeExpired() async throws -> Bool {
        try await parts.redaction.expire()
        let now = parts.clock.now()
        let cutoffs = settings.retentionCutoffs(at: now)
        if cutoffs == RetentionCutoffs() { return false }
        for _ in 0..<Self.retentionRounds {
            let records = try await parts.store.removeExpired(cutoffs, limit: Self.retentionBatch, at: now)
            for session in records.sessions { try await parts.redaction.forget(session.id) }
            if records.largestKind < Self.retentionBatch { return false }
        }
        return true
    }
}
