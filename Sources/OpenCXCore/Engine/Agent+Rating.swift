/// What a customer thinks of a session, and of single answers.
extension Agent {
    /// The customer says what they think of a session that has ended. A newer rating takes the place of the one before; the same
    /// one again changes nothing. The comment is redacted.
    ///
    /// - Parameters:
    ///   - session: the session.
    ///   - score: from 1 to 5.
    ///   - comment: what the customer wrote with it.
    ///   - id: the id under which the channel's page shows it already.
    /// - Returns: the session afterwards; `nil` when there is no such session.
    /// - Throws: ``StoreError``; its code is `refused` while the session is open, for a score that is not one of
    ///   ``CustomerRating/scores``, and for a comment longer than ``SessionLimits/commentBytes``.
    public func rate(
        _ session: SessionID, score: Int, comment: UnredactedText? = nil, id: MessageID? = nil
    ) async throws -> Session? {
        try Self.check(comment, SessionLimits.commentBytes, "A rating's comment")
        guard let before = try await parts.store.session(session) else { return nil }
        var counts = before.placeholders
        let words = comment?.withoutControls
        var redacted: RedactedText?
        if let words, !words.reveal().allSatisfy(\.isWhitespace) {
            redacted = try await parts.redaction.redactForeign(words, in: session, counts: &counts)
        }
        let rating = CustomerRating(score: score, comment: redacted, at: parts.clock.now(), id: id)
        return try await apply(.rate(rating), to: session, .rated(score: score))
    }

    /// The customer finds an answer of the AI helpful, or not. The last vote on a message counts; one of no help to the last
    /// answer is a sign that the conversation gets nowhere (``HandoffTrigger/noProgress``), looked at with the next message.
    ///
    /// - Returns: the session afterwards; `nil` when there is no such session.
    /// - Throws: ``StoreError``; its code is `refused` when the message is none that the AI wrote in this session.
    public func vote(on message: MessageID, in session: SessionID, isHelpful: Bool) async throws -> Session? {
        guard let recorded = try await parts.store.session(session) else { return nil }
        let history = try await HistoryEntry.all(of: session, from: parts.store)
        guard history.contains(where: { $0.message?.id == message && $0.message?.author == .ai }) else {
            throw StoreError(.refused, "There is no such answer of the AI in this session.")
        }
        if Conversation.lastVote(on: message, in: history) == isHelpful { return recorded }
        return try await apply(.vote(message, isHelpful: isHelpful), to: session, .changed)
    }
}

extension AgentSettings {
    /// What happens if the customer says nothing to a reply of the AI.
    func expiry(on channel: ChannelID, asksBack: Bool, at now: Timestamp) -> SessionExpiry? {
        asking(lifecycle.expiry(asksBack: asksBack, at: now), on: channel)
    }

    /// What happens if the customer says nothing to a reply of a person.
    func expiryAfterPerson(on channel: ChannelID, at now: Timestamp) -> SessionExpiry? {
        asking(lifecycle.expiryAfterPerson(at: now), on: channel)
    }

    private func asking(_ expiry: SessionExpiry?, on channel: ChannelID) -> SessionExpiry? {
        guard var expiry else { return nil }
        // A message to somebody who has long gone elsewhere would begin the conversation anew.
        if satisfaction.messageChannels.contains(channel) { return expiry }
        expiry.ratingAt = satisfaction.asking(on: channel, afterEnding: expiry.status, at: expiry.at)
        return expiry
    }
}

extension Conversation {
    /// Whether the customer found a message helpful, going by their last vote on it; `nil` when they have not said.
    static func lastVote(on message: MessageID, in history: [HistoryEntry]) -> Bool? {
        for entry in history.reversed() {
            if case .vote(message, let isHelpful) = entry.event { return isHelpful }
        }
        return nil
    }
}
