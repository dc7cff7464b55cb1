/// Where everything is kept: a few operations, each atomic, each named for what it does.
///
/// A store loads and writes; what a change means is decided by the core's pure transitions (``SessionChange``), which every
/// store calls inside its transaction. `StoreContract` in `OpenCXTesting` checks an implementation.
public protocol Store: IntakeStore, TurnStore, OutboxStore, EffectLedger, TeamStore, RetentionStore, KnowledgeStore {
    /// A number that stays the same while nobody but this value writes to what is stored; `nil` where that cannot be told, as by
    /// default.
    ///
    /// Thousands of pages may wait for news of their conversations. What this process writes they are told of; with the mark they
    /// need not ask the store again and again whether another process has written something.
    func markOfOtherWriters() async throws -> Int?
}

extension Store {
    /// Cannot tell.
    public func markOfOtherWriters() async throws -> Int? { nil }
}

/// Takes messages in.
public protocol IntakeStore: Sendable {
    /// The session of a thread that began last, open or not.
    func latestSession(channel: ChannelID, thread: ThreadID) async throws -> Session?

    /// Stores a message, its dedupe key, its contact, its session and the turn it causes, or nothing (law 1).
    ///
    /// In one transaction: a delivery seen before is answered with what was stored then. Else the message goes into the thread's
    /// latest session, if it continues that one (``Intake/continues(_:)``), or into a new one with the next ticket number; when
    /// that is not ``Intake/session``, or that id was used before, nothing is stored. The contact is found or made, and joined with
    /// those that turn out to be the same person (``ContactMerge``), the session's own among them; then the message is
    /// appended and, if the AI owns the session, the turn made due (``SessionChange/turnDueAt``). Under ``Intake/turnLease`` that
    /// turn is taken up as well, as ``TurnStore/claimTurns(limit:now:lease:until:)`` would, if it is due when the message came in; a
    /// store need not do that.
    func accept(_ intake: Intake) async throws -> IntakeOutcome

    /// Opens a session before its first message, in one transaction: one that is there already is answered as it is
    /// (``SessionOpening/existing(_:wasRemoved:latest:)``); else the contact is found, or made where a handle describes it, and
    /// the session written with the next ticket number (``SessionChange/opening(_:contact:ticket:)``). No turn is due.
    ///
    /// - Throws: ``StoreError``, with the code `superseded` or `refused` when the session cannot be opened; also when a contact is
    ///   not there that is said to be known.
    func open(_ opening: SessionOpening) async throws -> Session
}

/// Hands out turns and takes their results.
public protocol TurnStore: Sendable {
    /// Takes up the turns that are due longest, at most `limit`: of sessions that ``Session/awaitsTurn``, whose turn is due and
    /// not leased. The lease is the same for all of them.
    func claimTurns(limit: Int, now: Timestamp, lease: LeaseToken, until: Timestamp) async throws -> [TurnClaim]

    /// Keeps a lease for longer. `false` when it was lost.
    func extendTurn(_ session: SessionID, lease: LeaseToken, until: Timestamp) async throws -> Bool

    /// Writes what a turn decided, if the lease is ours and the world is still what the turn started from.
    func commitTurn(_ commit: TurnCommit) async throws -> TurnOutcome

    /// Gives a turn back that was not brought to an end. Its trace is kept with those of the committed turns. Ignored when the
    /// lease was lost.
    ///
    /// It is due again at `retryAt`; `nil` leaves that to what made it due last. A turn that was only stopped, without `failed`,
    /// does not count as a failed try.
    func abandonTurn(
        _ session: SessionID, lease: LeaseToken, trace: Trace?, retryAt: Timestamp?, failed: Bool) async throws

    /// When the next turn is due, or its lease ends; `nil` when none waits.
    func nextTurnDue() async throws -> Timestamp?
}

extension TurnStore {
    /// Takes up the turn that is due longest.
    public func claimTurn(now: Timestamp, lease: LeaseToken, until: Timestamp) async throws -> TurnClaim? {
        try await claimTurns(limit: 1, now: now, lease: lease, until: until).first
    }
}

/// Hands out deliveries and takes their results.
public protocol OutboxStore: Sendable {
    /// Takes up the deliveries that are due longest, of several the oldest, at most `limit`, counting the try. The lease is the
    /// same for all of them.
    ///
    /// Per session and destination (``OutboxEntry/lane``) only the oldest pending entry is handed out. A destination of `nil`
    /// stands for anywhere.
    func claimDeliveries(
        to destination: OutboxDestination?, limit: Int, now: Timestamp, lease: LeaseToken, until: Timestamp
    ) async throws -> [OutboxEntry]

