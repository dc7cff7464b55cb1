extension InMemoryStore {
    /// See ``TeamStore/apply(_:to:at:)``.
    public func apply(_ command: TeamCommand, to session: SessionID, at time: Timestamp) async throws -> Session? {
        try state.withLock { state in
            guard let before = state.sessions[session] else { return nil }
            let change = SessionChange.applying(command, to: before, at: time)
            try change.checkReopening(
                of: before, latest: state.latestSession(channel: before.channel, thread: before.thread))
            state.write(change)
            state.schedule(change.session, at: time)
            return change.session
        }
    }

    /// See ``TeamStore/session(_:)``.
    public func session(_ id: SessionID) async throws -> Session? {
        state.withLock { $0.sessions[id] }
    }

    /// See ``TeamStore/latestSession(channel:thread:)``.
    public func latestSession(channel: ChannelID, thread: ThreadID) async throws -> Session? {
        state.withLock { $0.latestSession(channel: channel, thread: thread) }
    }

    /// See ``TeamStore/session(ticket:)``.
    public func session(ticket: TicketNumber) async throws -> Session? {
        state.withLock { state in state.tickets[ticket].flatMap { state.sessions[$0] } }
    }

    /// See ``TeamStore/sessions(_:limit:)``.
    public func sessions(_ filter: SessionFilter, limit: Int) async throws -> [Session] {
        state.withLock { state in
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

    /// See ``TeamStore/contact(_:)``.
    public func contact(_ id: ContactID) async throws -> Contact? {
        state.withLock { $0.contacts[id] }
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
    fileprivate func latestSession(channel: ChannelID, thread: ThreadID) -> Session? {
        sessions.values.filter { $0.channel == channel && $0.thread == thread }.max { $0.ticket < $1.ticket }
    }
}
