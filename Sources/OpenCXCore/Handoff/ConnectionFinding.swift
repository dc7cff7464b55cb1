/// What a look at a vendor's account has found, in plain words for whoever sets it up.
public struct ConnectionFinding: Sendable, Hashable {
    /// Whether something has to be mended before it works.
    public var isProblem: Bool
    /// What was found and, for a problem, what to do about it; never holds a secret.
    public var text: String

    /// Makes a finding.
    public init(isProblem: Bool, _ text: String) {
        self.isProblem = isProblem
        self.text = text
    }
}
