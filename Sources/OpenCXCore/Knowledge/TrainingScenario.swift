/// An instruction that the team wrote by hand (OpenCX, training scenarios).
public struct TrainingScenario: Sendable, Hashable {
    /// Names the scenario, for people.
    public var name: String
    /// When it applies.
    public var kind: Kind
    /// The instruction; of a scenario-specific one, the answer.
    public var content: RedactedText
    /// The channels it is for; empty for all.
    public var channels: [ChannelID]

    /// When a scenario applies.
    public enum Kind: Sendable, Hashable {
        /// Always.
        case behavioral
        /// When the customer's question matches one of these, in meaning rather than wording.
        case specific(questions: [String])
    }

    /// Makes a scenario from its parts.
    public init(name: String, kind: Kind, content: RedactedText, channels: [ChannelID] = []) {
        self.name = name
        self.kind = kind
        self.content = content
        self.channels = channels
    }
}

/// A scenario that a question matched.
public struct ScenarioMatch: Sendable, Hashable, Codable {
    /// The scenario's name.
    public var name: String
    /// How well it matches, in `0...1`.
    public var score: Double

    /// Makes a match.
    public init(name: String, score: Double) {
        self.name = name
        self.score = score
    }
}

/// An action that was looked at for a question.
public struct ActionMatch: Sendable, Hashable, Codable {
    /// The action's name.
    public var name: String
    /// How well it matches, in `0...1`.
    public var score: Double

    /// Makes a match.
    public init(name: String, score: Double) {
        self.name = name
        self.score = score
    }
}
