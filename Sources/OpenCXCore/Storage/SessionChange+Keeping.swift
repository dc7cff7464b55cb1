/// What a session keeps besides what is said in it.
extension SessionChange {
    /// The customer rates a session that has ended; a newer rating takes the place of the one before. Saying the same again
    /// changes nothing.
    mutating func rate(_ rating: CustomerRating) throws(StoreError) {
        guard CustomerRating.scores.contains(rating.score) else {
            throw StoreError(.refused, "A rating is a whole number from 1 to 5.")
        }
        guard session.status != .open else {
            throw StoreError(.refused, "A session is rated once it has ended.")
        }
        try Self.check(rating.comment?.text, SessionLimits.commentBytes, "A rating's comment")
        if session.rating?.says(rating) == true { return }
        session.rating = rating
        session.ratingDueAt = nil
        append(.rated(rating), announcing: .scoreSubmitted)
    }

    /// Refuses a message as an answer to a question that was not asked, was answered, or belongs to what goes on again.
    func checkSurvey(askedSince since: Timestamp) throws(StoreError) {
        guard session.status != .open, session.survey != nil, session.rating == nil,
            let asked = session.ratingRequestedAt,
            asked >= since
        else { throw StoreError(.refused, "No rating is waited for in this session.") }
    }

    mutating func stopReply(_ expiry: SessionExpiry?, _ shown: Message?) {
        guard session.awaitsAI, session.begunEffect == nil else { return }
        if let shown { say(shown, isSent: true) }
        session.settledSequence = session.lastCustomerSequence
        // What the AI has asked before is not answered by what comes next.
        session.pendingAction = nil
        session.expiry = expiry
        append(.withheld(.stopped, .empty))
    }

    mutating func tag(adding: [String], removing: [String], by actor: HistoryEntry.Actor) throws(StoreError) {
        let removed = Self.names(removing).filter { session.tags.contains($0) }
        var added: [String] = []
        for tag in Self.names(adding) where !session.tags.contains(tag) {
            try Self.check(tag, SessionLimits.tagBytes, "A tag")
            added.append(tag)
        }
        session.tags.removeAll { removed.contains($0) }
        session.tags += added
        guard session.tags.count <= SessionLimits.tags else {
            throw StoreError(.refused, "A session has at most \(SessionLimits.tags) tags.")
        }
        if added.isEmpty, removed.isEmpty { return }
        append(.tags(added: added, removed: removed, by: actor))
    }

    mutating func keep(_ state: RedactedText) throws(StoreError) {
        try Self.check(state.text, SessionLimits.checkpointBytes, "A checkpoint")
        if session.checkpoint == state { return }
        session.checkpoint = state
        append(.checkpoint(state))
    }

    mutating func describe(_ attributes: [String: RedactedText]) throws(StoreError) {
        for (name, value) in attributes {
            try Self.check(name, SessionLimits.attributeNameBytes, "The name of custom data")
            try Self.check(value.text, SessionLimits.attributeBytes, "The value of custom data")
            session.attributes[name] = value.isEmpty || name.isEmpty ? nil : value
            session.placeholders.include(value.placeholders)
        }
        guard session.attributes.count <= SessionLimits.attributes else {
            throw StoreError(.refused, "A session has at most \(SessionLimits.attributes) members of custom data.")
        }
    }

    private static func check(_ text: String?, _ limit: Int, _ what: String) throws(StoreError) {
        guard let text, text.utf8.count > limit else { return }
        throw StoreError(.refused, "\(what) has at most \(limit) bytes.")
    }

    /// Without spaces around them, each once.
    private static func names(_ tags: [String]) -> [String] {
        tags.map { String($0.trimmingSpaces()) }.reduce(into: [String]()) { names, tag in
            if !tag.isEmpty, !names.contains(tag) { names.append(tag) }
        }
    }
}
