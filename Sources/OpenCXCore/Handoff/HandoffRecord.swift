/// What is recorded when the AI stops and the team takes over.
public struct HandoffRecord: Sendable, Hashable, Codable {
    /// What set it off.
    public var trigger: HandoffTrigger
    /// Why, in the product's six words.
    public var reasons: [HandoffReason]
    /// What exactly happened, for the person who takes over.
    public var explanation: RedactedText
    /// What the conversation was about so far.
    public var summary: RedactedText
    /// How the customer sounded.
    public var sentiment: Sentiment
    /// The topic that matched, when one did.
    public var topic: String?
    /// When it happened.
    public var at: Timestamp

    /// Makes a record from its parts.
    public init(
        trigger: HandoffTrigger, reasons: [HandoffReason]? = nil, explanation: RedactedText, summary: RedactedText,
        sentiment: Sentiment, topic: String? = nil, at: Timestamp
    ) {
        self.trigger = trigger
        self.reasons = reasons ?? [trigger.reason]
        self.explanation = explanation
        self.summary = summary
        self.sentiment = sentiment
        self.topic = topic
        self.at = at
    }
}

/// What set a handoff off.
public enum HandoffTrigger: String, Sendable, Hashable, Codable, CaseIterable {
    /// The AI did not trust its answer.
    case lowConfidence = "low_confidence"
    /// The message is about something the AI must not speak of.
    case prohibitedTopic = "prohibited_topic"
    /// The customer is frustrated.
    case frustration
    /// The conversation gets nowhere: the answers do not help.
    case noProgress = "no_progress"
    /// The customer asked for a person.
    case explicitRequest = "explicit_request"
    /// Autopilot is off on this channel.
    case autopilotOff = "autopilot_off"
    /// Autopilot is not to answer this topic.
    case topic
    /// It is not known whether an action with side effects was done.
    case actionUnknown = "action_unknown"
    /// An action that was needed failed.
    case actionFailed = "action_failed"
    /// The AI decided that a person should answer.
    case aiDecision = "ai_decision"
    /// The turn failed again and again.
    case turnFailed = "turn_failed"
    /// The channel did not take what the AI had to say.
    case undeliverable = "message_undeliverable"
    /// A person took over.
    case person

    /// The product's reason that this trigger is reported as (OpenCX handoff analytics: six reasons).
    public var reason: HandoffReason {
        switch self {
        case .lowConfidence, .noProgress, .turnFailed: .insufficientKnowledge
        case .prohibitedTopic: .prohibitedTopic
        case .explicitRequest: .userRequestedHumanAssistance
        case .frustration, .autopilotOff, .topic, .person, .aiDecision: .basedOnInstructions
        case .actionUnknown, .actionFailed, .undeliverable: .insufficientTools
        }
    }
}

/// Why a conversation was handed off (OpenCX, `handoff-analytics/events`).
public enum HandoffReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// The instructions say so.
    case basedOnInstructions = "based_on_instructions"
    /// The instructions do not say what to do.
    case instructionsNotClear = "instructions_not_clear"
    /// The knowledge does not hold an answer.
    case insufficientKnowledge = "insufficient_knowledge"
    /// There is no action that could do it.
    case insufficientTools = "insufficient_tools"
    /// The topic is prohibited.
    case prohibitedTopic = "prohibited_topic"
    /// The customer asked for a person.
    case userRequestedHumanAssistance = "user_requested_human_assistance"
}

/// How a customer sounds (OpenCX public API: `angry`, `neutral`, `happy`).
public enum Sentiment: String, Sendable, Hashable, Codable {
    /// Frustrated or worse.
    case angry
    /// Nothing in particular.
    case neutral
    /// Pleased.
    case happy
}
