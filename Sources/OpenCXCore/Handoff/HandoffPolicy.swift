/// When the AI stops and the team takes over (OpenCX, handoff settings): one of the presets, or toggles of the team's own.
///
/// ```swift
/// var settings = AgentSettings()
/// settings.handoff = .balanced
/// settings.handoff = HandoffPolicy(.advanced(HandoffToggles(onFrustration: false)))
/// ```
///
/// Whatever the policy says, a turn that fails again and again and an action of which nobody knows whether it was done go to
/// the team, and so does what autopilot leaves to it.
public struct HandoffPolicy: Sendable, Hashable {
    /// The preset or the toggles; only one of them is active.
    public var mode: Mode
    /// Below this confidence an answer is not given but handed off, in `0...1`.
    public var confidenceThreshold: Double
    /// Thresholds of their own for topics that the AI answers, by topic (``Calibration/topics``).
    public var topicThresholds: [String: Double]
    /// How often in a row the AI may ask back before it hands off instead.
    public var clarificationLimit: Int
    /// How often a turn may fail before it is handed off.
    public var turnAttemptLimit: Int

    /// Where the rules come from.
    public enum Mode: Sendable, Hashable {
        /// One of the presets.
        case preset(HandoffPreset)
        /// Each rule set by hand.
        case advanced(HandoffToggles)
    }

    /// Makes a policy.
    public init(
        _ mode: Mode = .preset(.quick), confidenceThreshold: Double = 0.4, clarificationLimit: Int = 2,
        turnAttemptLimit: Int = 3, topicThresholds: [String: Double] = [:]
    ) {
        self.mode = mode
        self.confidenceThreshold = confidenceThreshold
        self.topicThresholds = topicThresholds
        self.clarificationLimit = clarificationLimit
        self.turnAttemptLimit = turnAttemptLimit
    }

    /// What an answer has to reach when the message is about this topic of autopilot's, or about none.
    public func threshold(for topic: String?) -> Double {
        topic.flatMap { topicThresholds[$0] } ?? confidenceThreshold
    }

    /// The rules that hold.
    public var toggles: HandoffToggles {
        switch mode {
        case .preset(let preset): preset.toggles
        case .advanced(let toggles): toggles
        }
    }

    /// Never hands off: whoever asks for a person is told so politely.
    public static let aiOnly = HandoffPolicy(.preset(.aiOnly))
    /// Hands off at any frustration, without progress, and when asked to. The default.
    public static let quick = HandoffPolicy(.preset(.quick))
    /// Tries first, respects requests, and asks what it is about before it passes them on.
    public static let balanced = HandoffPolicy(.preset(.balanced))
    /// Wants to know the problem and to have answered twice before anybody else does.
    public static let aiFirst = HandoffPolicy(.preset(.aiFirst))
}

/// The presets of the product, by their level.
public enum HandoffPreset: String, Sendable, Hashable, Codable, CaseIterable {
    /// Level 0: never.
    case aiOnly = "ai_only"
    /// Level 1: at any frustration, without progress, and when asked to.
    case quick
    /// Level 2: after a try, except when asked to; asks what it is about.
    case balanced
    /// Level 3: after a full problem statement and several tries.
    case aiFirst = "ai_first"

    /// What the preset stands for.
    public var toggles: HandoffToggles {
        switch self {
        case .aiOnly: HandoffToggles(isEnabled: false)
        case .quick: HandoffToggles()
        case .balanced: HandoffToggles(frustrationThreshold: 0.75, requiresProblem: true, requiredReplies: 1)
        case .aiFirst:
            HandoffToggles(
                frustrationThreshold: 0.85, requiresProblem: true, requiredReplies: 2, requiredRepliesOnRequest: 2)
        }
    }
}

/// The single rules (OpenCX, advanced handoff settings).
public struct HandoffToggles: Sendable, Hashable {
    /// The master switch. When it is off, the AI declines instead.
    public var isEnabled: Bool
    /// Whether frustration ends in a handoff.
    public var onFrustration: Bool
    /// How strong frustration must be, in `0...1`.
    public var frustrationThreshold: Double
    /// Whether a conversation that gets nowhere ends in a handoff.
    public var onUnproductive: Bool
    /// Whether a request for a person ends in a handoff.
    public var onHumanRequest: Bool
    /// Whether the customer is asked what it is about before a request for a person is passed on. Asked once.
    public var requiresProblem: Bool
    /// How often the AI must have replied in the session before frustration or a lack of progress counts, and before it gives
    /// up on a question instead of asking for other words.
    public var requiredReplies: Int
    /// How often the AI must have replied before a request for a person counts. Its refusals are replies: who insists gets through.
    public var requiredRepliesOnRequest: Int

    /// Makes a set of rules; those not given are the ones of ``HandoffPreset/quick``.
    public init(
        isEnabled: Bool = true, onFrustration: Bool = true, frustrationThreshold: Double = 0.6,
        onUnproductive: Bool = true, onHumanRequest: Bool = true, requiresProblem: Bool = false,
        requiredReplies: Int = 0, requiredRepliesOnRequest: Int = 0
    ) {
        self.isEnabled = isEnabled
        self.onFrustration = onFrustration
        self.frustrationThreshold = frustrationThreshold
        self.onUnproductive = onUnproductive
        self.onHumanRequest = onHumanRequest
        self.requiresProblem = requiresProblem
        self.requiredReplies = requiredReplies
        self.requiredRepliesOnRequest = requiredRepliesOnRequest
    }
}
