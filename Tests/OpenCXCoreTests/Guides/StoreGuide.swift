import FoundationEssentials
@_spi(OpenCXStorage) import OpenCXCore

/// Keeps everything in one JSON file, written anew with every change. Good for reading along, not for many customers.
actor OneFileStore: Store {
    private let path: String
    private var contents: Contents

    init(path: String) throws {
        self.path = path
        guard let data = FileManager.default.contents(atPath: path) else {
            contents = Contents()
            return
        }
        let decoder = JSONDecoder()
        // Says that the text comes out of a store and so was redacted before it went in.
        if let key = RedactedText.restoringKey { decoder.userInfo[key] = StoredTextDecoding() }
        do {
            contents = try decoder.decode(Contents.self, from: data)
        } catch {
            throw StoreError(.corrupt, "\(path) cannot be read as a store.")
        }
    }

    /// One transaction: changes a copy, writes it down, and takes it over when that has worked.
    private func transaction<Value>(_ body: (inout Contents) throws -> Value) throws -> Value {
        var next = contents
        let value = try body(&next)
        do {
            try JSONEncoder().encode(next).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw StoreError(.unavailable, "\(path) cannot be written. Is there room, and may you write there?")
        }
        contents = next
        return value
    }
}

/// What the file holds.
private struct Contents: Codable {
    struct Lease: Codable {
        var token: LeaseToken
        var until: Timestamp
    }

    struct Turn: Codable {
        var dueAt: Timestamp
        var lease: Lease?
        var attempts = 0
    }

    struct Delivery: Codable {
        var entry: OutboxEntry
        var lease: Lease?
    }

    struct Seen: Codable {
        var at: Timestamp
        var message: AcceptedMessage
    }

    struct Told: Codable {
        var at: Timestamp
        var session: SessionID
    }

    struct Effect: Codable {
        var session: SessionID
        var begunAt: Timestamp
        var state = EffectState.unknown
    }

    struct Removal: Codable {
        var ticket: TicketNumber
        var at: Timestamp
    }

    struct Snapshot: Codable {
        var bytes: [UInt8]
        var version: Int
    }

    var sessions: [SessionID: Session] = [:]
    var lastTicket = 1000
    var contacts: [ContactID: Contact] = [:]
    var histories: [SessionID: [HistoryEntry]] = [:]
    var seen: [String: Seen] = [:]
    var told: [String: Told] = [:]
    var turns: [SessionID: Turn] = [:]
    var traces: [SessionID: [Trace]] = [:]
    var outbox: [Delivery] = []
    var effects: [EffectKey: Effect] = [:]
    var removed: [SessionID: Removal] = [:]
    var articles: [ArticleID: Article] = [:]
    var knowledgeVersion = 0
    var snapshot: Snapshot?

    /// Writes what a transition decided.
    mutating func write(_ change: SessionChange) {
        let session = change.session
        sessions[session.id] = session
        histories[session.id, default: []] += change.entries
        outbox += change.outbox.map { Delivery(entry: $0) }
        if let due = change.turnDueAt { turns[session.id, default: Turn(dueAt: due)].dueAt = due }
        if !session.awaitsTurn, turns[session.id]?.lease == nil { turns[session.id] = nil }
    }

    func latestSession(channel: ChannelID, thread: ThreadID) -> Session? {
        sessions.values.filter { $0.channel == channel && $0.thread == thread }.max { $0.ticket < $1.ticket }
    }
}

// MARK: Intake

extension OneFileStore {
    func latestSession(channel: ChannelID, thread: ThreadID) -> Session? {
        contents.latestSession(channel: channel, thread: thread)
    }

    func accept(_ intake: Intake) throws -> IntakeOutcome {
        try transaction { $0.accept(intake) }
    }

    func open(_ opening: SessionOpening) throws -> Session {
        try transaction { try $0.open(opening) }
    }
}

