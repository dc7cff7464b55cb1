/// When the AI stops and the team takes over (OpenCX, handoff settings).
public struct HandoffPolicy: Sendable, Hashable {
    /// Below this confidence an answer is not given but handed off, in `0...1`.
    public var confidenceThreshold: Double
    /// Whether a request for a person ends in a handoff.
    public var onExplicitRequest: Bool
    /// Whether frustration ends in a handoff.
    public var onFrustration: Bool
    /// How strong frustration must be, in `0...1`.
    public var frustrationThreshold: Double
    /// How often the AI may ask back in a session before it hands off instead.
    public var clarificationLimit: Int
    /// How often a turn may fail before it is handed off.
    public var turnAttemptLimit: Int

    /// Makes a policy.
    public init(
        confidenceThreshold: Double = 0.4, onExplicitRequest: Bool = true, onFrustration: Bool = true,
        frustrationThreshold: Double = 0.6, clarificationLimit: Int = 2, turnAttemptLimit: Int = 3
    ) {
        self.confidenceThreshold = confidenceThreshold
        self.onExplicitRequest = onExplicitRequest
        self.onFrustration = onFrustration
        self.frustrationThreshold = frustrationThreshold
        self.clarificationLimit = clarificationLimit
        self.turnAttemptLimit = turnAttemptLimit
    }
}

/// A sign that a person is needed.
public struct HandoffSignal: Sendable, Hashable, Codable {
    /// What it would set off.
    public var trigger: HandoffTrigger
    /// How strong it is, in `0...1`.
    public var strength: Double
    /// What in the message gave it.
    public var evidence: RedactedText

    /// Makes a signal.
    public init(trigger: HandoffTrigger, strength: Double, evidence: RedactedText) {
        self.trigger = trigger
        self.strength = strength
        self.evidence = evidence
    }
}
