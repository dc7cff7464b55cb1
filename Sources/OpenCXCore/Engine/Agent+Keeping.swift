/// What a session keeps besides what is said in it: labels, custom data, and its channel's own state.
extension Agent {
    /// Puts labels on a session and takes some off. They are redacted: a label is no place for an address.
    ///
    /// - Returns: the session afterwards; `nil` when there is no such session.
    /// - Throws: ``StoreError``; its code is `refused` for more or longer tags than ``SessionLimits`` allows.
    public func tag(
        _ session: SessionID, adding: [String] = [], removing: [String] = [], by actor: HistoryEntry.Actor
    ) async throws -> Session? {
        guard adding.count <= SessionLimits.tags else {
            throw StoreError(.refused, "A session has at most \(SessionLimits.tags) tags.")
        }
        guard let before = try await parts.store.session(session) else { return nil }
        var counts = before.placeholders
        var tags: [String] = []
        for tag in adding {
            let text = UnredactedText(tag)
            try Self.check(text, SessionLimits.tagBytes, "A tag")
            tags.append(
                try await parts.redaction.redact(text.withoutControls, in: session, counts: &counts).text)
        }
        return try await apply(.tag(adding: tags, removing: removing, by: actor), to: session, .changed)
    }

    /// Keeps the channel's own state of a session, as it gave it; texts in it are redacted, and numbers that are somebody's.
    /// ``checkpoint(of:)`` gives it back.
    ///
    /// - Returns: the session afterwards; `nil` when there is no such session.
    /// - Throws: ``StoreError``; its code is `refused` for more than ``SessionLimits/checkpointBytes``.
    public func checkpoint(_ state: UnredactedJSON, in session: SessionID) async throws -> Session? {
        try Self.check(
            UnredactedText(String(decoding: state.reveal().serialized(), as: UTF8.self)),
            SessionLimits.checkpointBytes, "A checkpoint")
        guard let before = try await parts.store.session(session) else { return nil }
        var counts = before.placeholders
        let redacted = try await parts.redaction.redactForeign(state, in: session, counts: &counts)
        return try await apply(.checkpoint(redacted), to: session, .changed)
    }

    /// The state that a channel has last kept in a session, its raw values put back as far as they are known; `nil` when it has
    /// kept none. For the channel that wrote it and nobody else.
    ///
    /// - Throws: what the vault throws.
    public func checkpoint(of session: Session) async throws -> UnredactedJSON? {
        guard let state = session.checkpoint else { return nil }
        return try await parts.redaction.restore(json: state, in: session.id)
    }

    /// Sets custom data of a session; an empty value removes a member. Names and values are redacted.
    ///
    /// - Returns: the session afterwards; `nil` when there is no such session.
    /// - Throws: ``StoreError``; its code is `refused` for more than ``SessionLimits`` allows.
    public func describe(_ session: SessionID, with attributes: [String: UnredactedText]) async throws -> Session? {
        guard let before = try await parts.store.session(session) else { return nil }
        var counts = before.placeholders
        let redacted = try await redact(attributes, in: session, counts: &counts)
        return try await apply(.describe(redacted), to: session, .changed)
    }

    func redact(
        _ attributes: [String: UnredactedText], in session: SessionID, counts: inout PlaceholderCounts
    ) async throws -> [String: RedactedText] {
        guard attributes.count <= SessionLimits.attributes else {
            throw StoreError(.refused, "A session has at most \(SessionLimits.attributes) members of custom data.")
        }
        var redacted: [String: RedactedText] = [:]
        for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
            let name = UnredactedText(name)
            try Self.check(name, SessionLimits.attributeNameBytes, "The name of custom data")
            try Self.check(value, SessionLimits.attributeBytes, "The value of custom data")
            let key = try await parts.redaction.redactForeign(name.withoutControls, in: session, counts: &counts)
            redacted[key.text] = try await parts.redaction.redactForeign(
                value.withoutControls, in: session, counts: &counts)
        }
        return redacted
    }

    /// Refuses a text before it is looked at.
    static func check(_ text: UnredactedText?, _ limit: Int, _ what: String) throws {
        guard let text, text.byteCount > limit else { return }
        throw StoreError(.refused, "\(what) has at most \(limit) bytes.")
    }
}
