/// Reads a message for what autopilot and the handoff policy ask: its topics, and signs that a person is needed.
///
/// ``EmbeddedClassifier`` works without a language model.
public protocol MessageClassifier: Sendable {
    /// Classifies what the customer wrote since the last reply.
    ///
    /// - Throws: when it cannot at the moment; the turn is then tried again.
    func classify(_ request: ClassificationRequest) async throws -> Classification
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

    /// Makes a request from its parts.
    public init(question: RedactedText, history: [Message], topics: [Topic], prohibited: [Topic]) {
        self.question = question
        self.history = history
        self.topics = topics
        self.prohibited = prohibited
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

/// Classifies by words and forms alone: no model, no training, microseconds.
public struct EmbeddedClassifier: MessageClassifier {
    /// Makes the built-in classifier.
    public init() {}

    /// See ``MessageClassifier/classify(_:)``.
    public func classify(_ request: ClassificationRequest) async throws -> Classification {
        var signals: [HandoffSignal] = []
        if let found = HumanRequest.find(in: request.question.text) {
            signals.append(
                HandoffSignal(
                    trigger: .explicitRequest, strength: found.strength,
                    evidence: RedactedText(derived: found.sentence, from: request.question)))
        }
        if let stuck = NoProgress.find(in: request.question, history: request.history) { signals.append(stuck) }
        let frustration = Frustration.measure(request.question, history: request.history)
        if frustration.strength > 0 { signals.append(frustration) }
        let question = PhraseMatch.Message(request.question.text)
        return Classification(
            topics: TopicMatches(
                gated: Self.best(request.topics, for: question),
                prohibited: Self.best(request.prohibited, for: question)),
            signals: signals,
            sentiment: frustration.strength >= 0.5
                ? .angry : SmallTalk.isGrateful(request.question.text) ? .happy : .neutral)
    }

    private static func best(_ topics: [Topic], for question: PhraseMatch.Message) -> TopicMatch? {
        topics
            .map { topic in
                let match = PhraseMatch(
                    examples: topic.examples + [topic.name], keywords: topic.name + " " + topic.summary)
                return TopicMatch(topic: topic.name, score: match.score(question))
            }
            .max { $0.score < $1.score }
    }
}
