/// Something customers write about, described in plain language.
public struct Topic: Sendable, Hashable, Codable {
    /// Names the topic, for people.
    public var name: String
    /// What it is about, in plain language.
    public var summary: String
    /// Messages that are about it, the way customers write them. From ``learnedFrom`` on, the embedded classifier learns from them
    /// what the topic sounds like; with fewer, it compares a message with them and with the description.
    public var examples: [String]

    /// From how many examples on a topic is learned rather than compared with.
    public static let learnedFrom = 5

    /// Makes a topic from its parts.
    public init(name: String, summary: String = "", examples: [String] = []) {
        self.name = name
        self.summary = summary
        self.examples = examples
    }
}

/// A topic that a message is about.
public struct TopicMatch: Sendable, Hashable, Codable {
    /// The topic's name.
    public var topic: String
    /// How sure that is, in `0...1`.
    public var score: Double

    /// Makes a match.
    public init(topic: String, score: Double) {
        self.topic = topic
        self.score = score
    }
}
