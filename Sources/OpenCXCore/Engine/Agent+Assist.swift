extension Agent {
    /// Drafts an answer for the person who has a conversation: to what the customer has written since somebody last answered.
    ///
    /// The draft goes through the same search, redaction and judgement as an answer of the AI. Nothing is said to the customer, no
    /// action is called, and nothing is stored, unless a person asks for a note.
    ///
    /// - Parameters:
    ///   - session: the session.
    ///   - person: whoever wants the draft kept as a note of theirs; `nil` to keep nothing.
    /// - Returns: the draft, or why there is none (``AgentSettings/assist``); `nil` when there is no such session.
    /// - Throws: ``StoreError``, and what the classifier, the index or the answerer throws.
    public func draft(for session: SessionID, asNoteBy person: PersonID? = nil) async throws -> AssistOutcome? {
        guard let recorded = try await parts.store.session(session),
            let contact = try await parts.store.contact(recorded.contact)
        else { return nil }
        if recorded.status != .open { return .silent(.closed) }
        if recorded.owner == .ai { return .silent(.ownedByAI) }
        guard settings.assist.channels.contains(recorded.channel) else { return .silent(.off) }
        let settings = try await parts.settings?.current(settings) ?? settings
        let limit = TurnClaim.historyLimit
        let history = try await parts.store.history(
            session, after: max(0, recorded.lastSequence - limit), limit: limit)
        let claim = TurnClaim(
            assisting: recorded, contact: contact, history: history, lease: parts.ids.make())
        guard !Conversation(claim).pending.isEmpty else { return .silent(.nothingAsked) }
        let outcome = try await AssistRunner(agent: self, settings: settings, claim: claim).run()
        if let person, case .draft(let draft) = outcome {
            let text: RedactedText = "Draft of the AI:\n\n" + draft.text
            _ = try await apply(.note(person, text), to: session, .changed)
        }
        return outcome
    }
}

/// Runs the machine of a turn for a person: it searches and drafts, and neither acts nor commits.
private struct AssistRunner {
    let agent: Agent
    let settings: AgentSettings
    let claim: TurnClaim

    func run() async throws -> AssistOutcome {
        let parts = agent.parts
        let context = TurnContext(claim, parts: parts, preview: nil)
        var machine = TurnMachine(
            claim: claim, settings: Boxed(settings), actions: [], purpose: .assist, now: parts.clock.now(),
            context: context)
        var effect = machine.start()
        while true {
            switch effect {
            case .classify(let request):
                effect = machine.next(after: .classified(try await parts.classifier.classify(request)))
            case .search(let query):
                let found = try await agent.passages.search(query)
                effect = machine.next(after: .found(found.result, bestArticle: found.bestArticle))
            case .draft(let request):
                effect = machine.next(after: .drafted(try await parts.answerer.draft(for: request)))
            case .act:
                // There are no actions to choose from, so the machine has none to ask for.
                return .silent(.notHelpful("The answer needs an action, and drafts call none."))
            case .finish(let plan):
                return outcome(of: plan, events: machine.events)
            }
        }
    }

    private func outcome(of plan: TurnPlan, events: [TraceStep.Event]) -> AssistOutcome {
        if let handoff = plan.handoff {
            return .silent(handoff.topic.map { .topic($0) } ?? .notHelpful(handoff.explanation))
        }
        guard let reply = plan.reply else { return .silent(.notHelpful("There is nothing to say.")) }
        return .draft(AssistDraft(text: reply.text, citations: reply.citations, events: events))
    }
}

extension TurnClaim {
    /// A conversation that a person has, as the AI would see it if it had to answer.
    fileprivate init(assisting session: Session, contact: Contact, history: [HistoryEntry], lease: LeaseToken) {
        var session = session
        session.owner = .ai
        session.pendingAction = nil
        session.clarifications = 0
        session.settledSequence = history.last { $0.answers(since: session.handoff) }?.sequence ?? 0
        self.init(session: session, contact: contact, history: history, lease: lease, failedAttempts: 0)
    }
}

extension HistoryEntry {
    /// Whether somebody answered with it. That a person will take over is no answer.
    fileprivate func answers(since handoff: HandoffRecord?) -> Bool {
        guard let message else { return false }
        return message.author != .customer && !(message.author == .ai && message.at == handoff?.at)
    }
}