extension Contents {
    mutating func accept(_ intake: Intake) -> IntakeOutcome {
        let (key, since) = dedupe(intake)
        if let known = seen[key], known.at >= since { return .duplicate(known.message) }
        let latest = latestSession(channel: intake.channel, thread: intake.thread)
        let current = latest.flatMap { intake.continues($0) ? $0 : nil }
        guard current.map({ $0.id == intake.session }) ?? isUnused(intake.session) else {
            return .sessionChanged
        }

        let session: Session
        var isContact = true
        if let current {
            // A session stays with its contact; the handle only adds to the same person.
            let match = intake.sender.best(of: contacts.values)
            if let match {
                let merge = ContactMerge(intake.sender, completing: match, among: contacts.values)
                if match.id == current.contact || merge?.absorbed.contains(current.contact) == true {
                    _ = complete(match, by: intake.sender, at: intake.message.at)
                }
            }
            isContact = contact(current.contact).map { intake.sender.isFrom($0, match: match) } ?? false
            session = sessions[current.id] ?? current
        } else {
            let contact = add(intake.sender, as: intake.newContact, at: intake.message.at).contact
            lastTicket += 1
            session = SessionChange.newSession(
                for: intake, contact: contact.id, ticket: TicketNumber(rawValue: lastTicket))
        }
        let change = SessionChange.accepting(intake, into: session, isContact: isContact)
        write(change)
        let accepted = AcceptedMessage(
            session: session.id, ticket: session.ticket, message: intake.message.id,
            sequence: change.session.lastSequence, startedSession: !session.isStarted)
        seen[key] = Seen(at: intake.message.at, message: accepted)
        return .accepted(accepted)
    }

    mutating func open(_ request: SessionOpening) throws -> Session {
        let opening = request.naming(self.contact)
        let before = try opening.existing(
            sessions[opening.session], wasRemoved: removed[opening.session] != nil,
            latest: latestSession(channel: opening.channel, thread: opening.thread))
        if let before { return before }
        let contact: ContactID
        switch opening.contact {
        case .known(let id): contact = id
        case .described(let handle): contact = add(handle, as: opening.newContact, at: opening.at).contact.id
        }
        guard contacts[contact] != nil else { throw StoreError(.refused, "There is no such contact.") }
        lastTicket += 1
        let change = try SessionChange.opening(
            opening, contact: contact, ticket: TicketNumber(rawValue: lastTicket))
        write(change)
        return change.session
    }

    /// The contact that a handle describes, with what is new, or a new one.
    mutating func add(
        _ handle: ContactHandle, as id: ContactID, at time: Timestamp
    ) -> (contact: Contact, isNew: Bool) {
        if let match = handle.best(of: contacts.values) { return (complete(match, by: handle, at: time), false) }
        let contact = handle.newContact(id: id, at: time)
        contacts[contact.id] = contact
        return (contact, true)
    }

    /// Adds to a contact what a handle tells, and joins it with those who turn out to be the same person.
    private mutating func complete(_ match: Contact, by handle: ContactHandle, at time: Timestamp) -> Contact {
        let merge = ContactMerge(handle, completing: match, among: contacts.values)
        let contact = merge?.contact ?? handle.completing(match)
        for former in merge?.absorbed ?? [] {
            for session in sessions.values where session.contact == former {
                write(SessionChange.moving(session, to: contact.id, at: time))
            }
            contacts[former] = nil
        }
        contacts[contact.id] = contact
        return contact
    }

    /// The contact of this id, also where it has gone up in another one.
    func contact(_ id: ContactID) -> Contact? { contacts[id] ?? contacts.values.first { $0.isNamed(id) } }

    /// An id is used once, also when its session is gone.
    private func isUnused(_ session: SessionID) -> Bool { sessions[session] == nil && removed[session] == nil }

    /// A provider's id counts for good, a hash of the content for a while.
    private func dedupe(_ intake: Intake) -> (key: String, since: Timestamp) {
        switch intake.dedupe {
        case .providerID(let id): ("id \(intake.channel)\n\(id)", .epoch)
        case .content(let hash, let since): ("hash \(intake.channel)\n\(intake.thread)\n\(hash)", since)
        }
    }
}

// MARK: Turns

extension OneFileStore {
    func claimTurns(limit: Int, now: Timestamp, lease: LeaseToken, until: Timestamp) throws -> [TurnClaim] {
        try transaction { contents in
            let free = contents.waitingTurns.filter { $0.value.dueAt <= now && ($0.value.lease?.until ?? now) <= now }
            let next = free.sorted { ($0.value.dueAt, $0.key) < ($1.value.dueAt, $1.key) }.prefix(limit)
            return next.compactMap { id, turn in
                guard let session = contents.sessions[id], let contact = contents.contacts[session.contact] else {
                    return nil
                }
                contents.turns[id]?.lease = .init(token: lease, until: until)
                contents.turns[id]?.attempts += 1
                return TurnClaim(
                    session: session, contact: contact,
                    history: Array((contents.histories[id] ?? []).suffix(TurnClaim.historyLimit)), lease: lease,
                    failedAttempts: turn.attempts)
            }
        }
    }