    /// Records what came of a delivery, and tells the subscriptions of what follows; ignored when the lease was lost.
    ///
    /// - Returns: whether something of the same lane waits, this entry or one after it.
    func settleDelivery(
        _ id: OutboxID, lease: LeaseToken, _ settlement: DeliverySettlement, at: Timestamp,
        telling subscriptions: [EventSubscription]
    ) async throws -> Bool

    /// When the next delivery to a destination, or anywhere, is due, or its lease ends; `nil` when none waits.
    func nextDeliveryDue(to destination: OutboxDestination?) async throws -> Timestamp?

    /// Entries in a state, oldest first.
    func outbox(_ state: OutboxEntry.State, limit: Int) async throws -> [OutboxEntry]

    /// How many entries are in a state. Asked for every few seconds, so of those that wait, and of those that were given up, it should
    /// cost little; whatever a store has no quicker way to is counted one by one.
    func outboxCount(_ state: OutboxEntry.State) async throws -> Int

    /// An entry, whatever its state.
    func delivery(_ id: OutboxID) async throws -> OutboxEntry?

    /// Writes down what a provider tells of a message it had taken, or of a part of it
    /// (``SessionChange/reporting(_:part:of:as:in:at:telling:)``), and tells the subscriptions of what follows. A lease on the delivery
    /// stays what it was.
    ///
    /// The settlement is what is to become of the delivery, when the message has failed.
    /// - Returns: `false` when that is nothing new, and nothing was written.
    func report(
        _ stage: DeliveryStage, part: DeliveryPart?, of id: OutboxID, as settlement: DeliverySettlement?, at: Timestamp,
        telling subscriptions: [EventSubscription]
    ) async throws -> Bool

    /// Makes a dead entry pending again, as if it had been committed now. `false` when there is no such dead entry.
    func redrive(_ id: OutboxID, at: Timestamp) async throws -> Bool
}

extension OutboxStore {
    /// Takes up the delivery that is due longest, wherever it goes.
    public func claimDelivery(now: Timestamp, lease: LeaseToken, until: Timestamp) async throws -> OutboxEntry? {
        try await claimDeliveries(to: nil, limit: 1, now: now, lease: lease, until: until).first
    }

    /// Records what came of a delivery of which nobody else is told.
    public func settleDelivery(
        _ id: OutboxID, lease: LeaseToken, _ settlement: DeliverySettlement, at time: Timestamp
    ) async throws {
        _ = try await settleDelivery(id, lease: lease, settlement, at: time, telling: [])
    }

    /// Counts one by one.
    public func outboxCount(_ state: OutboxEntry.State) async throws -> Int {
        try await outbox(state, limit: .max).count
    }

    /// Writes down what a provider tells of a message as a whole.
    public func report(
        _ stage: DeliveryStage, of id: OutboxID, as settlement: DeliverySettlement?, at time: Timestamp,
        telling subscriptions: [EventSubscription]
    ) async throws -> Bool {
        try await report(stage, part: nil, of: id, as: settlement, at: time, telling: subscriptions)
    }

    /// When the next delivery is due, wherever it goes.
    public func nextDeliveryDue() async throws -> Timestamp? { try await nextDeliveryDue(to: nil) }
}

/// What came of a delivery.
public enum DeliverySettlement: Sendable, Hashable {
    /// The other side has it; `reference` is its own name for it.
    case delivered(reference: String?)
    /// Try again then.
    case retry(at: Timestamp, reason: String)
    /// Nothing of it has reached the other side, and not for its fault: try again then, and do not count this try.
    case notBegun(at: Timestamp, reason: String)
    /// Give up. A message that the customer does not get is handed off, if the AI owns the session.
    case dead(reason: String, handingOff: DeliveryHandoff? = nil)
    /// The other side has it, and left the conversation as it is; the history tells why.
    case left(reason: String)
    /// A person has the conversation there, so what the AI was about to say was not sent, and will not be. The session passes to the
    /// team.
    case withdrawn(reason: String)
}

/// The handoff that follows when the customer cannot be reached.
public struct DeliveryHandoff: Sendable, Hashable {
    /// Why, and what the conversation was about.
    public var record: HandoffRecord
    /// The helpdesks that get it.
    public var helpdesks: [HelpdeskID]

