/// What people do in helpdesks comes back.
extension Agent {
    /// Who tells of what people did.
    enum Teller: Sendable {
        case channel(ChannelID)
        case helpdesk(HelpdeskID)

        var source: OutboxDestination {
            switch self {
            case .channel(let id): .channel(id)
            case .helpdesk(let id): .helpdesk(id)
            }
        }
    }

    /// Takes in what a helpdesk tells and says what to answer: 2xx only when every event in it is recorded.
    public func handle(_ request: WebhookRequest, at helpdesk: HelpdeskID) async -> WebhookResponse {
        guard let adapter = parts.helpdesks.first(where: { $0.id == helpdesk }) else {
            return .error(404, "There is no helpdesk with this name.")
        }
        do {
            for event in try await adapter.events(in: request) { try await record(event, from: .helpdesk(helpdesk)) }
            return adapter.acknowledgement(of: request)
        } catch let error as ChannelError {
            return error.code == .unavailable ? .busy(error.message) : .error(error.httpStatus, error.message)
        } catch is ToldTooEarly {
            return .busy("The ticket may be one that is just being opened. Please deliver the event again.")
        } catch {
            report(.storeFailed(safeDescription(of: error)))
            return .busy("The event could not be stored. Please deliver it again.")
        }
    }

    /// Records what a person did. What is told of a conversation that no session is about is ignored, and so is what was told before.
    func record(_ event: TeamEvent, from teller: Teller) async throws {
        guard let session = try await session(of: event, from: teller) else { return }
        do {
            try await record(event, from: teller, in: session)
        } catch let error as StoreError where error.code == .superseded {
            // Somebody goes on with a session that has ended, and the customer has begun another one, where they read on.
            let latest = try await parts.store.latestSession(channel: session.channel, thread: session.thread)
            guard case .replied = event.activity, let latest, latest.id != session.id else { return }
            try await record(event, from: teller, in: latest)
        } catch let error as StoreError where error.code == .refused {
            // It will never fit the session; told again and again it would hold up what comes after it.
            report(.storeFailed(safeDescription(of: error)))
        }
    }

    /// - Throws: ``ToldTooEarly`` when that may become clear in a moment.
    private func session(of event: TeamEvent, from teller: Teller) async throws -> Session? {
        if let session = try await session(of: event.conversation, from: teller) { return session }
        guard case .ticket = event.conversation, case .helpdesk(let helpdesk) = teller else { return nil }
        if try await mayBeOpeningTicket(at: helpdesk) { throw ToldTooEarly() }
        // Its name may have become known between the two.
        return try await session(of: event.conversation, from: teller)
    }

    private func session(of conversation: TeamEvent.Conversation, from teller: Teller) async throws -> Session? {
        switch (conversation, teller) {
        case (.session(let id), .helpdesk):
            return try await parts.store.session(id)
        case (.session(let id), .channel(let channel)):
            return try await parts.store.session(id).flatMap { $0.channel == channel ? $0 : nil }
        case (.thread(let thread), .channel(let channel)):
            return try await parts.store.latestSession(channel: channel, thread: thread)
        case (.ticket(let reference), .helpdesk(let helpdesk)):
            return try await parts.store.session(at: helpdesk, ticket: reference)
        case (.thread, .helpdesk), (.ticket, .channel):
            return nil
        }
    }

    private func record(_ event: TeamEvent, from teller: Teller, in session: Session) async throws {
        let now = parts.clock.now()
        let command = try await command(for: event.activity, from: teller, in: session, at: now)
        let key = ToldEventKey(source: teller.source, id: event.providerID)
        let outcome = try await parts.store.apply(
            command, to: session.id, at: now, once: key, telling: parts.subscriptions)
        guard let outcome else { return await forgetIfRemoved(session.id) }
        if outcome.isRepeat { return }
        let after = outcome.session
        switch event.activity {
        case .replied: tell(.agentResponse, from: session, to: after)
        case .took: tell(.handoffToHuman(.person), from: session, to: after)
        case .ended where session.status == .open: reportEnd(of: after, at: now)
        case .ended, .noted, .reopened, .changed: report(.changed, session: after)
        }
        wakeDeliveries()
        if after.awaitsTurn { turns.look() }
    }

    private func command(
        for activity: TeamEvent.Activity, from teller: Teller, in session: Session, at now: Timestamp
    ) async throws -> TeamCommand {
        var counts = session.placeholders
        let redaction = parts.redaction
        func actor(_ person: PersonID?) -> HistoryEntry.Actor { person.map { .person($0) } ?? .system }
        switch activity {
        case .replied(let person, let text, let files):
            let isSent = if case .channel = teller { true } else { false }
            let text = try await redaction.redact(text.withoutControls, in: session.id, counts: &counts)
            let attachments = try await attachments(
                files, in: session.id, counts: &counts, context: RedactionContext())
            let message = Message(
                id: parts.ids.make(), author: .person(person), text: text, attachments: attachments, at: now)
            let expiry = settings.expiryAfterPerson(on: session.channel, at: now)
            return .reply(person, message, expiry: expiry, isSent: isSent)
        case .noted(let person, let text):
            return .note(person, try await redaction.redact(text.withoutControls, in: session.id, counts: &counts))
        case .took(let person):
            return .takeOver(person)
        case .ended(let status, let person):
            let ratingAt = settings.satisfaction.asking(on: session.channel, afterEnding: status, at: now)
            let helpdesk: HelpdeskID? = if case .helpdesk(let id) = teller { id } else { session.home }
            let survey = ratingAt == nil ? nil : survey(in: session, at: now)
            return .close(status, by: actor(person), ratingAt: ratingAt, toldBy: helpdesk, survey: survey)
        case .reopened(let person):
            let expiry = settings.expiry(on: session.channel, asksBack: true, at: now)
            return .close(.open, by: actor(person), expiry: expiry)
        case .changed(let text, let person):
            let text = try await redaction.redact(text.withoutControls, in: session.id, counts: &counts)
            return .log(text, by: actor(person))
        }
    }
}