    func extendTurn(_ session: SessionID, lease: LeaseToken, until: Timestamp) throws -> Bool {
        try transaction { contents in
            guard contents.turns[session]?.lease?.token == lease else { return false }
            contents.turns[session]?.lease?.until = until
            return true
        }
    }

    func commitTurn(_ commit: TurnCommit) throws -> TurnOutcome {
        try transaction { contents in
            guard let session = contents.sessions[commit.session], let turn = contents.turns[commit.session],
                turn.lease?.token == commit.lease
            else { return .leaseLost }
            let (change, withheld) = SessionChange.committing(commit, to: session)
            // What the turn did not know of is due when it came in.
            contents.turns[commit.session] = change.session.awaitsTurn ? .init(dueAt: turn.dueAt) : nil
            contents.write(change)
            var trace = commit.trace
            if let withheld {
                let offset = (commit.at - trace.startedAt) / .milliseconds(1)
                trace.steps.append(TraceStep(offset: Int64(offset), event: .withheld(withheld)))
            }
            contents.traces[commit.session, default: []].append(trace)
            // The worker may ask for its reply's delivery at once; here it takes it up like any other.
            return withheld.map(TurnOutcome.withheld) ?? .committed(change.session)
        }
    }

    func abandonTurn(
        _ session: SessionID, lease: LeaseToken, trace: Trace?, retryAt: Timestamp?, failed: Bool
    ) throws {
        try transaction { contents in
            guard var turn = contents.turns[session], turn.lease?.token == lease else { return }
            if let trace { contents.traces[session, default: []].append(trace) }
            turn.lease = nil
            turn.dueAt = retryAt ?? turn.dueAt
            if !failed { turn.attempts -= 1 }
            contents.turns[session] = contents.sessions[session]?.awaitsTurn == true ? turn : nil
        }
    }

    func nextTurnDue() -> Timestamp? {
        contents.waitingTurns.values.map { max($0.dueAt, $0.lease?.until ?? $0.dueAt) }.min()
    }
}

extension Contents {
    fileprivate var waitingTurns: [SessionID: Turn] {
        turns.filter { sessions[$0.key]?.awaitsTurn == true }
    }
}

// MARK: Outbox and effects

extension OneFileStore {
    func claimDeliveries(
        to destination: OutboxDestination?, limit: Int, now: Timestamp, lease: LeaseToken, until: Timestamp
    ) throws -> [OutboxEntry] {
        try transaction { contents in
            let free = contents.heads(to: destination).filter { place in
                let delivery = contents.outbox[place]
                return delivery.entry.dueAt <= now && (delivery.lease?.until ?? now) <= now
            }
            let next = free.sorted { (contents.outbox[$0].entry.dueAt, $0) < (contents.outbox[$1].entry.dueAt, $1) }
            return next.prefix(limit).map { place in
                contents.outbox[place].lease = .init(token: lease, until: until)
                contents.outbox[place].entry.attempts += 1
                return contents.outbox[place].entry
            }
        }
    }

    func settleDelivery(
        _ id: OutboxID, lease: LeaseToken, _ settlement: DeliverySettlement, at time: Timestamp,
        telling subscriptions: [EventSubscription]
    ) throws -> Bool {
        try transaction { contents in
            guard let place = contents.outbox.firstIndex(where: { $0.entry.id == id && $0.lease?.token == lease })
            else { return false }
            let entry = contents.outbox[place].entry
            contents.outbox[place] = .init(entry: entry.settled(settlement))
            if let session = contents.sessions[entry.session],
                let change = SessionChange.settling(entry, settlement, in: session, at: time, telling: subscriptions)
            {
                contents.write(change)
            }
            return contents.outbox.contains { $0.entry.state == .pending && $0.entry.lane == entry.lane }
        }
    }

    func nextDeliveryDue(to destination: OutboxDestination?) -> Timestamp? {
        contents.heads(to: destination).map { contents.outbox[$0] }
            .map { max($0.entry.dueAt, $0.lease?.until ?? $0.entry.dueAt) }.min()
    }

