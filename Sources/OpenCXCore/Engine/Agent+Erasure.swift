/// What a customer may ask for.
extension Agent {
    /// Removes a customer from everything that this agent keeps: contact, sessions, history, traces, outbox, effects, dedupe
    /// keys, the vault of raw values, and the files they attached (``AgentParts/attachments``). What is left is that tickets with
    /// these numbers once were.
    ///
    /// Deliveries that are pending are withdrawn, handoffs included: nothing more is said to the customer, and no helpdesk is
    /// told. A turn that runs ends without a reply. What helpdesks and endpoints were told before is theirs:
    /// ``RemovedSession/copies`` says where to look. Calling it once more is harmless, and finishes what an error has stopped.
    ///
    /// - Parameters:
    ///   - contact: the customer, as ``RetentionStore/contacts(knownAs:)`` finds them.
    ///   - scrubbing: whether the store is cleaned right away of what can still be read where the removed records were
    ///     (``RetentionStore/scrub()``). That may take long; of several erasures the last one is enough.
    /// - Returns: what was removed; `nil` when there is no such contact.
    /// - Throws: ``StoreError``, and what the vault and the stores of attachments throw.
    public func erase(_ contact: ContactID, scrubbing: Bool = true) async throws -> Erasure? {
        let store = parts.store
        // The vault and the files first: once the sessions are gone, nobody knows what was theirs.
        let sessions = try await store.sessions(.contact(contact), limit: .max).map(\.id)
        for session in sessions { try await removeFiles(of: session) }
        for session in sessions { try await parts.redaction.forget(session) }
        let erasure = try await store.erase(contact, at: parts.clock.now())
        for session in erasure?.sessions ?? [] {
            running.lose(session.id)
            try await parts.redaction.forget(session.id)
        }
        if scrubbing { try await store.scrub() }
        return erasure
    }

    /// Hides what was said in a session: words that should never have been kept. They are replaced for good, in the history, in what
    /// is still to be delivered, and in what was made of them (``Hiding``). Files that were sent with them are removed
    /// (``AgentParts/attachments``). What helpdesks and endpoints were told before is theirs.
    ///
    /// - Parameters:
    ///   - session: the session.
    ///   - entries: the entries, by their numbers; `nil` for all of them. The raw values behind placeholders go with all of them
    ///     only: others may stand in what stays.
    ///   - scrubbing: whether the store is cleaned right away of what can still be read where the words were
    ///     (``RetentionStore/scrub()``).
    /// - Returns: what was hidden; `nil` when there is no such session.
    /// - Throws: ``StoreError``, with the code `refused` while the AI is answering in the session; what the stores of attachments
    ///   throw, and then nothing is hidden; and what the vault throws. Calling it once more is harmless, and finishes what an
    ///   error has stopped.
    public func hide(
        _ session: SessionID, entries: Set<Int>? = nil, scrubbing: Bool = true
    ) async throws -> HiddenEntries? {
        let hiding = Hiding(session, entries: entries)
        guard let known = try await parts.store.session(session) else { return nil }
        try hiding.check(known)
        // The files first: once their places are hidden, nobody knows what they were.
        try await removeFiles(of: session, entries: entries)
        guard let hidden = try await parts.store.hide(hiding) else { return nil }
        if entries == nil { try await parts.redaction.forget(session) }
        if scrubbing { try await parts.store.scrub() }
        return hidden
    }

    /// Forgets raw values that came into the vault when their session was gone already: whoever put them there had begun before
    /// that, and nobody else will find them.
    func forgetIfRemoved(_ session: SessionID) async {
        do {
            if try await parts.store.session(session) == nil { try await parts.redaction.forget(session) }
        } catch {
            report(.storeFailed(safeDescription(of: error)))
        }
    }
}
