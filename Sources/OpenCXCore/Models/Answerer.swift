/// Proposes what to say. The core judges the proposal and decides; an answerer has no effects.
///
/// ``EmbeddedAnswerer`` works without a language model.
public protocol Answerer: Sendable {
    /// Proposes an answer, a question, an action or a handoff.
    ///
    /// - Throws: when it cannot propose anything at the moment; the turn is then tried again.
    func draft(for request: AnswerRequest) async throws -> AnswerDraft
}

/// What an answerer gets to see: everything redacted.
public struct AnswerRequest: Sendable {
    /// What the customer wrote since the last reply.
    public var question: RedactedText
    /// What was said before, oldest first.
    public var history: [Message]
    /// The language to answer in.
    public var language: LanguageTag
    /// The topic that autopilot let through, where it is the topics that decide.
    public var topic: String?
    /// What the search returned.
    public var knowledge: KnowledgeSearchResult
    /// Every passage of the article found first: what answers may stand beside what matched.
    public var bestArticle: [Passage]
    /// The behavioral scenarios.
    public var behavioral: [TrainingScenario]
    /// The scenario-specific ones that match, best first.
    public var matched: [(scenario: TrainingScenario, score: Double)]
    /// The actions that may be called.
    public var actions: [ActionDefinition]
    /// What the actions called in this turn returned.
    public var results: [ActionRecord]
    /// The action that waits for the customer's yes.
    public var pendingAction: PendingAction?
    /// What actions called in earlier turns of the session returned, oldest first.
    public var earlierActions: [ActionRecord]
    /// What the answerer may use of the turn besides: redaction in its session, its trace.
    public var context: TurnContext

    /// Makes a request from its parts.
    public init(
        question: RedactedText, history: [Message] = [], language: LanguageTag = "en",
        knowledge: KnowledgeSearchResult = KnowledgeSearchResult(), bestArticle: [Passage] = [],
        behavioral: [TrainingScenario] = [],
        matched: [(scenario: TrainingScenario, score: Double)] = [], actions: [ActionDefinition] = [],
        results: [ActionRecord] = [], pendingAction: PendingAction? = nil, earlierActions: [ActionRecord] = [],
        topic: String? = nil, context: TurnContext = .detached
    ) {
        self.question = question
        self.history = history
        self.language = language
        self.topic = topic
        self.knowledge = knowledge
        self.bestArticle = bestArticle
        self.behavioral = behavioral
        self.matched = matched
        self.actions = actions
        self.results = results
        self.pendingAction = pendingAction
        self.earlierActions = earlierActions
        self.context = context
    }
}

extension AnswerRequest {
    /// The passages an answer may rest on.
    public var passages: [Passage] {
        let ranked = knowledge.passages.map(\.passage)
        return ranked
            + bestArticle.filter { passage in
                !ranked.contains { $0.ordinal == passage.ordinal && $0.article == passage.article }
            }
    }
}