    func outbox(_ state: OutboxEntry.State, limit: Int) -> [OutboxEntry] {
        Array(contents.outbox.lazy.map(\.entry).filter { $0.state == state }.prefix(limit))
    }

    func delivery(_ id: OutboxID) -> OutboxEntry? { contents.outbox.first { $0.entry.id == id }?.entry }

    func report(
        _ stage: DeliveryStage, part: DeliveryPart?, of id: OutboxID, as settlement: DeliverySettlement?,
        at time: Timestamp,
        telling subscriptions: [EventSubscription]
    ) throws -> Bool {
        try transaction { contents in
            guard let place = contents.outbox.firstIndex(where: { $0.entry.id == id }),
                let session = contents.sessions[contents.outbox[place].entry.session],
                let (entry, change) = SessionChange.reporting(
                    stage, part: part, of: contents.outbox[place].entry, as: settlement, in: session, at: time,
                    telling: subscriptions)
            else { return false }
            contents.outbox[place].entry = entry
            contents.write(change)
            return true
        }
    }

    func redrive(_ id: OutboxID, at time: Timestamp) throws -> Bool {
        try transaction { contents in
            guard let place = contents.outbox.firstIndex(where: { $0.entry.id == id && $0.entry.state == .dead }) else {
                return false
            }
            contents.outbox[place].entry = contents.outbox[place].entry.redriven(at: time)
            return true
        }
    }

    func beginEffect(
        _ intent: EffectIntent, lease: LeaseToken, until: Timestamp, at time: Timestamp
    ) throws -> EffectStart {
        try transaction { contents in
            if let known = contents.effects[intent.key] { return .known(known.state) }
            guard let session = contents.sessions[intent.session], contents.turns[session.id]?.lease?.token == lease,
                let change = SessionChange.beginning(intent, in: session, at: time)
            else { return .refused }
            contents.turns[session.id]?.lease?.until = until
            contents.effects[intent.key] = .init(session: intent.session, begunAt: time)
            contents.write(change)
            return .begun
        }
    }

    func effect(_ key: EffectKey) -> EffectState? { contents.effects[key]?.state }

    func finishEffect(_ key: EffectKey, _ record: ActionRecord, at time: Timestamp) throws {
        try transaction { $0.effects[key]?.state = .finished(record) }
    }
}

extension Contents {
    /// The oldest pending entry of each lane: what a session sends to one place is delivered in order.
    fileprivate func heads(to destination: OutboxDestination?) -> [Int] {
        var lanes: Set<OutboxLane> = []
        return outbox.indices.filter { place in
            let entry = outbox[place].entry
            return entry.state == .pending && lanes.insert(entry.lane).inserted
                && (destination == nil || entry.destination == destination)
        }
    }
}

// MARK: Forgetting

extension OneFileStore {
    func contacts(knownAs identity: String) -> [Contact] {
        contents.contacts.values.filter { $0.isKnown(as: identity) }
            .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    func erase(_ contact: ContactID, at time: Timestamp) throws -> Erasure? {
        try transaction { contents in
            guard let contact = contents.contact(contact) else { return nil }
            let sessions = contents.sessions.values.filter { $0.contact == contact.id }
            let removed = sessions.sorted { $0.ticket < $1.ticket }.map { contents.remove($0, at: time) }
            contents.contacts[contact.id] = nil
            return Erasure(contact: contact.id, sessions: removed)
        }
    }

    func hide(_ hiding: Hiding) throws -> HiddenEntries? {
        try transaction { contents in
            guard let session = contents.sessions[hiding.session] else { return nil }
            try hiding.check(session)
            let before = contents.histories[session.id] ?? []
            let after = before.map(hiding.applied)
            let hidden = HiddenEntries(before: before, after: after)
            contents.sessions[session.id] = hiding.applied(to: session)
            contents.histories[session.id] = after
            contents.traces[session.id] = nil
            for place in contents.outbox.indices where contents.outbox[place].entry.session == session.id {
                let entry = contents.outbox[place].entry
                contents.outbox[place].entry = hiding.applied(to: entry, hiding: hidden.messageIDs)
            }
            for (key, effect) in contents.effects where effect.session == session.id {
                guard case .finished(let record) = effect.state else { continue }
                contents.effects[key]?.state = .finished(hiding.applied(to: record))
            }
            return hidden
        }
    }

    func removal(of ticket: TicketNumber) -> Timestamp? {
        contents.removed.values.first { $0.ticket == ticket }?.at
    }

    func removeExpired(_ cutoffs: RetentionCutoffs, limit: Int, at time: Timestamp) throws -> RemovedRecords {
        try transaction { $0.removeExpired(cutoffs, limit: limit, at: time) }
    }

    /// The file is written anew with every change, so what was removed is not in it any more.
    func scrub() {}
}

extension Contents {
    fileprivate mutating func remove(_ session: Session, at time: Timestamp) -> RemovedSession {
        let id = session.id
        let pending = outbox.count { $0.entry.session == id && $0.entry.state == .pending }
        let account = RemovedSession(session, history: histories[id] ?? [], pendingDeliveries: pending)
        removed[id] = .init(ticket: session.ticket, at: time)
        sessions[id] = nil
        histories[id] = nil
        turns[id] = nil
        traces[id] = nil
        outbox.removeAll { $0.entry.session == id }
        effects = effects.filter { $0.value.session != id }
        seen = seen.filter { $0.value.message.session != id }
        told = told.filter { $0.value.session != id }
        return account
    }

