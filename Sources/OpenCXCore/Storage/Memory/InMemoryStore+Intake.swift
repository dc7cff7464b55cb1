extension InMemoryStore {
    /// See ``IntakeStore/latestSession(channel:thread:)``.
    public func latestSession(channel: ChannelID, thread: ThreadID) async throws -> Session? {
        state.withLock { $0.latestSession(channel: channel, thread: thread) }
    }

    /// See ``IntakeStore/accept(_:)``.
    public func accept(_ intake: Intake) async throws -> IntakeOutcome {
        state.withLock { $0.accept(intake) }
    }

    /// See ``IntakeStore/open(_:)``.
    public func open(_ opening: SessionOpening) async throws -> Session {
        try state.withLock { try $0.open(opening) }
    }
}

extension MemoryState {
    mutating func accept(_ intake: Intake) -> IntakeOutcome {
        let thread = Thread(channel: intake.channel, thread: intake.thread)
        if let known = seen(intake.dedupe, in: thread) { return .duplicate(known) }
        let latest = latestSession(channel: intake.channel, thread: intake.thread)
        let current = latest.flatMap { intake.continues($0) ? $0 : nil }
        guard current.map({ $0.id == intake.session }) ?? isUnused(intake.session) else {
            return .sessionChanged
        }
        let isContact = current.map { complete($0.contact, by: intake.sender, at: intake.message.at) } ?? true
        // Its contact may have gone up in another one just now.
        let session = current.flatMap { sessions[$0.id] } ?? newSession(intake)
        let change = SessionChange.accepting(intake, into: session, isContact: isContact)
        write(change)
        let accepted = AcceptedMessage(
            session: session.id, ticket: session.ticket, message: intake.message.id,
            sequence: change.session.lastSequence, startedSession: !session.isStarted)
        remember(intake.dedupe, in: thread, accepted, at: intake.message.at)
        let turn = intake.turnLease.flatMap { claimTurn(of: session.id, now: intake.message.at, lease: $0) }
        return .accepted(accepted, turn: turn)
    }

    private func isUnused(_ session: SessionID) -> Bool { sessions[session] == nil && removed[session] == nil }

    private mutating func newSession(_ intake: Intake) -> Session {
        let contact = resolve(intake.sender, newID: intake.newContact, at: intake.message.at).contact
        let ticket = newTicket(of: intake.session, in: Thread(channel: intake.channel, thread: intake.thread))
        return SessionChange.newSession(for: intake, contact: contact.id, ticket: ticket)
    }

    private mutating func newTicket(of session: SessionID, in thread: Thread) -> TicketNumber {
        lastTicket += 1
        let ticket = TicketNumber(rawValue: lastTicket)
        tickets[ticket] = session
        latest[thread] = session
        return ticket
    }

    mutating func open(_ request: SessionOpening) throws -> Session {
        let opening = request.naming(contact)
        let before = try opening.existing(
            sessions[opening.session], wasRemoved: removed[opening.session] != nil,
            latest: latestSession(channel: opening.channel, thread: opening.thread))
        if let before { return before }
        // Changes nothing before everything has been looked at.
        var next = self
        let contact: ContactID
        switch opening.contact {
        case .known(let id):
            guard let known = self.contact(id) else { throw StoreError(.refused, "There is no such contact.") }
            contact = known.id
        case .described(let handle):
            contact = next.resolve(handle, newID: opening.newContact, at: opening.at).contact.id
        }
        let thread = Thread(channel: opening.channel, thread: opening.thread)
        let ticket = next.newTicket(of: opening.session, in: thread)
        let change = try SessionChange.opening(opening, contact: contact, ticket: ticket)
        next.write(change)
        self = next
        return change.session
    }

    /// A session stays with its contact, whoever the handle says wrote; the handle only adds to the same person.
    ///
    /// - Returns: whether it is the same person.
    private mutating func complete(_ id: ContactID, by handle: ContactHandle, at time: Timestamp) -> Bool {
        let match = handle.best(of: contacts.values)
        if let match {
            let merge = ContactMerge(handle, completing: match, among: contacts.values)
            if match.id == id || merge?.absorbed.contains(id) == true { complete(match, by: handle, at: time) }
        }
        return contact(id).map { handle.isFrom($0, match: match) } ?? false
    }

    /// Writes down what a handle adds to the contact that it describes, and joins it with those who are the same person.
    @discardableResult
    private mutating func complete(_ match: Contact, by handle: ContactHandle, at time: Timestamp) -> Contact {
        guard let merge = ContactMerge(handle, completing: match, among: contacts.values) else {
            let contact = handle.completing(match)
            contacts[contact.id] = contact
            return contact
        }
        for id in merge.absorbed {
            let moved = sessions.values.filter { $0.contact == id }.sorted { $0.ticket < $1.ticket }
            for session in moved { write(SessionChange.moving(session, to: merge.contact.id, at: time)) }
            contacts[id] = nil
        }
        contacts[merge.contact.id] = merge.contact
        return merge.contact
    }

    /// The contact of this id, also where it has gone up in another one.
    func contact(_ id: ContactID) -> Contact? {
        contacts[id] ?? contacts.values.first { $0.isNamed(id) }
    }

    /// Finds the contact a handle describes, or makes it.
    mutating func resolve(
        _ handle: ContactHandle, newID: ContactID, at time: Timestamp
    ) -> (contact: Contact, isNew: Bool) {
        if let known = handle.best(of: contacts.values) { return (complete(known, by: handle, at: time), false) }
        let contact = handle.newContact(id: newID, at: time)
        contacts[contact.id] = contact
        return (contact, true)
    }

    private func seen(_ key: DedupeKey, in thread: Thread) -> AcceptedMessage? {
        switch key {
        case .providerID(let id):
            return providerIDs[thread.channel]?[id]?.message
        case .content(let hash, let since):
            guard let known = contents[thread]?[hash], known.at >= since else { return nil }
            return known.message
        }
    }

    private mutating func remember(
        _ key: DedupeKey, in thread: Thread, _ message: AcceptedMessage, at time: Timestamp
    ) {
        switch key {
        case .providerID(let id): providerIDs[thread.channel, default: [:]][id] = (time, message)
        case .content(let hash, _): contents[thread, default: [:]][hash] = (time, message)
        }
    }
}