    /// Makes a handoff from its parts.
    public init(_ record: HandoffRecord, to helpdesks: [HelpdeskID]) {
        self.record = record
        self.helpdesks = helpdesks
    }
}

extension OutboxEntry {
    /// The entry after a delivery came to an end this way.
    public func settled(_ settlement: DeliverySettlement) -> OutboxEntry {
        var entry = self
        switch settlement {
        case .delivered:
            entry.state = .delivered
            entry.lastFailure = nil
        case .retry(let next, let reason):
            entry.state = .pending
            entry.dueAt = next
            entry.lastFailure = reason
        case .notBegun(let next, let reason):
            entry.attempts = max(0, entry.attempts - 1)
            entry.dueAt = next
            entry.lastFailure = reason
        case .left:
            entry.state = .delivered
            entry.lastFailure = nil
        case .dead(let reason, _), .withdrawn(let reason):
            entry.state = .dead
            entry.lastFailure = reason
        }
        return entry
    }

    /// The entry after somebody has driven it again.
    public func redriven(at time: Timestamp) -> OutboxEntry {
        var entry = self
        entry.forgetStage()
        entry.state = .pending
        entry.attempts = 0
        entry.dueAt = time
        entry.pendingSince = time
        return entry
    }
}

/// The ledger of side effects (law 5).
public protocol EffectLedger: Sendable {
    /// Writes an intent down before its call is made, or says what is known of it.
    ///
    /// In one transaction: an intent that is there already is answered with what is known of it. Else, if the session's turn is
    /// still leased under `lease` and may make the change (``SessionChange/beginning(_:in:at:)``), the intent is written with
    /// the session, and the lease kept until `until`; so no takeover comes in between. If not, nothing is written.
    func beginEffect(
        _ intent: EffectIntent, lease: LeaseToken, until: Timestamp, at: Timestamp
    ) async throws -> EffectStart

    /// What is known of an intent; `nil` when it was never written down. Writes nothing.
    func effect(_ key: EffectKey) async throws -> EffectState?

    /// Writes down what came of a call. Ignored when the intent is not known: it was removed with its session.
    func finishEffect(_ key: EffectKey, _ record: ActionRecord, at: Timestamp) async throws
}

/// What people see and do.
public protocol TeamStore: Sendable {
    /// Carries out a command, and tells the subscriptions of it. `nil` when there is no such session.
    ///
    /// - Throws: ``StoreError`` with the code `superseded` when the command would open a session again that another one of its
    ///   thread has followed; with the code `refused` when the session does not take it
    ///   (``SessionChange/applying(_:to:at:telling:)``).
    func apply(
        _ command: TeamCommand, to session: SessionID, at: Timestamp, telling subscriptions: [EventSubscription]
    ) async throws -> Session?

    /// Carries out what a provider told, unless it has told it before, in one transaction. Keys are kept as long as those of messages
    /// (``RetentionPolicy/dedupeKeys``). `nil` when there is no such session.
    ///
    /// - Throws: ``StoreError``, like ``apply(_:to:at:telling:)``.
    func apply(
        _ command: TeamCommand, to session: SessionID, at: Timestamp, once key: ToldEventKey,
        telling subscriptions: [EventSubscription]
    ) async throws -> ToldEventOutcome?

    /// The newest session that a helpdesk has under this name (``Session/tickets``).
    func session(at helpdesk: HelpdeskID, ticket reference: String) async throws -> Session?

    /// Ends sessions whose time has come (``Session/deadline``), or asks for ratings of those that have ended
    /// (``SessionChange/expiring(_:at:telling:)``): at most `limit`, the longest due first. Tells the subscriptions.
    ///
    /// - Returns: the sessions afterwards.
    func expireSessions(
        limit: Int, at: Timestamp, telling subscriptions: [EventSubscription]
    ) async throws -> [Session]

    /// The earliest ``Session/deadline``; `nil` when there is none.
    func nextExpiry() async throws -> Timestamp?

    /// A session.
    func session(_ id: SessionID) async throws -> Session?

    /// The session with this number.
    func session(ticket: TicketNumber) async throws -> Session?

    /// Sessions, most recently changed first.
    func sessions(_ filter: SessionFilter, limit: Int) async throws -> [Session]

    /// A page of the sessions that a query asks for, after a place in the list.
    ///
    /// - Throws: ``StoreError`` with the code `refused` for a cursor of a list in another order.
    func sessions(matching query: SessionQuery, after cursor: SessionCursor?, limit: Int) async throws -> SessionPage

