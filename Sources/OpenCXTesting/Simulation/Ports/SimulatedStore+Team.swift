internal import OpenCXCore

extension SimulatedStore: TeamStore {
    func apply(
        _ command: TeamCommand, to session: SessionID, at time: Timestamp, telling subscriptions: [EventSubscription]
    ) async throws -> Session? {
        try await perform("apply") {
            let after = try await inner.apply(command, to: session, at: time, telling: subscriptions)
            guard let view = try await view(session) else { return after }
            world.with { state in
                state.note("p\(gate.process) \(view.session.ticket): \(command.summary)")
                let step = state.steps
                state.complain(state.watch.teamActed(command, view, step: step))
            }
            return after
        }
    }

    func apply(
        _ command: TeamCommand, to session: SessionID, at time: Timestamp, once key: ToldEventKey,
        telling subscriptions: [EventSubscription]
    ) async throws -> ToldEventOutcome? {
        try await perform("apply") {
            let outcome = try await inner.apply(command, to: session, at: time, once: key, telling: subscriptions)
            guard let outcome, !outcome.isRepeat, let view = try await view(session) else { return outcome }
            world.with { state in
                state.note("p\(gate.process) \(view.session.ticket): \(command.summary), as \(key.source) tells")
                let step = state.steps
                state.complain(state.watch.teamActed(command, view, step: step))
            }
            return outcome
        }
    }

    func session(at helpdesk: HelpdeskID, ticket reference: String) async throws -> Session? {
        try await perform("session") { try await inner.session(at: helpdesk, ticket: reference) }
    }

    func session(_ id: SessionID) async throws -> Session? {
        try await perform("session") { try await inner.session(id) }
    }

    func expireSessions(
        limit: Int, at time: Timestamp, telling subscriptions: [EventSubscription]
    ) async throws -> [Session] {
        try await perform("expireSessions") {
            let ended = try await inner.expireSessions(limit: limit, at: time, telling: subscriptions)
            for session in ended {
                guard let view = try await view(session.id) else { continue }
                world.with { state in
                    state.note("p\(gate.process) ends \(session.ticket), nothing more was said")
                    state.complain(state.watch.expired(view, at: time))
                }
            }
            return ended
        }
    }

    func nextExpiry() async throws -> Timestamp? {
        try await perform("nextExpiry") { try await inner.nextExpiry() }
    }

    func session(ticket: TicketNumber) async throws -> Session? {
        try await perform("session") { try await inner.session(ticket: ticket) }
    }

    func sessions(_ filter: SessionFilter, limit: Int) async throws -> [Session] {
        try await perform("sessions") { try await inner.sessions(filter, limit: limit) }
    }

    func sessions(
        matching query: SessionQuery, after cursor: SessionCursor?, limit: Int
    ) async throws -> SessionPage {
        try await perform("sessions") { try await inner.sessions(matching: query, after: cursor, limit: limit) }
    }

    func contact(matching handle: ContactHandle) async throws -> Contact? {
        try await perform("contact") { try await inner.contact(matching: handle) }
    }

    func contacts(after id: ContactID?, limit: Int) async throws -> [Contact] {
        try await perform("contacts") { try await inner.contacts(after: id, limit: limit) }
    }

    func addContact(
        _ handle: ContactHandle, as id: ContactID, at time: Timestamp
    ) async throws -> (contact: Contact, isNew: Bool) {
        try await perform("addContact") { try await inner.addContact(handle, as: id, at: time) }
    }

    func changeContact(_ id: ContactID, _ change: ContactChange) async throws -> Contact? {
        try await perform("changeContact") { try await inner.changeContact(id, change) }
    }

    func contact(_ id: ContactID) async throws -> Contact? {
        try await perform("contact") { try await inner.contact(id) }
    }

    func history(_ session: SessionID, after sequence: Int, limit: Int) async throws -> [HistoryEntry] {
        try await perform("history") { try await inner.history(session, after: sequence, limit: limit) }
    }

    func traces(_ session: SessionID) async throws -> [Trace] {
        try await perform("traces") { try await inner.traces(session) }
    }
}

extension SimulatedStore: KnowledgeStore {
    func revisions(of source: KnowledgeSourceID) async throws -> [ArticleID: String] {
        try await perform("revisions") { try await inner.revisions(of: source) }
    }

    func update(_ changes: KnowledgeChanges) async throws -> Int {
        try await perform("update") { try await inner.update(changes) }
    }

    func article(_ id: ArticleID) async throws -> Article? {
        try await perform("article") { try await inner.article(id) }
    }

    func articles(_ ids: [ArticleID]) async throws -> [Article] {
        try await perform("articles") { try await inner.articles(ids) }
    }

    func articles(after id: ArticleID?, limit: Int) async throws -> [Article] {
        try await perform("articles") { try await inner.articles(after: id, limit: limit) }
    }

    func knowledgeVersion() async throws -> Int {
        try await perform("knowledgeVersion") { try await inner.knowledgeVersion() }
    }

    func saveSnapshot(_ bytes: [UInt8], version: Int) async throws {
        try await perform("saveSnapshot") { try await inner.saveSnapshot(bytes, version: version) }
    }

    func snapshot() async throws -> (bytes: [UInt8], version: Int)? {
        try await inner.snapshot()
    }
}

extension SimulatedStore: RetentionStore {
    func contacts(knownAs identity: String) async throws -> [Contact] {
        try await perform("contacts") { try await inner.contacts(knownAs: identity) }
    }

    func erase(_ contact: ContactID, at time: Timestamp) async throws -> Erasure? {
        try await perform("erase") {
            let erasure = try await inner.erase(contact, at: time)
            world.with { state in
                state.note("p\(gate.process) erases \(contact): \(erasure?.sessions.count ?? 0) sessions")
                state.complain(state.watch.erased(erasure?.sessions.map(\.id) ?? [], contact))
            }
            return erasure
        }
    }

    func hide(_ hiding: Hiding) async throws -> HiddenEntries? {
        try await perform("hide") { try await inner.hide(hiding) }
    }

    func removal(of ticket: TicketNumber) async throws -> Timestamp? {
        try await perform("removal") { try await inner.removal(of: ticket) }
    }

    func removeExpired(
        _ cutoffs: RetentionCutoffs, limit: Int, at time: Timestamp
    ) async throws -> RemovedRecords {
        try await perform("removeExpired") { try await inner.removeExpired(cutoffs, limit: limit, at: time) }
    }

    func scrub() async throws {
        try await perform("scrub") { try await inner.scrub() }
    }
}

extension SimulatedStore: Store {}

extension TeamCommand {
    fileprivate var summary: String {
        switch self {
        case .takeOver(let person): "\(person) takes over"
        case .reply(let person, _, _, _): "\(person) replies"
        case .note(let person, _): "\(person) writes a note"
        case .assign(let owner, let person, _): "\(person) assigns it to \(owner)"
        case .close(let status, let actor, _, _, _, _): "\(actor) makes it \(status.rawValue)"
        case .log(_, let actor): "\(actor) does something at the helpdesk"
        case .stopReply: "the customer wants no reply"
        case .tag(let added, let removed, let actor): "\(actor) tags it \(added), and no more \(removed)"
        case .rate(let rating, _): "the customer rates it \(rating.score)"
        case .vote(let message, let isHelpful): "the customer finds \(message) \(isHelpful ? "" : "not ")helpful"
        case .checkpoint: "its channel keeps a state"
        case .describe(let attributes): "it is described by \(attributes.count) members"
        }
    }
}
