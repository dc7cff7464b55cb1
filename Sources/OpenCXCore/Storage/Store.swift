/// Where everything is kept: a few operations, each atomic, each named for what it does.
///
/// A store loads and writes; what a change means is decided by the core's pure transitions (``SessionChange``), which every
/// store calls inside its transaction. `StoreContract` in `OpenCXTesting` checks an implementation.
public protocol Store: IntakeStore, TurnStore, OutboxStore, EffectLedger, TeamStore, KnowledgeStore {}

/// Takes messages in.
public protocol IntakeStore: Sendable {
    /// The open session of a thread, if there is one.
    func openSession(channel: ChannelID, thread: ThreadID) async throws -> Session?

    /// Stores a message, its dedupe key, its contact, its session and the turn it causes, or nothing (law 1).
    ///
    /// In one transaction: a delivery seen before is answered with what was stored then; else, when the thread's open session
    /// is not ``Intake/session``, nothing is stored; else the contact is found or made, the session continued or started with
    /// the next ticket number, the message appended and, if the AI owns the session, the turn made due.
    func accept(_ intake: Intake) async throws -> IntakeOutcome
}

/// Hands out turns and takes their results.
public protocol TurnStore: Sendable {
    /// Takes up the turn that is due longest: a session that ``Session/awaitsAI``, whose turn is due and not leased.
    func claimTurn(now: Timestamp, lease: LeaseToken, until: Timestamp) async throws -> TurnClaim?

    /// Keeps a lease for longer. `false` when it was lost.
    func extendTurn(_ session: SessionID, lease: LeaseToken, until: Timestamp) async throws -> Bool

    /// Writes what a turn decided, if the lease is ours and the world is still what the turn started from.
    func commitTurn(_ commit: TurnCommit) async throws -> TurnOutcome

    /// Gives a turn back that could not be brought to an end; it becomes due again at `retryAt` and counts as failed. Its
    /// trace is kept with those of the committed turns. Ignored when the lease was lost.
    func abandonTurn(_ session: SessionID, lease: LeaseToken, trace: Trace?, retryAt: Timestamp) async throws

    /// When the next turn is due, or its lease ends; `nil` when none waits.
    func nextTurnDue() async throws -> Timestamp?
}

/// Hands out deliveries and takes their results.
public protocol OutboxStore: Sendable {
    /// Takes up the delivery that is due longest, of several the oldest, counting the try.
    ///
    /// Per session and destination (``OutboxEntry/lane``) only the oldest pending entry is handed out.
    func claimDelivery(now: Timestamp, lease: LeaseToken, until: Timestamp) async throws -> OutboxEntry?

    /// Records what came of a delivery; ignored when the lease was lost.
    func settleDelivery(_ id: OutboxID, lease: LeaseToken, _ settlement: DeliverySettlement, at: Timestamp) async throws

    /// When the next delivery is due, or its lease ends; `nil` when none waits.
    func nextDeliveryDue() async throws -> Timestamp?

    /// Entries in a state, oldest first.
    func outbox(_ state: OutboxEntry.State, limit: Int) async throws -> [OutboxEntry]

    /// Makes a dead entry pending again. `false` when there is no such dead entry.
    func redrive(_ id: OutboxID, at: Timestamp) async throws -> Bool
}

/// What came of a delivery.
public enum DeliverySettlement: Sendable, Hashable {
    /// The other side has it; `reference` is its own name for it.
    case delivered(reference: String?)
    /// Try again then.
    case retry(at: Timestamp, reason: String)
    /// Give up.
    case dead(reason: String)
}

extension OutboxEntry {
    /// The entry after a delivery came to an end this way.
    public func settled(_ settlement: DeliverySettlement) -> OutboxEntry {
        var entry = self
        switch settlement {
        case .delivered:
            entry.state = .delivered
        case .retry(let next, let reason):
            entry.dueAt = next
            entry.lastFailure = reason
        case .dead(let reason):
            entry.state = .dead
            entry.lastFailure = reason
        }
        return entry
    }
}

/// The ledger of side effects (law 5).
public protocol EffectLedger: Sendable {
    /// Writes an intent down before its call is made, or says what is known of it.
    func beginEffect(_ intent: EffectIntent, at: Timestamp) async throws -> EffectState

    /// Writes down what came of a call.
    func finishEffect(_ key: EffectKey, _ record: ActionRecord, at: Timestamp) async throws
}

/// What people see and do.
public protocol TeamStore: Sendable {
    /// Carries out a command. `nil` when there is no such session.
    ///
    /// - Throws: ``StoreError`` with the code `superseded` when the command would open a session again that another one of its
    ///   thread has followed.
    func apply(_ command: TeamCommand, to session: SessionID, at: Timestamp) async throws -> Session?

    /// A session.
    func session(_ id: SessionID) async throws -> Session?

    /// The session of a thread that began last, open or not.
    func latestSession(channel: ChannelID, thread: ThreadID) async throws -> Session?

    /// The session with this number.
    func session(ticket: TicketNumber) async throws -> Session?

    /// Sessions, most recently changed first.
    func sessions(_ filter: SessionFilter, limit: Int) async throws -> [Session]

    /// A contact.
    func contact(_ id: ContactID) async throws -> Contact?

    /// The entries of a session after a place in its history, oldest first.
    func history(_ session: SessionID, after sequence: Int, limit: Int) async throws -> [HistoryEntry]

    /// The traces of a session's turns, oldest first.
    func traces(_ session: SessionID) async throws -> [Trace]
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
        private enum Value { case unavailable, full, corrupt, tooNew, closed, superseded }
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
