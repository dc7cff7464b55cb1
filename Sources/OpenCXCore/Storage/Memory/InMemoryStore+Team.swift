extension InMemoryStore {
    /// See ``TeamStore/apply(_:to:at:telling:)``.
    public func apply(
        _ command: TeamCommand, to session: SessionID, at time: Timestamp, telling subscriptions: [EventSubscription]
    ) async throws -> Session? {
        try state.withLock { state in
            guard let before = state.sessions[session] else { return nil }
            return try state.apply(command, to: before, at: time, telling: subscriptions)
        }
    }

    /// See ``TeamStore/apply(_:to:at:once:telling:)``.
    public func apply(
        _ command: TeamCommand, to session: SessionID, at time: Timestamp, once key: ToldEventKey,
        telling subscriptions: [EventSubscription]
    ) async throws -> ToldEventOutcome? {
        try state.withLock { state in
            guard let before = state.sessions[session] else { return nil }
            if state.toldEvents[key] != nil { return ToldEventOutcome(before, isRepeat: true) }
            let after = try state.apply(command, to: before, at: time, telling: subscriptions)
            state.toldEvents[key] = (time, session)
            return ToldEventOutcome(after, isRepeat: false)
        }
    }

    /// See ``TeamStore/session(at:ticket:)``.
    public func session(at helpdesk: HelpdeskID, ticket reference: String) async throws -> Session? {
        state.withLock { state in
            state.sessions.values.filter { $0.reference(at: helpdesk) == reference }.max { $0.ticket < $1.ticket }
        }
    }

    /// See ``TeamStore/expireSessions(limit:at:telling:)``.
    public func expireSessions(
        limit: Int, at time: Timestamp, telling subscriptions: [EventSubscription]
    ) async throws -> [Session] {
        state.withLock { state in
            let due = state.expiries.filter { $0.at <= time }.prefix(max(0, limit))
            return due.compactMap { state.sessions[$0.session] }.compactMap { session in
                guard let change = SessionChange.expiring(session, at: time, telling: subscriptions) else { return nil }
                state.write(change)
                return change.session
            }
        }
    }

    /// See ``TeamStore/nextExpiry()``.
    public func nextExpiry() async throws -> Timestamp? {
        state.withLock { $0.expiries.first?.at }
    }

    /// See ``TeamStore/session(_:)``.
    public func session(_ id: SessionID) async throws -> Session? {
        state.withLock { $0.sessions[id] }
    }

    /// See ``TeamStore/session(ticket:)``.
    public func session(ticket: TicketNumber) async throws -> Session? {
        state.withLock { state in state.tickets[ticket].flatMap { state.sessions[$0] } }
    }

    /// See ``TeamStore/sessions(_:limit:)``.
    public func sessions(_ filter: SessionFilter, limit: Int) async throws -> [Session] {
        state.withLock { state in
            let filter = filter.naming(state.contact)
            let matching = state.sessions.values.filter { session in
                switch filter {
                case .all: true
                case .handedOff: session.status == .open && session.owner != .ai
                case .open: session.status == .open
                case .contact(let contact): session.contact == contact
                }
            }
            let sorted = matching.sorted { ($0.updatedAt, $0.ticket) > ($1.updatedAt, $1.ticket) }
            return Array(sorted.prefix(limit))
        }
    }

    /// See ``TeamStore/sessions(matching:after:limit:)``.
    public func sessions(
        matching query: SessionQuery, after cursor: SessionCursor?, limit: Int
    ) async throws -> SessionPage {
        try state.withLock { state in
            try query.naming(state.contact).page(of: state.sessions.values, after: cursor, limit: limit)
        }
    }

    /// See ``TeamStore/history(_:after:limit:)``.
    public func history(_ session: SessionID, after sequence: Int, limit: Int) async throws -> [HistoryEntry] {
        state.withLock { state in
            Array((state.histories[session] ?? []).lazy.filter { $0.sequence > sequence }.prefix(limit))
        }
    }

    /// See ``TeamStore/traces(_:)``.
    public func traces(_ session: SessionID) async throws -> [Trace] {
        state.withLock { $0.traces[session] ?? [] }
    }
}

extension MemoryState {
    fileprivate mutating func apply(
        _ command: TeamCommand, to before: Session, at time: Timestamp, telling subscriptions: [EventSubscription]
    ) throws -> Session {
        let change = try SessionChange.applying(command, to: before, at: time, telling: subscriptions)
        try change.checkReopening(
            of: before, latest: latestSession(channel: before.channel, thread: before.thread))
        write(change)
        return change.session
    }

    /// When sessions end if nothing more is said, the earliest first.
    fileprivate var expiries: [(at: Timestamp, session: SessionID)] {
        sessions.values.compactMap { session in session.deadline.map { ($0, session.id) } }
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    }
}