    /// A contact; by the id of one that has gone up in another one (``ContactMerge``), that other one. Wherever a contact's id is
    /// given, such an id stands for the contact that is left.
    func contact(_ id: ContactID) async throws -> Contact?

    /// The contact that a handle describes (``ContactHandle/best(of:)``).
    func contact(matching handle: ContactHandle) async throws -> Contact?

    /// Contacts with an id after `id`, in order of their ids.
    func contacts(after id: ContactID?, limit: Int) async throws -> [Contact]

    /// Makes a contact, or finds the one that the handle describes and adds to it what is new
    /// (``ContactHandle/completing(_:)``), joining it with others (``ContactMerge``), as a message would.
    ///
    /// - Returns: the contact, and whether it is a new one.
    func addContact(
        _ handle: ContactHandle, as id: ContactID, at: Timestamp
    ) async throws -> (contact: Contact, isNew: Bool)

    /// Changes a contact (``ContactChange/applied(to:)``).
    ///
    /// - Returns: the contact afterwards; `nil` when there is no such contact.
    func changeContact(_ id: ContactID, _ change: ContactChange) async throws -> Contact?

    /// The entries of a session after a place in its history, oldest first.
    func history(_ session: SessionID, after sequence: Int, limit: Int) async throws -> [HistoryEntry]

    /// The traces of a session's turns, oldest first.
    func traces(_ session: SessionID) async throws -> [Trace]
}

extension TeamStore {
    /// Carries out a command of which nobody else is told.
    public func apply(_ command: TeamCommand, to session: SessionID, at time: Timestamp) async throws -> Session? {
        try await apply(command, to: session, at: time, telling: [])
    }
}

/// Which sessions to list.
public enum SessionFilter: Sendable, Hashable {
    /// All of them.
    case all
    /// Open ones that the team or a person owns: the inbox.
    case handedOff
    /// Open ones.
    case open
    /// Those of a contact.
    case contact(ContactID)
}

/// Keeps articles and the index's snapshot.
public protocol KnowledgeStore: Sendable {
    /// The revisions of a source's articles, by article id.
    func revisions(of source: KnowledgeSourceID) async throws -> [ArticleID: String]

    /// Stores and removes articles in one transaction, and returns the new version of the knowledge.
    func update(_ changes: KnowledgeChanges) async throws -> Int

    /// An article.
    func article(_ id: ArticleID) async throws -> Article?

    /// Those of these articles that there are, in any order.
    func articles(_ ids: [ArticleID]) async throws -> [Article]

    /// Articles with an id after `id`, in order of their ids.
    func articles(after id: ArticleID?, limit: Int) async throws -> [Article]

    /// Counts the updates of the knowledge.
    func knowledgeVersion() async throws -> Int

    /// Keeps a snapshot of the index as it was at a version, in place of the one before.
    func saveSnapshot(_ bytes: [UInt8], version: Int) async throws

    /// The snapshot kept last.
    func snapshot() async throws -> (bytes: [UInt8], version: Int)?
}

extension KnowledgeStore {
    /// Asks for one article after the other.
    public func articles(_ ids: [ArticleID]) async throws -> [Article] {
        var found: [Article] = []
        for id in ids {
            if let article = try await article(id) { found.append(article) }
        }
        return found
    }
}

/// Why a store could not do what it was asked.
public struct StoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    public struct Code: Hashable, Sendable {
        private enum Value { case unavailable, full, corrupt, tooNew, closed, superseded, refused }
        private let value: Value
        /// It cannot be opened or does not answer.
        public static let unavailable = Code(value: .unavailable)
        /// There is no room left.
        public static let full = Code(value: .full)
        /// What it holds cannot be read.
        public static let corrupt = Code(value: .corrupt)
        /// It was written by a newer version of this package.
        public static let tooNew = Code(value: .tooNew)
        /// It was closed.
        public static let closed = Code(value: .closed)
        /// What was asked for is a session that a newer one of the same thread has followed.
        public static let superseded = Code(value: .superseded)
        /// What was asked for does not fit the session, or is more than it takes; asking again does not help.
        public static let refused = Code(value: .refused)
    }

    /// What kind of failure it is.
    public var code: Code
    /// What is wrong and what to do about it; never holds message text, addresses or secrets.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// What is wrong and what to do about it.
    public var description: String { message }
}