    fileprivate mutating func removeExpired(
        _ cutoffs: RetentionCutoffs, limit: Int, at time: Timestamp
    ) -> RemovedRecords {
        var records = RemovedRecords()
        let pending = Set(outbox.map(\.entry).filter { $0.state == .pending }.map(\.session))
        let old = sessions.values.filter { cutoffs.cover($0) && !pending.contains($0.id) }
        for session in old.sorted(by: { $0.updatedAt < $1.updatedAt }).prefix(limit) {
            records.sessions.append(remove(session, at: time))
            // A contact goes with their last session.
            if !sessions.values.contains(where: { $0.contact == session.contact }) { contacts[session.contact] = nil }
        }
        for (session, all) in traces {
            let covered = Set(all.filter(cutoffs.cover).prefix(limit - records.traces).map(\.id))
            traces[session] = all.filter { !covered.contains($0.id) }
            records.traces += covered.count
        }
        let deliveries = Set(outbox.map(\.entry).filter(cutoffs.cover).prefix(limit).map(\.id))
        outbox.removeAll { deliveries.contains($0.entry.id) }
        records.deliveries = deliveries.count
        let keys = seen.filter { key in cutoffs.dedupeKeys.map { key.value.at < $0 } ?? false }.keys.prefix(limit)
        for key in keys { seen[key] = nil }
        let events = told.filter { event in cutoffs.dedupeKeys.map { event.value.at < $0 } ?? false }.keys
            .prefix(limit - keys.count)
        for event in events { told[event] = nil }
        records.dedupeKeys = keys.count + events.count
        let begun = effects.filter { effect in cutoffs.effects.map { effect.value.begunAt < $0 } ?? false }.keys.prefix(
            limit)
        for key in begun { effects[key] = nil }
        records.effects = begun.count
        return records
    }
}

// MARK: The team

extension OneFileStore {
    func apply(
        _ command: TeamCommand, to session: SessionID, at time: Timestamp, telling subscriptions: [EventSubscription]
    ) throws -> Session? {
        try transaction { contents in
            guard let before = contents.sessions[session] else { return nil }
            return try contents.apply(command, to: before, at: time, telling: subscriptions)
        }
    }

    func apply(
        _ command: TeamCommand, to session: SessionID, at time: Timestamp, once key: ToldEventKey,
        telling subscriptions: [EventSubscription]
    ) throws -> ToldEventOutcome? {
        try transaction { contents in
            guard let before = contents.sessions[session] else { return nil }
            let name = "\(key.source) \(key.id)"
            if contents.told[name] != nil { return ToldEventOutcome(before, isRepeat: true) }
            let after = try contents.apply(command, to: before, at: time, telling: subscriptions)
            contents.told[name] = .init(at: time, session: session)
            return ToldEventOutcome(after, isRepeat: false)
        }
    }

    func session(at helpdesk: HelpdeskID, ticket reference: String) -> Session? {
        contents.sessions.values.filter { $0.reference(at: helpdesk) == reference }.max { $0.ticket < $1.ticket }
    }

    func expireSessions(limit: Int, at time: Timestamp, telling subscriptions: [EventSubscription]) throws -> [Session]
    {
        try transaction { contents in
            let due = contents.expiries.filter { $0.at <= time }.prefix(limit).compactMap { contents.sessions[$0.id] }
            return due.compactMap { session in
                guard let change = SessionChange.expiring(session, at: time, telling: subscriptions) else { return nil }
                contents.write(change)
                return change.session
            }
        }
    }

