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

    /// Makes a request from its parts.
    public init(
        question: RedactedText, history: [Message] = [], language: LanguageTag = "en",
        knowledge: KnowledgeSearchResult = KnowledgeSearchResult(), bestArticle: [Passage] = [],
        behavioral: [TrainingScenario] = [],
        matched: [(scenario: TrainingScenario, score: Double)] = [], actions: [ActionDefinition] = [],
        results: [ActionRecord] = [], pendingAction: PendingAction? = nil
    ) {
        self.question = question
        self.history = history
        self.language = language
        self.knowledge = knowledge
        self.bestArticle = bestArticle
        self.behavioral = behavioral
        self.matched = matched
        self.actions = actions
        self.results = results
        self.pendingAction = pendingAction
    }
}

extension AnswerRequest {
    /// The passages an answer may rest on.
    public var passages: [Passage] {
        var seen: Set<PassageID> = []
        return (knowledge.passages.map(\.passage) + bestArticle).filter { seen.insert($0.id).inserted }
    }
}

/// What an answerer proposes.
public enum AnswerDraft: Sendable, Hashable, Codable {
    /// An answer.
    case answer(Answer)
    /// A question to the customer, because theirs cannot be answered as it is.
    case askBack(RedactedText)
    /// An action to call before answering.
    case act(ActionProposal)
    /// An action to put before the customer, who has to say yes.
    case confirm(ActionProposal, question: RedactedText)
    /// No answer.
    case handoff(HandoffTrigger, explanation: RedactedText)
}

/// An answer and what it rests on.
public struct Answer: Sendable, Hashable, Codable {
    /// What to say, as CommonMark.
    public var text: RedactedText
    /// The passages it rests on.
    public var sources: [PassageID]
    /// How likely it is to be right, in `0...1`.
    public var confidence: Double
    /// What kind of answer it is.
    public var basis: Basis
    /// Whether the conversation is over with it.
    public var resolves: Bool

    /// What an answer rests on.
    public enum Basis: String, Sendable, Hashable, Codable {
        /// Passages of the knowledge, which it cites.
        case knowledge
        /// A training scenario.
        case scenario
        /// What an action returned.
        case action
        /// Nothing but good manners: a greeting, a thank-you.
        case smallTalk = "small_talk"
    }

    /// Makes an answer from its parts.
    public init(
        text: RedactedText, sources: [PassageID] = [], confidence: Double, basis: Basis, resolves: Bool = false
    ) {
        self.text = text
        self.sources = sources
        self.confidence = confidence
        self.basis = basis
        self.resolves = resolves
    }
}
