/// Whether a proposed answer is good enough, and why.
public struct Judgement: Sendable, Hashable, Codable {
    /// The confidence that counts, in `0...1`.
    public var confidence: Double
    /// What it had to reach.
    public var threshold: Double
    /// What spoke against the answer.
    public var objections: [Objection]

    /// Something that speaks against an answer whatever its confidence.
    public enum Objection: String, Sendable, Hashable, Codable {
        /// It cites nothing although it claims to rest on the knowledge.
        case noSource = "no_source"
        /// It cites a passage that was not among those given.
        case unknownSource = "unknown_source"
        /// It rests on an article that customers must not see.
        case restrictedSource = "restricted_source"
        /// It says nothing.
        case empty
        /// It speaks of an action's result although none was called.
        case noAction = "no_action"
        /// It claims that something was done, and no action's record says so.
        case unbackedClaim = "unbacked_claim"
    }

    /// Makes a judgement.
    public init(confidence: Double, threshold: Double, objections: [Objection] = []) {
        self.confidence = confidence
        self.threshold = threshold
        self.objections = objections
    }

    /// Whether the answer may be given.
    public var isAccepted: Bool { objections.isEmpty && confidence >= threshold }

    /// Judges an answer against what was given to the answerer. A pure function of its arguments.
    public static func of(_ answer: Answer, for request: AnswerRequest, policy: HandoffPolicy) -> Judgement {
        var objections: [Objection] = []
        if answer.text.text.allSatisfy(\.isWhitespace) { objections.append(.empty) }
        let given = answer.sources.isEmpty ? [] : request.passages
        for source in answer.sources {
            guard let passage = given.first(where: { $0.id == source }) else {
                objections.append(.unknownSource)
                continue
            }
            if !passage.audience.isPublic { objections.append(.restrictedSource) }
        }
        switch answer.basis {
        case .knowledge where answer.sources.isEmpty: objections.append(.noSource)
        case .action where request.results.isEmpty: objections.append(.noAction)
        default: break
        }
        if ActionClaim.isUnbacked(answer.text.text, for: request) { objections.append(.unbackedClaim) }
        // Not a number is no confidence at all.
        var confidence = answer.confidence.isNaN ? 0 : min(1, max(0, answer.confidence))
        if answer.model != nil, objections.isEmpty {
            let cited = given.filter { answer.sources.contains($0.id) }
            let support = support(of: answer, by: cited, in: request)
            // Results are terse and often in another language: words that they do not share weigh half.
            let isTerse = answer.basis == .action && !support.hasForeignNumber
            confidence *= isTerse ? (1 + support.factor) / 2 : support.factor
        }
        return Judgement(
            confidence: confidence, threshold: policy.threshold(for: request.topic), objections: objections)
    }

    /// What a model's own words rest on: the passages it cites, what actions returned, scenarios, and what the customer said.
    private static func support(
        of answer: Answer, by cited: [Passage], in request: AnswerRequest
    ) -> LexicalSupport {
        var talk = [request.question.text]
        talk += request.history.suffix(6).map(\.text.text)
        var sources: [String] = []
        for passage in cited { sources += [passage.title.text, passage.markdown.text] + passage.headings.map(\.text) }
        for record in request.results {
            sources.append(record.result.text)
            sources += record.fields.values.map(\.text)
            talk += record.arguments.values.map(\.text)
        }
        sources += request.matched.map(\.scenario.content.text)
        sources += request.behavioral.map(\.content.text)
        if let pending = request.pendingAction { talk += pending.proposal.arguments.values.map(\.text) }
        let language = language(of: answer, in: request).primary
        return LexicalSupport(
            of: answer.text.text, by: sources, besides: talk,
            sameLanguage: cited.allSatisfy { $0.locale.primary == language })
    }

    /// Words are compared within a language only. A model that claims another one than the customer's is not believed, so that
    /// it cannot talk itself out of the comparison.
    private static func language(of answer: Answer, in request: AnswerRequest) -> LanguageTag {
        guard let claimed = answer.language, claimed.primary != request.language.primary else {
            return request.language
        }
        return LanguageGuess.language(of: answer.text.text) ?? request.language
    }
}
