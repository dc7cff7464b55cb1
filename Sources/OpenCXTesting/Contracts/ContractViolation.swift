/// What an implementation does otherwise than its contract says.
public struct ContractViolation: Error, Sendable, Hashable, CustomStringConvertible {
    /// The check that found it.
    public var check: String
    /// What was expected, and what was there.
    public var message: String

    /// Makes a violation.
    public init(check: String, message: String) {
        self.check = check
        self.message = message
    }

    /// The check and what it found.
    public var description: String { "\(check): \(message)" }
}
