/// Classifies without a language model: topics by what it has learned from their examples, signs by words and forms.
///
/// Topics are learned when they are first seen, or in ``prepare(for:)``: milliseconds for a few dozen examples, seconds for
/// thousands. After that a message takes microseconds. Training has no randomness: the same topics always come out alike.
public struct EmbeddedClassifier: MessageClassifier {
    /// Makes vectors that stand beside the words; `nil` to go by words alone. When it fails, words alone decide.
    public var embedder: (any Embedder)?
    private let memory = TopicMemory()

    /// Makes the built-in classifier.
    ///
    /// - Parameter embedder: makes vectors of messages and examples, for topics that are learned.
    public init(embedder: (any Embedder)? = nil) {
        self.embedder = embedder
    }

    /// Learns the topics, so that no message has to wait for that.
    public func prepare(for autopilot: Autopilot) async {
        _ = await classifier(for: autopilot.topics.topics, outOfScope: autopilot.outOfScope)
        _ = await classifier(for: autopilot.prohibitedTopics, outOfScope: autopilot.outOfScope)
    }

    /// See ``MessageClassifier/classify(_:)``.
    public func classify(_ request: ClassificationRequest) async throws -> Classification {
        let list = WordList(request.question.text.beginning(8000))
        let signals = HandoffSigns.find(in: request.question, list, history: request.history)
        let frustration = signals.first { $0.trigger == .frustration }?.strength ?? 0
        return Classification(
            topics: await topics(of: request, list), signals: signals,
            sentiment: frustration >= 0.5 ? .angry : SmallTalk.isGrateful(list) ? .happy : .neutral)
    }

    private func topics(of request: ClassificationRequest, _ list: WordList) async -> TopicMatches {
        guard !request.topics.isEmpty || !request.prohibited.isEmpty else { return TopicMatches() }
        let gate = await classifier(for: request.topics, outOfScope: request.outOfScope)
        let prohibited = await classifier(for: request.prohibited, outOfScope: request.outOfScope)
        let message = PhraseMatch.Message(list)
        let wantsFeatures = gate.wantsFeatures || prohibited.wantsFeatures
        let features = wantsFeatures ? TextFeatures(request.question.text) : nil
        let wantsEmbedding = gate.wantsEmbedding || prohibited.wantsEmbedding
        var embedding: [Float]?
        if wantsEmbedding { embedding = await vectors(of: [request.question])?.first }
        return TopicMatches(
            gated: gate.match(message, features: features, embedding: embedding),
            prohibited: prohibited.match(message, features: features, embedding: embedding))
    }

    private func classifier(for topics: [Topic], outOfScope: [String]) async -> TopicClassifier {
        let key = TopicMemory.Key(topics: topics, outOfScope: outOfScope)
        if let known = memory.classifier(for: key) { return known }
        let examples = TopicClassifier.examples(topics, outOfScope: outOfScope)
        let embeddings = await vectors(of: examples.map { RedactedText(derived: $0.text) })
        let classifier = TopicClassifier(topics, outOfScope: outOfScope, embeddings: embeddings)
        // What had to do without embeddings is tried again with the next message.
        if embedder == nil || embeddings != nil || examples.isEmpty { memory.keep(classifier, for: key) }
        return classifier
    }

    private func vectors(of texts: [RedactedText]) async -> [[Float]]? {
        guard let embedder, !texts.isEmpty else { return nil }
        return try? await embedder.embed(texts)
    }
}

/// The signs that a person is needed, found by words and forms.
enum HandoffSigns {
    /// - Parameters:
    ///   - question: what the customer wrote.
    ///   - list: its first 8,000 characters, read.
    ///   - history: what was said before.
    static func find(in question: RedactedText, _ list: WordList, history: [Message]) -> [HandoffSignal] {
        var signals: [HandoffSignal] = []
        if let found = HumanRequest.find(in: list) {
            signals.append(
                HandoffSignal(
                    trigger: .explicitRequest, strength: found.strength,
                    evidence: RedactedText(derived: found.sentence, from: question)))
        }
        let content = Repetition.content(list)
        if let stuck = NoProgress.find(in: question, list, content, history: history) { signals.append(stuck) }
        let frustration = Frustration.measure(question, list, content, history: history)
        if frustration.strength >= 0.05 { signals.append(frustration) }
        return signals
    }
}
