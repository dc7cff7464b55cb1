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

    /// How strong a request or a lack of progress must be to count.
    static let surely = 0.5
}
