/// What a change does to a session: the session afterwards, and the rows to write with it.
///
/// The rules of a session are these pure functions; a store loads the session, calls one, and writes what it returns, all in
/// one transaction.
public struct SessionChange: Sendable, Hashable {
    /// The session afterwards.
    public var session: Session
    /// New entries of the history.
    public private(set) var entries: [HistoryEntry] = []
    /// New entries of the outbox.
    public private(set) var outbox: [OutboxEntry] = []
    private let at: Timestamp

    private init(_ session: Session, at time: Timestamp) {
        self.session = session
        self.session.updatedAt = max(session.updatedAt, time)
        at = time
    }

    private mutating func append(_ event: HistoryEntry.Event) {
        session.lastSequence += 1
        // Whoever wrote a text: a placeholder in it is taken, also after a restart has emptied the vault.
        if case .message(let message) = event { session.placeholders.include(message.text.placeholders) }
        if case .note(_, let text) = event { session.placeholders.include(text.placeholders) }
        entries.append(HistoryEntry(sequence: session.lastSequence, at: at, event: event))
    }

    private mutating func send(_ payload: OutboxEntry.Payload, as part: String) {
        let id = OutboxID("\(session.id)-\(session.lastSequence)-\(part)")
        outbox.append(OutboxEntry(id: id, session: session.id, payload: payload, at: at))
    }

    private mutating func pass(to owner: SessionOwner, by actor: HistoryEntry.Actor) {
        if session.owner == owner { return }
        session.owner = owner
        // What the AI asked belongs to the conversation that it led.
        session.pendingAction = nil
        append(.owner(owner, by: actor))
    }

    // MARK: Transitions

    /// A customer's message arrives: from the session's contact, or from somebody else (``ContactHandle/isFrom(_:match:)``).
    public static func accepting(_ intake: Intake, into session: Session, isContact: Bool) -> SessionChange {
        var change = SessionChange(session, at: intake.message.at)
        change.append(.message(intake.message))
        change.session.lastCustomerSequence = change.session.lastSequence
        // Others may have been used since the message was redacted.
        change.session.placeholders.include(intake.placeholders)
        change.session.hasOtherSenders = session.hasOtherSenders || !isContact
        change.session.language = intake.language ?? session.language
        return change
    }

    /// The session that an intake starts.
    public static func newSession(for intake: Intake, contact: ContactID, ticket: TicketNumber) -> Session {
        Session(
            id: intake.session, ticket: ticket, channel: intake.channel, channelKind: intake.channelKind,
            thread: intake.thread, contact: contact, language: intake.language, subject: intake.subject,
            createdAt: intake.message.at)
    }

    /// A turn ends. The second value says why its reply is withheld, if it is.
    public static func committing(_ commit: TurnCommit, to session: Session) -> (SessionChange, WithheldReason?) {
        var change = SessionChange(session, at: commit.at)
        change.session.placeholders.include(commit.placeholders)
        for action in commit.actions { change.append(.action(action)) }
        if let reason = precondition(of: commit, in: session) {
            if let reply = commit.reply { change.append(.withheld(reason, reply.text)) }
            return (change, reason)
        }
        change.session.settledSequence = max(session.settledSequence, commit.customerSequence)
        change.session.pendingAction = commit.pendingAction
        change.session.clarifications = commit.asksBack ? session.clarifications + 1 : 0
        change.session.language = commit.language ?? session.language
        if let handoff = commit.handoff {
            change.session.handoff = handoff
            change.append(.handoff(handoff))
            for helpdesk in commit.helpdesks {
                change.send(.handoff(helpdesk, handoff), as: "handoff-\(helpdesk)")
            }
            change.pass(to: .team, by: .ai)
        }
        if let reply = commit.reply {
            change.append(.message(reply))
            change.send(.message(reply), as: "message")
        }
        if commit.resolves, commit.handoff == nil {
            change.session.status = .closedResolved
            change.append(.status(.closedResolved, by: .ai))
        }
        return (change, nil)
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
        if session.lastCustomerSequence != commit.customerSequence, !mayHaveChanged { return .newerMessage }
        return nil
    }

    /// A person, the customer or a rule does something.
    public static func applying(_ command: TeamCommand, to session: Session, at time: Timestamp) -> SessionChange {
        var change = SessionChange(session, at: time)
        switch command {
        case .takeOver(let person):
            change.pass(to: .person(person), by: .person(person))
        case .reply(let person, let message):
            change.reopen(by: .person(person))
            change.pass(to: .person(person), by: .person(person))
            change.append(.message(message))
            change.send(.message(message), as: "message")
            change.session.settledSequence = change.session.lastCustomerSequence
        case .note(let person, let text):
            change.append(.note(by: person, text))
        case .assign(let owner, let person):
            change.reopen(by: .person(person))
            change.pass(to: owner, by: .person(person))
        case .close(let status, let actor):
            if session.status == .open, status != .open {
                change.session.status = status
                change.session.pendingAction = nil
                change.session.settledSequence = change.session.lastCustomerSequence
                change.append(.status(status, by: actor))
            } else if status == .open {
                change.reopen(by: actor)
            }
        }
        return change
    }

    private mutating func reopen(by actor: HistoryEntry.Actor) {
        if session.status == .open { return }
        session.status = .open
        append(.status(.open, by: actor))
    }

    /// A delivery came to an end. `nil` when that is not worth an entry in the history.
    public static func settling(
        _ entry: OutboxEntry, _ settlement: DeliverySettlement, in session: Session, at time: Timestamp
    ) -> SessionChange? {
        var change = SessionChange(session, at: time)
        switch (entry.payload, settlement) {
        case (.handoff(let helpdesk, _), .delivered(let reference?)):
            change.append(.helpdesk(helpdesk, reference: reference))
        case (let payload, .dead(let reason)):
            change.append(.deliveryFailed(entry.id, reason: reason))
            // A customer whom the AI cannot reach is somebody's business.
            if case .message = payload, session.status == .open, session.owner == .ai {
                change.pass(to: .team, by: .system)
            }
        default:
            return nil
        }
        return change
    }
}

extension PlaceholderCounts {
    mutating func include(_ other: PlaceholderCounts) {
        highest.merge(other.highest, uniquingKeysWith: max)
    }
}
