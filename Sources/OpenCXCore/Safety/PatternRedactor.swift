/// Finds personal data by its form, its check digits and the words around it.
///
/// One pass over the text finds what anything could begin with; rules look at bounded stretches from there, so the work is
/// linear in the length of the text, whatever it holds. Numbers with check digits are checked and telephone numbers go by the
/// plan of their country, so that order numbers, versions, amounts and dates stay.
public struct PatternRedactor: PIIRedactor {
    private let detector: Detector

    /// What is looked for.
    public var policy: RedactionPolicy { detector.policy }

    /// Makes a redactor for these kinds.
    public init(kinds: Set<PIIKind> = PIIKind.builtIn) {
        self.init(policy: RedactionPolicy(kinds: kinds))
    }

    /// Makes a redactor for what a team has chosen.
    public init(policy: RedactionPolicy) {
        detector = Detector(policy)
    }

    /// See ``PIIRedactor/findings(in:)``.
    public func findings(in text: UnredactedText) async throws -> [PIIFinding] {
        detector.findings(in: text.reveal(), names: [])
    }

    /// See ``PIIRedactor/findings(in:context:)``.
    public func findings(in text: UnredactedText, context: RedactionContext) async throws -> [PIIFinding] {
        detector.findings(in: text.reveal(), names: context.names)
    }
}
