/// Finds personal data in a text.
///
/// A redactor only points; ``Redaction`` replaces what it points at, so no redactor can pass a text off as redacted.
/// ``PatternRedactor`` is built in; <doc:ImplementingRedactor> shows one beside it.
public protocol PIIRedactor: Sendable {
    /// The personal data in the text, in any order; where findings overlap, the one that starts first and then the longer
    /// one counts.
    ///
    /// - Throws: whatever keeps it from looking. The message is then not accepted: text that nobody has looked at is not
    ///   stored.
    func findings(in text: UnredactedText) async throws -> [PIIFinding]

    /// The personal data in the text, given what is known about whoever wrote it. Unless a redactor has its own answer, the same
    /// as without it.
    func findings(in text: UnredactedText, context: RedactionContext) async throws -> [PIIFinding]
}

extension PIIRedactor {
    /// See ``findings(in:)``.
    public func findings(in text: UnredactedText, context: RedactionContext) async throws -> [PIIFinding] {
        try await findings(in: text)
    }
}

/// A piece of personal data in a text.
public struct PIIFinding: Hashable, Sendable {
    /// What it is.
    public var kind: PIIKind
    /// Where it is, in UTF-8 bytes from the start of the text.
    public var range: Range<Int>

    /// Makes a finding from its kind and place.
    public init(kind: PIIKind, range: Range<Int>) {
        self.kind = kind
        self.range = range
    }
}
