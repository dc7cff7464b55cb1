extension SessionChange {
    /// How many collecting delays a turn waits at most for a customer who goes on writing.
    static let longestCollection = 4

    /// A customer's message arrives: from the session's contact, or from somebody else (``ContactHandle/isFrom(_:match:)``).
    /// A session that was closed a short time ago is opened again.
    public static func accepting(_ intake: Intake, into session: Session, isContact: Bool) -> SessionChange {
        var change = SessionChange(session, at: intake.message.at)
        change.reopen(by: .customer)
        switch intake.holder {
        case .ai: break
        case .person(let person): change.pass(to: .person(person), by: .person(person))
        case .nobody: if session.owner == .ai { change.pass(to: .team, by: .system) }
        }
        let isFirst = !session.isStarted
        if isFirst {
            change.session.firstMessageAt = intake.message.at
            change.session.subject = session.subject ?? intake.subject
        }
        if session.messageCount == 0 {
            for words in intake.openingWords { change.append(.message(words)) }
        }
        change.append(.message(intake.message), announcing: isFirst ? .started : nil)
        change.announce(.contactResponse)
        change.session.lastCustomerSequence = change.session.lastSequence
        if change.session.owner != .ai { change.followUp() }
        change.session.expiry = nil
        if let consent = intake.consent {
            change.append(.consent(isGiven: consent))
            // Whoever wants no messages gets none, whatever they asked before; whoever wants them again still waits for an answer.
            if !consent || !session.awaitsAI { change.session.settledSequence = change.session.lastCustomerSequence }
            // Nobody answers it, and an answer is what an end is set with.
            let isQuiet = change.session.owner == .ai && !change.session.awaitsAI
            change.session.expiry = isQuiet ? intake.expiry(of: session) : nil
        }
        // Others may have been used since the message was redacted.
        change.session.placeholders.include(intake.placeholders)
        change.session.hasOtherSenders = session.hasOtherSenders || !isContact
        change.session.language = intake.language ?? session.language
        if change.session.awaitsAI {
            let delay = intake.turnDueAt - intake.message.at
            let latest = session.awaitingSince.map { $0 + delay * longestCollection }
            // That may be past: who writes again before their turn has come keeps their place among those who wait.
            change.turnDueAt = min(intake.turnDueAt, latest ?? intake.turnDueAt)
        }
        return change.finished(since: session, telling: intake.subscriptions)
    }

    /// The session that an intake starts.
    public static func newSession(for intake: Intake, contact: ContactID, ticket: TicketNumber) -> Session {
        var session = Session(
            id: intake.session, ticket: ticket, channel: intake.channel, channelKind: intake.channelKind,
            thread: intake.thread, contact: contact, language: intake.language, subject: intake.subject,
            createdAt: intake.message.at)
        session.home = intake.helpdesk
        if let home = intake.helpdesk { session.tickets[home] = intake.thread.rawValue }
        return session
    }

    /// A turn is about to change something. `nil` when it may not any more: the AI does not own the session, the session has
    /// ended, or somebody else has led it since the customer was asked.
    public static func beginning(_ intent: EffectIntent, in session: Session, at time: Timestamp) -> SessionChange? {
        guard session.status == .open, session.owner == .ai, let pending = session.pendingAction,
            pending.proposal == intent.proposal, pending.proposedAt == intent.customerSequence
        else { return nil }
        var change = SessionChange(session, at: time)
        change.session.begunEffect = intent
        return change
    }

    /// A turn ends. The second value says why its reply is withheld, if it is.
    public static func committing(_ commit: TurnCommit, to session: Session) -> (SessionChange, WithheldReason?) {
        var change = SessionChange(session, at: commit.at)
        change.session.placeholders.include(commit.placeholders)
        // Who has the lease knows what was begun, and tells it here, whatever becomes of the reply.
        for action in commit.actions { change.append(.action(action)) }
        change.session.begunEffect = nil
        if let reason = precondition(of: commit, in: session) {
            if let reply = commit.reply { change.append(.withheld(reason, reply.text)) }
            return (change.finished(since: session, telling: commit.subscriptions), reason)
        }
        let isLatest = session.lastCustomerSequence == commit.customerSequence
        change.session.settledSequence = max(session.settledSequence, commit.customerSequence)
        // What is left, as of several mails, waits anew: what comes after it is not to take the place of what was answered.
        change.session.awaitingSince = session.awaitingSince.map { _ in commit.at }
        change.session.pendingAction = commit.pendingAction
        change.session.clarifications = commit.asksBack ? session.clarifications + 1 : 0
        change.session.language = commit.language ?? session.language
        if let topic = commit.prohibitedTopic {
            change.append(.prohibitedTopic(topic), announcing: .prohibitedTopicDetected)
        }
        if let handoff = commit.handoff {
            change.handOff(handoff, to: commit.helpdesks, by: .ai)
        }
        if let reply = commit.reply { change.say(reply) }
        if commit.handoff == nil, isLatest {
            // A message that has come meanwhile is for the next turn.
            if commit.resolves {
                change.close(as: .closedResolved, by: .ai, ratingAt: commit.ratingAt, survey: commit.survey)
            } else {
                change.session.expiry = commit.expiry
            }
        }
        return (change.finished(since: session, telling: commit.subscriptions), nil)
    }

    /// Law 4: the AI still owns the session, it is open, and no newer message has come.
    private static func precondition(of commit: TurnCommit, in session: Session) -> WithheldReason? {
        if session.status != .open { return .sessionClosed }
        // Somebody may have answered and given the session back in the meantime.
        if session.owner != .ai || session.settledSequence >= commit.customerSequence { return .ownerChanged }
        // What was done, or may have been, has to be said, whatever else the customer has written; that gets a turn of its own.
        let mayHaveChanged = commit.actions.contains {
            $0.outcome == .unknown || ($0.outcome == .succeeded && $0.changes)
        }
        let isStale = session.lastCustomerSequence != commit.customerSequence
        if isStale, !mayHaveChanged, !commit.repliesToEach { return .newerMessage }
        return nil
    }

    /// A person, the customer or a rule does something.
    ///
    /// - Throws: ``StoreError`` with the code `refused` for what the session does not take: a rating while it is open or of
    ///   another score, or more than ``SessionLimits``.
    public static func applying(
        _ command: TeamCommand, to session: Session, at time: Timestamp, telling subscriptions: [EventSubscription] = []
    ) throws(StoreError) -> SessionChange {
        var change = SessionChange(session, at: time)
        switch command {
        case .takeOver(let person):
            change.pass(to: .person(person), by: .person(person))
        case .reply(let person, let message, let expiry, let isSent):
            change.reopen(by: .person(person))
            change.pass(to: .person(person), by: .person(person))
            change.say(message, isSent: isSent)
            change.session.settledSequence = change.session.lastCustomerSequence
            change.session.expiry = expiry
        case .note(let person, let text):
            change.append(.note(by: person, text))
        case .assign(let owner, let person, let expiry):
            change.reopen(by: .person(person))
            change.pass(to: owner, by: .person(person))
            change.expectSilence(expiry)
        case .close(.open, let actor, _, _, _, let expiry):
            change.reopen(by: actor)
            change.expectSilence(expiry)
        case .close(let status, let actor, let ratingAt, let teller, let survey, _):
            if session.status == .open {
                change.close(as: status, by: actor, ratingAt: ratingAt, survey: survey, toldBy: teller)
            }
        case .log(let text, let actor):
            change.append(.activity(text, by: actor))
        case .stopReply(let expiry, let shown):
            change.stopReply(expiry, shown)
        case .tag(let added, let removed, let actor):
            try change.tag(adding: added, removing: removed, by: actor)
        case .rate(let rating, let since):
            if let since { try change.checkSurvey(askedSince: since) }
            try change.rate(rating)
        case .vote(let message, let isHelpful):
            change.append(.vote(message, isHelpful: isHelpful))
        case .checkpoint(let state):
            try change.keep(state)
        case .describe(let attributes):
            try change.describe(attributes)
        }
        if change.session.awaitsAI, !session.awaitsAI { change.turnDueAt = time }
        return change.finished(since: session, telling: subscriptions)
    }

    /// Nothing more was said, so the session ends; or it has ended, and the customer is asked for a rating. `nil` when its
    /// deadline (``Session/deadline``) has not come, or something has come in between.
    public static func expiring(
        _ session: Session, at time: Timestamp, telling subscriptions: [EventSubscription] = []
    ) -> SessionChange? {
        guard let deadline = session.deadline, deadline <= time else { return nil }
        var change = SessionChange(session, at: time)
        if session.status == .open, let expiry = session.expiry {
            change.close(as: expiry.status, by: expiry.actor, because: .inactivity, ratingAt: expiry.ratingAt)
        } else {
            change.askForRating()
        }
        return change.finished(since: session, telling: subscriptions)
    }

    /// A try to deliver came to an end. `nil` when the session stays as it was.
    ///
    /// The entry is the one that was taken up, as it was before ``OutboxEntry/settled(_:)``.
    public static func settling(
        _ entry: OutboxEntry, _ settlement: DeliverySettlement, in session: Session, at time: Timestamp,
        telling subscriptions: [EventSubscription] = []
    ) -> SessionChange? {
        guard entry.changesSession(settlement) else { return nil }
        var change = SessionChange(session, at: time)
        switch (entry.payload, settlement) {
        case (.message, .retry(let next, _)):
            // Nobody is silent about what has not reached them. That it is tried again is no news for lists of sessions.
            guard let expiry = session.expiry, next > entry.dueAt else { return nil }
            change.session.updatedAt = session.updatedAt
            change.session.expiry = expiry.postponed(by: next - entry.dueAt)
        case (.handoff(let helpdesk, _), .delivered(let reference?)):
            change.session.tickets[helpdesk] = reference
            change.append(.helpdesk(helpdesk, reference: reference))
        case (.handoff, .dead(let reason, _)):
            change.append(.deliveryFailed(entry.id, reason: reason), announcing: .handoffToThirdPartyFailed)
        case (.message, .dead(let reason, let handoff)):
            change.append(.deliveryFailed(entry.id, reason: reason))
            change.session.expiry = nil
            // A customer whom the AI cannot reach is somebody's business.
            if session.status == .open, session.owner == .ai {
                if let handoff {
                    change.handOff(handoff.record, to: handoff.helpdesks, by: .system)
                } else {
                    change.pass(to: .team, by: .ai)
                }
            }
        case (.message(let message), .withdrawn):
            change.append(.withheld(.ownerChanged, message.text))
            if session.owner == .ai { change.pass(to: .team, by: .system) }
        case (.ending, .left(let reason)):
            change.append(.activity(RedactedText(derived: reason), by: .system))
        case (.event, .dead(let reason, _)), (.ending, .dead(let reason, _)), (.followUp, .dead(let reason, _)):
            change.append(.deliveryFailed(entry.id, reason: reason))
        default:
            return nil
        }
        return change.finished(since: session, telling: subscriptions)
    }
}

extension OutboxEntry {
    /// Whether the session changes by what came of this delivery. Where it does not, a store need not load it.
    public func changesSession(_ settlement: DeliverySettlement) -> Bool {
        switch (payload, settlement) {
        case (.handoff, .delivered(_?)), (.message, .retry), (_, .dead), (_, .withdrawn), (_, .left): true
        case (_, .delivered), (_, .retry), (_, .notBegun): false
        }
    }
}
