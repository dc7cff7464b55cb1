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
    /// No answer. The reasons follow from the trigger where they are not given.
    case handoff(HandoffTrigger, explanation: RedactedText, reasons: [HandoffReason]? = nil)
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
    /// The language model whose words these are; `nil` where the team's own words are quoted.
    public var model: String?
    /// How the customer sounds, as far as the answerer can tell.
    public var sentiment: Sentiment?
    /// The language of the answer, as far as the answerer says.
    public var language: LanguageTag?

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
        text: RedactedText, sources: [PassageID] = [], confidence: Double, basis: Basis, resolves: Bool = false,
        model: String? = nil, sentiment: Sentiment? = nil, language: LanguageTag? = nil
    ) {
        self.text = text
        self.sources = sources
        self.confidence = confidence
        self.basis = basis
        self.resolves = resolves
        self.model = model
        self.sentiment = sentiment
        self.language = language
    }
}
