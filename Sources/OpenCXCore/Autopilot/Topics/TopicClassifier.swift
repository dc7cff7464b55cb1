/// Finds the topic of a list that a message is about: learned from examples where there are enough, compared with the
/// description and the few examples where there are not.
struct TopicClassifier: Sendable {
    /// What is learned from the texts' words; always there when a topic has enough examples.
    private let model: TopicModel?
    /// The same with embeddings beside the words.
    private let embedded: TopicModel?
    private let described: [(name: String, phrases: PhraseMatch)]

    /// Whether a message's embedding is of any use.
    var wantsEmbedding: Bool { embedded != nil }

    init(_ topics: [Topic], outOfScope: [String], embeddings: [[Float]]? = nil) {
        let examples = Self.examples(topics, outOfScope: outOfScope)
        model = examples.isEmpty ? nil : TopicModel(names: topics.filter(\.isLearned).map(\.name), examples: examples)
        embedded = embeddings.flatMap { vectors in
            guard !examples.isEmpty, vectors.count == examples.count, Set(vectors.map(\.count)).count == 1 else {
                return nil
            }
            return TopicModel(
                names: topics.filter(\.isLearned).map(\.name), examples: examples, embeddings: vectors)
        }
        described = topics.filter { !$0.isLearned }.map { topic in
            (
                topic.name,
                PhraseMatch(examples: topic.examples + [topic.name], keywords: topic.name + " " + topic.summary)
            )
        }
    }

    /// The best match; no topic at all for an empty list.
    func match(_ message: PhraseMatch.Message, features: TextFeatures?, embedding: [Float]?) -> TopicMatch? {
        var best: TopicMatch?
        if let features {
            let learned = embedding == nil ? model : embedded ?? model
            best = learned?.match(features, embedding: embedding)
        }
        for (name, phrases) in described {
            let score = phrases.score(message)
            if score > best?.score ?? -1 { best = TopicMatch(topic: name, score: score) }
        }
        return best
    }

    /// Whether a message's features are needed.
    var wantsFeatures: Bool { model != nil }

    /// What is learned from: the examples and descriptions of the topics that have enough, what the team says is something else, and
    /// what most teams would say. Empty when no topic has enough.
    static func examples(_ topics: [Topic], outOfScope: [String]) -> [TopicModel.Example] {
        let learned = topics.filter(\.isLearned)
        guard !learned.isEmpty else { return [] }
        var examples: [TopicModel.Example] = []
        for (place, topic) in learned.enumerated() {
            for text in topic.examples + [topic.name, topic.summary] where text.contains(where: { !$0.isWhitespace }) {
                examples.append(TopicModel.Example(text: text, topic: place))
            }
        }
        let subjects = Set(examples.flatMap { Words.content(of: $0.text) })
        let background = background(besides: subjects, isFew: learned.count < fewTopics)
        return examples + (outOfScope + background).map { TopicModel.Example(text: $0, topic: nil) }
    }

    /// Where many topics are known, they are what tells a topic from its neighbours.
    private static let fewTopics = 12

    private static func background(besides subjects: Set<String>, isFew: Bool) -> [String] {
        func shared(_ text: String) -> Double {
            let words = Set(Words.content(of: text))
            return words.isEmpty ? 0 : Double(words.intersection(subjects).count) / Double(words.count)
        }
        // With a large vocabulary nearly every sentence has words of it; what is made of nothing else may be a topic.
        let general = BackgroundSentences.general.filter { shared($0) < (isFew ? 0.5 : 1) }
        return general + (isFew ? BackgroundSentences.support.filter { shared($0) == 0 } : [])
    }
}

extension Topic {
    var isLearned: Bool { examples.count >= Topic.learnedFrom }
}
