/// Reads a message for what autopilot and the handoff policy ask: its topics, and signs that a person is needed.
///
/// ``EmbeddedClassifier`` works without a language model.
public protocol MessageClassifier: Sendable {
    /// Classifies what the customer wrote since the last reply.
    ///
    /// - Throws: when it cannot at the moment; the turn is then tried again.
    func classify(_ request: ClassificationRequest) async throws -> Classification

    /// Gets ready for the topics of an autopilot. A running agent calls it before its first turn; it does nothing where it is left
    /// out.
    func prepare(for autopilot: Autopilot) async
}

extension MessageClassifier {
    /// Does nothing.
    public func prepare(for autopilot: Autopilot) async {}
}

/// What a classifier gets to see.
public struct ClassificationRequest: Sendable {
    /// What the customer wrote since the last reply.
    public var question: RedactedText
    /// What was said before, oldest first.
    public var history: [Message]
    /// The topics of the gate.
    public var topics: [Topic]
    /// The prohibited topics.
    public var prohibited: [Topic]
    /// Messages that are about none of them, the way customers write them.
    public var outOfScope: [String]
    /// Redaction, clock and trace of the turn.
    public var context: TurnContext

    /// Makes a request from its parts.
    public init(
        question: RedactedText, history: [Message], topics: [Topic], prohibited: [Topic], outOfScope: [String] = [],
        context: TurnContext = .detached
    ) {
        self.question = question
        self.history = history
        self.topics = topics
        self.prohibited = prohibited
        self.outOfScope = outOfScope
        self.context = context
    }
}

/// What a classifier found.
public struct Classification: Sendable, Hashable {
    /// The topics that match best.
    public var topics: TopicMatches
    /// Signs that a person is needed, each kind at most once.
    public var signals: [HandoffSignal]
    /// How the customer sounds.
    public var sentiment: Sentiment

    /// Makes a classification.
    public init(topics: TopicMatches = TopicMatches(), signals: [HandoffSignal] = [], sentiment: Sentiment = .neutral) {
        self.topics = topics
        self.signals = signals
        self.sentiment = sentiment
    }
}
