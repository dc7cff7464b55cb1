/// Whether the AI answers: a switch for each channel, gated by topics (OpenCX, autopilot).
///
/// Separate from the answer on purpose: switching a channel off or adding a topic touches nothing else.
public struct Autopilot: Sendable, Hashable {
    /// The channels on which the AI answers; the others go to the team's inbox.
    public var channels: [ChannelID: Bool]
    /// What holds for a channel that is not named.
    public var isOnByDefault: Bool
    /// Which topics the AI answers.
    public var topics: TopicGate
    /// Topics that the AI must not speak of; a match is a handoff with its own reason.
    public var prohibitedTopics: [Topic]
    /// Messages that are about none of the topics, the way customers write them: what the topics are told from.
    public var outOfScope: [String]
    /// How sure a topic match must be to count, in `0...1`.
    public var topicThreshold: Double

    /// Makes an autopilot that answers on every channel unless told otherwise.
    public init(
        channels: [ChannelID: Bool] = [:], isOnByDefault: Bool = true, topics: TopicGate = .all,
        prohibitedTopics: [Topic] = [], outOfScope: [String] = [], topicThreshold: Double = 0.5
    ) {
        self.channels = channels
        self.isOnByDefault = isOnByDefault
        self.topics = topics
        self.prohibitedTopics = prohibitedTopics
        self.outOfScope = outOfScope
        self.topicThreshold = topicThreshold
    }

    /// Decides about a message, from the topics it may be about. A pure function of its arguments.
    ///
    /// - Parameters:
    ///   - channel: where the message came in.
    ///   - matches: the topics it may be about.
    ///   - gated: whether the gate applies; not to a message that goes on with what the conversation is about already.
    public func decide(channel: ChannelID, matches: TopicMatches, gated: Bool = true) -> AutopilotDecision {
        guard channels[channel] ?? isOnByDefault else {
            return AutopilotDecision(verdict: .team(.autopilotOff), matched: nil)
        }
        if let match = matches.prohibited, match.score >= topicThreshold {
            return AutopilotDecision(verdict: .team(.prohibitedTopic), matched: match)
        }
        let match = matches.gated.flatMap { $0.score >= topicThreshold ? $0 : nil }
        switch gated ? topics : .all {
        case .all:
            return AutopilotDecision(verdict: .ai, matched: nil)
        case .never:
            return AutopilotDecision(verdict: match == nil ? .ai : .team(.topic), matched: match)
        case .only:
            return AutopilotDecision(verdict: match == nil ? .team(.topic) : .ai, matched: match)
        }
    }
}

extension Autopilot {
    var hasNoTopics: Bool { topics.topics.isEmpty && prohibitedTopics.isEmpty }

    /// Whether the team's topics leave it open what to do: the deciding match is a near miss or a near hit.
    func isUnclear(_ decision: AutopilotDecision, _ matches: TopicMatches) -> Bool {
        guard decision.verdict == .team(.topic), let score = (decision.matched ?? matches.gated)?.score else {
            return false
        }
        return abs(score - topicThreshold) < 0.1
    }
}

/// Which topics the AI answers.
public enum TopicGate: Sendable, Hashable {
    /// All of them.
    case all
    /// None of these; everything else.
    case never([Topic])
    /// These and nothing else.
    case only([Topic])

    /// The topics named.
    public var topics: [Topic] {
        switch self {
        case .all: []
        case .never(let topics), .only(let topics): topics
        }
    }
}

/// The best match of a message among the gate's topics and among the prohibited ones.
public struct TopicMatches: Sendable, Hashable, Codable {
    /// Among the topics of the gate.
    public var gated: TopicMatch?
    /// Among the prohibited topics.
    public var prohibited: TopicMatch?

    /// Makes a pair of matches.
    public init(gated: TopicMatch? = nil, prohibited: TopicMatch? = nil) {
        self.gated = gated
        self.prohibited = prohibited
    }
}

/// Whether the AI answers a message, and why.
public struct AutopilotDecision: Sendable, Hashable, Codable {
    /// The AI, or the team for a reason.
    public var verdict: Verdict
    /// The topic that decided.
    public var matched: TopicMatch?

    /// The AI, or the team for a reason.
    public enum Verdict: Sendable, Hashable, Codable {
        /// The AI answers.
        case ai
        /// The team answers.
        case team(HandoffTrigger)
    }

    /// Makes a decision.
    public init(verdict: Verdict, matched: TopicMatch?) {
        self.verdict = verdict
        self.matched = matched
    }
}
