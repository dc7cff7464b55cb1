/// What an implementation does that its protocol forbids.
public struct ContractViolation: Error, CustomStringConvertible {
    /// What was expected and what happened.
    public var description: String

    /// Makes a violation.
    public init(_ description: String) {
        self.description = description
    }
}
