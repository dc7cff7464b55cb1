/// What people of the team do in the built-in inbox.
extension Agent {
    /// A person answers the customer. The AI is silent from now on. The text is redacted like everything that is stored.
    ///
    /// - Returns: the session afterwards; `nil` when there is no such session.
    /// - Throws: ``StoreError``; its code is `superseded` when the session has ended and another one of its thread has followed,
    ///   where the customer reads on.
    public func reply(to session: SessionID, as person: PersonID, _ text: UnredactedText) async throws -> Session? {
        guard let (redacted, channel) = try await redact(text, in: session) else { return nil }
        let now = parts.clock.now()
        let message = Message(id: parts.ids.make(), author: .person(person), text: redacted, at: now)
        let expiry = settings.expiryAfterPerson(on: channel, at: now)
        return try await apply(.reply(person, message, expiry: expiry), to: session, .agentResponse)
    }

    /// A person writes a note that the customer does not see.
    ///
    /// - Returns: the session afterwards; `nil` when there is no such session.
    public func note(on session: SessionID, by person: PersonID, _ text: UnredactedText) async throws -> Session? {
        guard let (redacted, _) = try await redact(text, in: session) else { return nil }
        return try await apply(.note(person, redacted), to: session, .changed)
    }

    /// A person takes the session over; the AI is silent from now on, also with what it is about to say.
    ///
    /// - Returns: the session afterwards; `nil` when there is no such session.
    public func takeOver(_ session: SessionID, by person: PersonID) async throws -> Session? {
        try await apply(.takeOver(person), to: session, .handoffToHuman(.person))
    }

    /// The session passes to somebody: to a colleague, to the team, or back to the AI.
    ///
    /// - Returns: the session afterwards; `nil` when there is no such session.
    /// - Throws: ``StoreError``; its code is `superseded` when the session has ended and another one of its thread has followed,
    ///   where the customer reads on.
    public func assign(_ session: SessionID, to owner: SessionOwner, by person: PersonID) async throws -> Session? {
        var expiry: SessionExpiry?
        if owner == .ai, let before = try await parts.store.session(session) {
            expiry = settings.expiry(on: before.channel, asksBack: true, at: parts.clock.now())
        }
        let event: AgentEvent.Kind = owner == .ai ? .changed : .handoffToHuman(.person)
        let result = try await apply(.assign(owner, by: person, expiry: expiry), to: session, event)
        turns.look()
        return result
    }

    /// The session ends. Where ``AgentSettings/satisfaction`` says so, its customer is asked what they think of it.
    ///
    /// - Returns: the session afterwards; `nil` when there is no such session.
    public func close(
        _ session: SessionID, as status: SessionStatus = .closedResolved, by actor: HistoryEntry.Actor
    ) async throws -> Session? {
        guard let before = try await parts.store.session(session) else { return nil }
        let now = parts.clock.now()
        let ratingAt = settings.satisfaction.asking(on: before.channel, afterEnding: status, at: now)
        let survey = ratingAt == nil ? nil : survey(in: before, at: now)
        let after = try await apply(
            .close(status, by: actor, ratingAt: ratingAt, survey: survey), to: session, .closed(status))
        if let after, before.status == .open, let end = after.closure?.at, after.ratingRequestedAt == end {
            report(.ratingRequested, session: after)
        }
        return after
    }

    /// The customer wants no reply to what they have written so far. A turn that is at it ends without one; where a change has begun
    /// that has to be told of, it goes on.
    ///
    /// - Parameters:
    ///   - session: the session.
    ///   - shown: what its channel has shown of the reply, under the id that the reply would have had. It stays in the history, for
    ///     the customer has read it.
    /// - Returns: the session afterwards; `nil` when there is no such session.
    public func stopReply(
        in session: SessionID, shown: (id: MessageID, text: RedactedText)? = nil
    ) async throws -> Session? {
        guard let before = try await parts.store.session(session) else { return nil }
        let expiry = settings.expiry(on: before.channel, asksBack: true, at: parts.clock.now())
        let message = shown.map { Message(id: $0.id, author: .ai, text: $0.text, at: parts.clock.now()) }
        let after = try await apply(.stopReply(expiry: expiry, shown: message), to: session, .changed)
        if let after, !after.awaitsTurn { running.stop(session, upTo: after.lastCustomerSequence) }
        return after
    }

    func apply(
        _ command: TeamCommand, to session: SessionID, _ event: AgentEvent.Kind
    ) async throws -> Session? {
        let now = parts.clock.now()
        let before = event == .changed ? nil : try await parts.store.session(session)
        guard
            let after = try await parts.store.apply(command, to: session, at: now, telling: parts.subscriptions)
        else {
            await forgetIfRemoved(session)
            return nil
        }
        tell(event, from: before, to: after)
        wakeDeliveries()
        return after
    }

    /// Tells listeners what endpoints are told of a command: nothing that was so before, and that the AI has stopped when it has.
    func tell(_ event: AgentEvent.Kind, from before: Session?, to after: Session) {
        let hasStopped = before?.owner == .ai && after.owner != .ai
        if hasStopped { report(.handoffToHuman(.person), session: after) }
        switch event {
        case .handoffToHuman where hasStopped: return
        case .handoffToHuman: report(.changed, session: after)
        default: report(before?.lastSequence == after.lastSequence ? .changed : event, session: after)
        }
    }

    private func redact(
        _ text: UnredactedText, in id: SessionID
    ) async throws -> (text: RedactedText, channel: ChannelID)? {
        guard let session = try await parts.store.session(id) else { return nil }
        var counts = session.placeholders
        return (try await parts.redaction.redact(text.withoutControls, in: id, counts: &counts), session.channel)
    }

    /// Tells of a session that ended by itself at a time, or whose customer was then asked for a rating.
    ///
    /// That time need not be when it was last changed: the clock may have been set back since.
    func reportEnd(of session: Session, at time: Timestamp) {
        let hasEnded = session.closure?.at == time && session.isStarted
        if hasEnded { report(.closed(session.status), session: session) }
        if session.ratingRequestedAt == time { report(.ratingRequested, session: session) }
    }
}