    func nextExpiry() -> Timestamp? { contents.expiries.first?.at }

    func session(_ id: SessionID) -> Session? { contents.sessions[id] }

    func session(ticket: TicketNumber) -> Session? { contents.sessions.values.first { $0.ticket == ticket } }

    func sessions(_ filter: SessionFilter, limit: Int) -> [Session] {
        let filter = filter.naming(contents.contact)
        let matching = contents.sessions.values.filter { session in
            switch filter {
            case .all: true
            case .handedOff: session.status == .open && session.owner != .ai
            case .open: session.status == .open
            case .contact(let contact): session.contact == contact
            }
        }
        return Array(matching.sorted { ($0.updatedAt, $0.ticket) > ($1.updatedAt, $1.ticket) }.prefix(limit))
    }

    func sessions(matching query: SessionQuery, after cursor: SessionCursor?, limit: Int) throws -> SessionPage {
        try query.naming(contents.contact).page(of: contents.sessions.values, after: cursor, limit: limit)
    }

    func contact(_ id: ContactID) -> Contact? { contents.contact(id) }

    func contact(matching handle: ContactHandle) -> Contact? { handle.best(of: contents.contacts.values) }

    func contacts(after id: ContactID?, limit: Int) -> [Contact] {
        let later = contents.contacts.values.filter { contact in id.map { contact.id > $0 } ?? true }
        return Array(later.sorted { $0.id < $1.id }.prefix(limit))
    }

    func addContact(
        _ handle: ContactHandle, as id: ContactID, at time: Timestamp
    ) throws -> (contact: Contact, isNew: Bool) {
        try transaction { $0.add(handle, as: id, at: time) }
    }

    func changeContact(_ id: ContactID, _ change: ContactChange) throws -> Contact? {
        try transaction { contents in
            guard let contact = contents.contact(id).map(change.applied) else { return nil }
            contents.contacts[contact.id] = contact
            return contact
        }
    }

    func history(_ session: SessionID, after sequence: Int, limit: Int) -> [HistoryEntry] {
        Array((contents.histories[session] ?? []).lazy.filter { $0.sequence > sequence }.prefix(limit))
    }

    func traces(_ session: SessionID) -> [Trace] { contents.traces[session] ?? [] }
}

extension Contents {
    fileprivate mutating func apply(
        _ command: TeamCommand, to before: Session, at time: Timestamp, telling subscriptions: [EventSubscription]
    ) throws -> Session {
        let change = try SessionChange.applying(command, to: before, at: time, telling: subscriptions)
        try change.checkReopening(of: before, latest: latestSession(channel: before.channel, thread: before.thread))
        write(change)
        return change.session
    }

    /// When something happens by itself, the earliest first.
    fileprivate var expiries: [(at: Timestamp, id: SessionID)] {
        sessions.values.compactMap { session in session.deadline.map { ($0, session.id) } }
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    }
}

// MARK: Knowledge

extension OneFileStore {
    func revisions(of source: KnowledgeSourceID) -> [ArticleID: String] {
        contents.articles.filter { $0.value.source == source }.mapValues(\.revision)
    }

    func update(_ changes: KnowledgeChanges) throws -> Int {
        try transaction { contents in
            let before = contents.articles
            for id in changes.removed { contents.articles[id] = nil }
            for article in changes.upserted { contents.articles[article.id] = article }
            if contents.articles != before { contents.knowledgeVersion += 1 }
            return contents.knowledgeVersion
        }
    }

    func article(_ id: ArticleID) -> Article? { contents.articles[id] }

    func articles(after id: ArticleID?, limit: Int) -> [Article] {
        let later = contents.articles.keys.filter { key in id.map { key > $0 } ?? true }.sorted()
        return later.prefix(limit).compactMap { contents.articles[$0] }
    }

    func knowledgeVersion() -> Int { contents.knowledgeVersion }

    func saveSnapshot(_ bytes: [UInt8], version: Int) throws {
        try transaction { $0.snapshot = .init(bytes: bytes, version: version) }
    }

    func snapshot() -> (bytes: [UInt8], version: Int)? {
        contents.snapshot.map { ($0.bytes, $0.version) }
    }
}
