/// What a change does to a session: the session afterwards, and the rows to write with it.
///
/// The rules of a session are these pure functions; a store loads the session, calls one, and writes what it returns, all in
/// one transaction.
public struct SessionChange: Sendable, Hashable {
    /// The session afterwards.
    public internal(set) var session: Session
    /// New entries of the history.
    public private(set) var entries: [HistoryEntry] = []
    /// New entries of the outbox.
    public private(set) var outbox: [OutboxEntry] = []
    /// When the turn may start that the session waits for; `nil` leaves that as it was.
    public internal(set) var turnDueAt: Timestamp?
    /// What others are to be told.
    private(set) var events: [ConversationEvent] = []
    let at: Timestamp

    init(_ session: Session, at time: Timestamp) {
        self.session = session
        self.session.updatedAt = max(session.updatedAt, time)
        at = time
    }

    /// The delivery of what the change says to the customer.
    public var reply: OutboxEntry? {
        outbox.first { if case .message = $0.payload { true } else { false } }
    }

    // MARK: What transitions are made of

    mutating func append(_ event: HistoryEntry.Event, announcing name: ConversationEvent.Name? = nil) {
        session.lastSequence += 1
        // Whoever wrote a text: a placeholder in it is taken, also after a restart has emptied the vault.
        if case .message(let message) = event {
            session.messageCount? += 1
            session.placeholders.include(message.text.placeholders)
            for file in message.attachments {
                session.placeholders.include(file.name.placeholders)
                session.placeholders.include(file.location.placeholders)
            }
        }
        for text in event.besideMessages { session.placeholders.include(text.placeholders) }
        entries.append(HistoryEntry(sequence: session.lastSequence, at: at, event: event))
        if let name { announce(name) }
    }

    mutating func announce(_ name: ConversationEvent.Name) {
        events.append(
            ConversationEvent(name, sequence: session.lastSequence, messageCount: session.messageCount))
    }

    mutating func send(_ payload: OutboxEntry.Payload, to destination: OutboxDestination, as part: String) {
        let id = OutboxID(session.id, entry: session.lastSequence, part)
        outbox.append(
            OutboxEntry(id: id, session: session.id, destination: destination, payload: payload, at: at))
    }

    /// - Parameter isSent: whether the customer has it already.
    mutating func say(_ message: Message, isSent: Bool = false) {
        append(.message(message), announcing: message.author == .ai ? .aiResponse : .agentResponse)
        session.firstReplyAt = session.firstReplyAt ?? at
        if !isSent { send(.message(message), to: .channel(session.channel), as: "message") }
    }

    /// The AI stops (law 6): the team owns the session, and the helpdesks are told; of a conversation that lives in one of them, that
    /// one alone.
    mutating func handOff(_ handoff: HandoffRecord, to helpdesks: [HelpdeskID], by actor: HistoryEntry.Actor) {
        session.handoff = handoff
        append(.handoff(handoff), announcing: .handoffToHuman)
        for helpdesk in session.home.map({ [$0] }) ?? helpdesks {
            send(.handoff(helpdesk, handoff), to: .helpdesk(helpdesk), as: "handoff-\(helpdesk)")
            session.tickets[helpdesk] = session.tickets[helpdesk] ?? ""
        }
        pass(to: .team, by: actor, isAnnounced: true)
    }

    /// The helpdesks that have the conversation are told of the customer's message, the last entry.
    mutating func followUp() {
        for helpdesk in session.tickets.keys.sorted() where helpdesk != session.home {
            send(
                .followUp(helpdesk, sequence: session.lastSequence), to: .helpdesk(helpdesk), as: "follow-\(helpdesk)")
        }
    }

    mutating func pass(to owner: SessionOwner, by actor: HistoryEntry.Actor, isAnnounced: Bool = false) {
        if session.owner == owner { return }
        let wasAI = session.owner == .ai
        session.owner = owner
        // What the AI asked belongs to the conversation that it led, and so does what silence would have meant.
        session.pendingAction = nil
        session.expiry = nil
        append(.owner(owner, by: actor), announcing: wasAI && !isAnnounced ? .handoffToHuman : nil)
    }

    /// The session ends; at `ratingAt` the customer is asked what they think of it, unless they have said so. By a message, where
    /// there is one, they are asked once.
    mutating func close(
        as status: SessionStatus, by actor: HistoryEntry.Actor, because reason: ClosureReason? = nil,
        ratingAt: Timestamp?, survey: Message? = nil, toldBy teller: HelpdeskID? = nil
    ) {
        session.status = status
        session.closure = SessionClosure(at: at, by: actor, because: reason)
        session.expiry = nil
        session.pendingAction = nil
        session.settledSequence = session.lastCustomerSequence
        // Whoever was not told of a beginning is not told of an end.
        append(.status(status, by: actor, because: reason), announcing: session.isStarted ? .closed : nil)
        for helpdesk in session.tickets.keys.sorted() where helpdesk != teller && session.isStarted {
            send(.ending(helpdesk, status, by: actor), to: .helpdesk(helpdesk), as: "ending-\(helpdesk)")
        }
        guard let ratingAt, session.rating == nil, session.isStarted else { return }
        if survey != nil, session.ratingRequestedAt != nil { return }
        session.survey = survey
        if ratingAt <= at { askForRating() } else { session.ratingDueAt = ratingAt }
    }

    mutating func askForRating() {
        session.ratingDueAt = nil
        session.ratingRequestedAt = at
        append(.ratingRequested, announcing: .ratingRequested)
        guard var survey = session.survey else { return }
        survey.at = at
        session.survey = survey
        append(.message(survey), announcing: .aiResponse)
        send(.message(survey), to: .channel(session.channel), as: "message")
    }

    mutating func reopen(by actor: HistoryEntry.Actor) {
        if session.status == .open { return }
        session.status = .open
        session.closure = nil
        session.ratingDueAt = nil
        append(.status(.open, by: actor))
    }

    /// With nothing to answer the AI says nothing, and an answer is what an end is set with.
    mutating func expectSilence(_ expiry: SessionExpiry?) {
        if session.owner == .ai, !session.awaitsAI { session.expiry = session.expiry ?? expiry }
    }

    /// Brings a transition to its end: keeps the time that a message waits, and tells who wants to know.
    func finished(since before: Session, telling subscriptions: [EventSubscription]) -> SessionChange {
        var change = self
        if !session.awaitsAI {
            change.session.awaitingSince = nil
        } else if !before.awaitsAI {
            change.session.awaitingSince = at
        }
        for event in events {
            for subscription in subscriptions where subscription.wants(event.name) {
                let id = "\(session.id)-\(event.sequence)-\(event.name)-\(subscription.endpoint)"
                change.outbox.append(
                    OutboxEntry(
                        id: OutboxID(id), session: session.id, destination: .event(subscription.endpoint),
                        payload: .event(subscription.endpoint, event), at: at))
            }
        }
        return change
    }
}

extension HistoryEntry.Event {
    /// The texts in it that people or the channel wrote, besides a message's.
    fileprivate var besideMessages: [RedactedText] {
        switch self {
        case .note(_, let text), .checkpoint(let text), .activity(let text, _): [text]
        case .rated(let rating): rating.comment.map { [$0] } ?? []
        default: []
        }
    }
}

extension PlaceholderCounts {
    mutating func include(_ other: PlaceholderCounts) {
        highest.merge(other.highest, uniquingKeysWith: max)
    }
}
