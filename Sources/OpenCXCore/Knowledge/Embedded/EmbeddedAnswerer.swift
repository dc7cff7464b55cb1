/// Answers without a language model: by scenario, by action, or with what the best passage says, and knows when not to.
///
/// Everything it says was written by the team: it quotes, it never phrases facts of its own.
public struct EmbeddedAnswerer: Answerer {
    /// What it says besides.
    public var phrasebook: Phrasebook
    /// How well a scenario must match to be the answer, in `0...1`.
    public var scenarioThreshold: Double
    /// How well an action must match to be called, in `0...1`.
    public var actionThreshold: Double

    /// From this confidence on an answer is given without a word of caution.
    static let sureFrom = 0.6

    /// Makes the built-in answerer.
    public init(phrasebook: Phrasebook = Phrasebook(), scenarioThreshold: Double = 0.7, actionThreshold: Double = 0.55)
    {
        self.phrasebook = phrasebook
        self.scenarioThreshold = scenarioThreshold
        self.actionThreshold = actionThreshold
    }

    /// See ``Answerer/draft(for:)``.
    public func draft(for request: AnswerRequest) async throws -> AnswerDraft {
        let wording = phrasebook[request.language]
        let consent = request.consent
        if let draft = Self.decision(consent, on: request, wording) { return draft }
        if let result = request.results.last { return answer(from: result, request, wording) }
        let again = consent == .unclear ? questionAgain(request, wording) : nil
        if again == nil, let kind = SmallTalk.kind(of: request.question.text) { return answer(to: kind, wording) }
        if let match = request.matched.first, match.score >= scenarioThreshold {
            return .answer(Answer(text: match.scenario.content, confidence: match.score, basis: .scenario))
        }
        let draft = ActionChoice(request, threshold: actionThreshold, phrasebook: phrasebook).draft(wording)
        // "Yes, but cancel the other one" asks for another change. Anything else leaves the question open.
        if let again { return draft.flatMap { if case .confirm = $0 { $0 } else { nil } } ?? again }
        return draft ?? answerFromKnowledge(request, wording)
    }

    /// What follows from a clear yes or no to the action that waits for one. No model is asked about that.
    static func decision(_ consent: Consent?, on request: AnswerRequest, _ wording: Wording) -> AnswerDraft? {
        guard let pending = request.pendingAction, request.results.isEmpty else { return nil }
        switch consent {
        case .yes: return .act(pending.proposal)
        case .no: return .answer(Answer(text: wording.declined, confidence: 1, basis: .smallTalk))
        case .unclear, nil: return nil
        }
    }

    /// The question that waits for a yes, for a customer whose answer to it may be one.
    private func questionAgain(_ request: AnswerRequest, _ wording: Wording) -> AnswerDraft? {
        guard let proposal = request.pendingAction?.proposal,
            let definition = request.actions.first(where: { $0.name == proposal.name })
        else { return nil }
        let question = ActionChoice.confirmation(of: proposal, definition, wording, in: request.language)
        return .confirm(proposal, question: question)
    }

    private func answer(to kind: SmallTalk.Kind, _ wording: Wording) -> AnswerDraft {
        let text =
            switch kind {
            case .greeting: wording.greeting
            case .thanks, .acknowledgement: wording.thanks
            case .farewell: wording.farewell
            }
        return .answer(Answer(text: text, confidence: 1, basis: .smallTalk))
    }

    private func answer(from result: ActionRecord, _ request: AnswerRequest, _ wording: Wording) -> AnswerDraft {
        let definition = request.actions.first { $0.name == result.name }
        switch result.outcome {
        case .succeeded:
            let text = ResultWording.text(of: result, definition, in: request.language)
            return .answer(Answer(text: text, confidence: 1, basis: .action))
        case .notFound:
            let labels = (definition?.parameters ?? []).filter { !$0.isBoundByPlatform }
                .map { $0.label(in: request.language) }
            let label = RedactedText(derived: labels.joined(separator: ", "), from: request.question)
            return .askBack(wording.notFound.filling(["label": label]))
        case .failed, .badArguments:
            return .handoff(.actionFailed, explanation: result.result)
        case .unknown:
            return .handoff(.actionUnknown, explanation: result.result)
        }
    }

    private func answerFromKnowledge(_ request: AnswerRequest, _ wording: Wording) -> AnswerDraft {
        guard request.knowledge.termCount > 0 else { return .askBack(wording.tooShort) }
        guard let best = request.knowledge.passages.first else {
            return .handoff(.lowConfidence, explanation: "Nothing in the knowledge matches the question.")
        }
        let confidence = AnswerConfidence.of(request.knowledge)
        if request.knowledge.termCount == 1, confidence < 0.4 { return .askBack(wording.tooShort) }
        let candidates = request.passages.filter { $0.article == best.passage.article }
        let extract = Extract(question: request.question.text, matched: best.matchedTerms)
        guard let found = extract.best(of: candidates, found: request.knowledge.passages.map(\.passage.id)),
            !found.text.isEmpty
        else {
            return .handoff(.lowConfidence, explanation: "The best article has no text to quote.")
        }
        let text = confidence < Self.sureFrom ? [wording.unsure, found.text].joined(separator: "\n\n") : found.text
        return .answer(Answer(text: text, sources: [found.passage.id], confidence: confidence, basis: .knowledge))
    }
}
