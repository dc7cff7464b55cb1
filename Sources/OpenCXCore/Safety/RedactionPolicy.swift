/// What a team has redacted, and how.
public struct RedactionPolicy: Sendable, Hashable {
    /// The kinds to look for.
    public var kinds: Set<PIIKind>
    /// The regions (ISO 3166 codes, as in "DE") whose telephone numbers are found without a word for telephone beside them.
    /// International numbers, and numbers that begin with a zero, are found for all regions.
    public var regions: Set<String>

    /// Makes a policy.
    ///
    /// - Parameters:
    ///   - kinds: the kinds to look for.
    ///   - regions: the regions whose telephone numbers are found by their form alone.
    public init(kinds: Set<PIIKind> = PIIKind.builtIn, regions: Set<String> = RedactionPolicy.defaultRegions) {
        self.kinds = kinds
        self.regions = regions
    }

    /// North America, whose numbers have a form of their own.
    public static let defaultRegions: Set<String> = ["US", "CA"]
}
