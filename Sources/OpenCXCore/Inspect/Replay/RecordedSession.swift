/// A session as a store holds it, with everything that a replay or an inspection looks at.
public struct RecordedSession: Sendable {
    /// The session.
    public var session: Session
    /// The customer.
    public var contact: Contact
    /// All that happened in it, oldest first.
    public var history: [HistoryEntry]
    /// The traces of its turns, oldest first.
    public var traces: [Trace]

    /// Makes a recording from its parts.
    public init(session: Session, contact: Contact, history: [HistoryEntry], traces: [Trace]) {
        self.session = session
        self.contact = contact
        self.history = history
        self.traces = traces
    }

    /// Reads a session out of a store; `nil` when there is no such session.
    ///
    /// - Throws: ``StoreError``.
    public init?(_ id: SessionID, from store: any TeamStore) async throws {
        guard let session = try await store.session(id), let contact = try await store.contact(session.contact) else {
            return nil
        }
        var history: [HistoryEntry] = []
        while true {
            let page = try await store.history(id, after: history.last?.sequence ?? 0, limit: 500)
            history += page
            if page.count < 500 { break }
        }
        self.init(session: session, contact: contact, history: history, traces: try await store.traces(id))
    }
}

extension RecordedSession {
    /// The turn as it was taken up; `nil` when the trace does not say enough, because an earlier version wrote it.
    func claim(of trace: Trace) -> TurnClaim? {
        guard let start = trace.start else { return nil }
        var session = session
        session.status = .open
        session.owner = .ai
        session.handoff = nil
        session.closure = nil
        session.expiry = nil
        session.language = trace.language
        session.lastSequence = start.lastSequence
        session.lastCustomerSequence = trace.customerSequence
        session.settledSequence = start.settledSequence
        session.clarifications = start.clarifications
        session.pendingAction = start.pendingAction
        session.hasOtherSenders = start.hasOtherSenders
        var contact = contact
        contact.isVerified = start.isVerified
        let known = history.filter { entry in
            entry.sequence <= start.lastSequence
                && (entry.sequence <= trace.customerSequence || entry.message?.author != .customer)
        }
        return TurnClaim(
            session: session, contact: contact, history: known.suffix(TurnClaim.historyLimit),
            lease: LeaseToken(start.seed ?? ""), failedAttempts: start.failedAttempts)
    }

    /// What the turn told the customer, or would have; `nil` when nothing.
    func reply(of trace: Trace) -> RedactedText? {
        let isWithheld = trace.outcome == .withheld
        for entry in entries(of: trace) {
            switch entry.event {
            case .message(let message) where message.author == .ai && !isWithheld: return message.text
            case .withheld(_, let text) where isWithheld: return text
            default: continue
            }
        }
        return nil
    }

    /// What the turn told the person who took over; `nil` when it handed nothing off.
    func summary(of trace: Trace) -> RedactedText? {
        guard trace.outcome == .committed else { return nil }
        for entry in entries(of: trace) {
            if case .handoff(let record) = entry.event { return record.summary }
        }
        return nil
    }

    /// What the turn wrote down, and perhaps others with it.
    private func entries(of trace: Trace) -> [HistoryEntry] {
        guard let start = trace.start, trace.outcome != .unfinished else { return [] }
        // Up to where the next turn began, for that one has a reply of its own.
        let end = traces.lazy.compactMap { $0.start?.lastSequence }.first { $0 > start.lastSequence } ?? .max
        return history.filter { $0.sequence > start.lastSequence && $0.sequence <= end }
    }
}

extension Trace {
    /// How a turn ended.
    enum Outcome {
        case committed, withheld
        /// It failed, or the customer wrote again; what followed has a trace of its own.
        case unfinished
    }

    var outcome: Outcome {
        for step in steps.reversed() {
            switch step.event {
            case .withheld: return .withheld
            case .decided: return .committed
            // The summary of a handoff is written when all is decided, and one that fails keeps nothing from being committed.
            case .prompt, .asked, .modelAnswered, .failed(stage: "summary", _): continue
            default: return .unfinished
            }
        }
        return .unfinished
    }

    /// The conversation's language when the turn began.
    var language: LanguageTag? {
        for step in steps { if case .question(_, let language) = step.event { return language } }
        return nil
    }

    /// What an earlier try of the turn had done already.
    var begun: ActionRecord? {
        let question = steps.firstIndex { if case .question = $0.event { true } else { false } }
        guard let question, case .acted(let record) = steps[(question + 1)...].first?.event else { return nil }
        return record
    }
}
