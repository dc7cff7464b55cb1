/// Forgets: at a customer's wish, and what has been kept long enough.
public protocol RetentionStore: Sendable {
    /// The contacts whose e-mail address, telephone number or custom id is this, verified or claimed, those seen first first.
    /// What they are is compared as ``ContactHandle`` normalizes it.
    func contacts(knownAs identity: String) async throws -> [Contact]

    /// Removes a contact with all of their sessions, and with those everything that hangs on them: history, traces, deliveries
    /// in any state, effects, dedupe keys. One transaction.
    ///
    /// What remains of a session is that there was one: ``removal(of:)`` knows its number, which no other one gets. Its id is
    /// not used again either (``IntakeStore/accept(_:)`` answers `sessionChanged`), no effect is begun for it, and a turn that
    /// was taken up before finds its lease lost.
    ///
    /// - Returns: what was removed; `nil` when there is no such contact.
    func erase(_ contact: ContactID, at: Timestamp) async throws -> Erasure?

    /// Hides what was said in a session, in its history and its deliveries; its traces go. One transaction; what exactly becomes of
    /// each record, ``Hiding`` says.
    ///
    /// - Returns: what was hidden; `nil` when there is no such session.
    /// - Throws: what ``Hiding/check(_:)`` throws.
    func hide(_ hiding: Hiding) async throws -> HiddenEntries?

    /// When the session with this number was removed; `nil` when it was not.
    func removal(of ticket: TicketNumber) async throws -> Timestamp?

    /// Removes what has been kept long enough, of each kind at most `limit`, more or less the oldest first.
    ///
    /// A session goes like an erased one, and a contact goes with their last session. One with a delivery that is still pending
    /// stays.
    func removeExpired(_ cutoffs: RetentionCutoffs, limit: Int, at: Timestamp) async throws -> RemovedRecords

    /// Makes sure that nothing of what was removed can be read where the store keeps its data. May take long; a store that
    /// overwrites what it removes has nothing to do.
    func scrub() async throws
}

/// What was removed with a contact.
public struct Erasure: Sendable, Hashable {
    /// The contact.
    public var contact: ContactID
    /// Their sessions, in the order of their numbers.
    public var sessions: [RemovedSession]

    /// Makes an account of an erasure.
    public init(contact: ContactID, sessions: [RemovedSession]) {
        self.contact = contact
        self.sessions = sessions
    }
}

/// A session that was removed.
public struct RemovedSession: Sendable, Hashable {
    /// The session it was.
    public var id: SessionID
    /// Its number.
    public var ticket: TicketNumber
    /// Under which names helpdesks have taken it over. They keep copies that nobody but the team can remove.
    public var copies: [Copy]
    /// Deliveries that were still pending, to the customer, a helpdesk or an endpoint. They are not made any more.
    public var withdrawnDeliveries: Int

    /// What a helpdesk has of a session.
    public struct Copy: Sendable, Hashable {
        /// The helpdesk.
        public var helpdesk: HelpdeskID
        /// Its own name for the conversation.
        public var reference: String

        /// Names what a helpdesk has.
        public init(helpdesk: HelpdeskID, reference: String) {
            self.helpdesk = helpdesk
            self.reference = reference
        }
    }

    /// Makes an account of a session from its parts.
    public init(id: SessionID, ticket: TicketNumber, copies: [Copy] = [], withdrawnDeliveries: Int = 0) {
        self.id = id
        self.ticket = ticket
        self.copies = copies
        self.withdrawnDeliveries = withdrawnDeliveries
    }

    /// Makes an account of a session from what a store holds of it.
    public init(_ session: Session, history: some Sequence<HistoryEntry>, pendingDeliveries: Int) {
        self.init(
            id: session.id, ticket: session.ticket, copies: history.compactMap { Copy($0.event) },
            withdrawnDeliveries: pendingDeliveries)
    }
}

extension RemovedSession.Copy {
    /// What the history tells of a helpdesk; `nil` when it tells something else.
    public init?(_ event: HistoryEntry.Event) {
        guard case .helpdesk(let helpdesk, let reference) = event else { return nil }
        self.init(helpdesk: helpdesk, reference: reference)
    }
}

/// From when back each kind of record has been kept long enough; `nil` for never.
public struct RetentionCutoffs: Sendable, Hashable {
    /// Traces of turns that were taken up before this time.
    public var traces: Timestamp?
    /// Sessions that were closed, and in which nothing more has happened, before this time.
    public var closedSessions: Timestamp?
    /// Of those sessions only these; `nil` for all of them. Whoever has cleaned up after them elsewhere names them, so that no
    /// other one goes.
    public var sessions: Set<SessionID>?
    /// Deliveries that were made, and were committed or driven again before this time.
    public var deliveries: Timestamp?
    /// The same for deliveries that were given up.
    public var deadLetters: Timestamp?
    /// Dedupe keys of messages that came in before this time.
    public var dedupeKeys: Timestamp?
    /// Effects that were begun before this time.
    public var effects: Timestamp?

    /// Makes cutoffs.
    public init(
        traces: Timestamp? = nil, closedSessions: Timestamp? = nil, sessions: Set<SessionID>? = nil,
        deliveries: Timestamp? = nil, deadLetters: Timestamp? = nil, dedupeKeys: Timestamp? = nil,
        effects: Timestamp? = nil
    ) {
        self.traces = traces
        self.closedSessions = closedSessions
        self.sessions = sessions
        self.deliveries = deliveries
        self.deadLetters = deadLetters
        self.dedupeKeys = dedupeKeys
        self.effects = effects
    }

    /// Whether a trace has been kept long enough.
    public func cover(_ trace: Trace) -> Bool { traces.map { trace.startedAt < $0 } ?? false }

    /// Whether a session has been kept long enough, if none of its deliveries is pending.
    public func cover(_ session: Session) -> Bool {
        session.status != .open && !session.awaitsTurn && (closedSessions.map { session.updatedAt < $0 } ?? false)
            && (sessions?.contains(session.id) ?? true)
    }

    /// Whether a delivery has been kept long enough.
    public func cover(_ entry: OutboxEntry) -> Bool {
        let cutoff: Timestamp? =
            switch entry.state {
            case .pending: nil
            case .delivered: deliveries
            case .dead: deadLetters
            }
        return cutoff.map { entry.pendingSince < $0 } ?? false
    }
}

/// What was removed because it has been kept long enough.
public struct RemovedRecords: Sendable, Hashable {
    /// Sessions.
    public var sessions: [RemovedSession]
    /// How many traces, besides those of the sessions.
    public var traces: Int
    /// How many deliveries, besides those of the sessions.
    public var deliveries: Int
    /// How many dedupe keys, besides those of the sessions.
    public var dedupeKeys: Int
    /// How many effects, besides those of the sessions.
    public var effects: Int

    /// Makes an account from its parts.
    public init(
        sessions: [RemovedSession] = [], traces: Int = 0, deliveries: Int = 0, dedupeKeys: Int = 0, effects: Int = 0
    ) {
        self.sessions = sessions
        self.traces = traces
        self.deliveries = deliveries
        self.dedupeKeys = dedupeKeys
        self.effects = effects
    }

    /// How many of the kind of which there were most.
    var largestKind: Int { [sessions.count, traces, deliveries, dedupeKeys, effects].max() ?? 0 }
}
