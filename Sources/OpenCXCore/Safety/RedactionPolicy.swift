/// What a team has redacted, and how.
public struct RedactionPolicy: Sendable {
    /// The kinds to look for.
    public var kinds: Set<PIIKind>
    /// The regions (ISO 3166 codes, as in "DE") whose telephone numbers are found without a word for telephone beside them.
    /// International numbers, and numbers that begin with a zero, are found for all regions.
    public var regions: Set<String>
    /// What stands in the place of each kind.
    public var masks: [PIIKind: MaskStyle]
    /// What stands in the place of the kinds that `masks` does not name.
    public var mask: MaskStyle
    /// The team's own patterns.
    public var patterns: [CustomPattern]
    /// Names that are always looked for, besides those of whoever wrote.
    public var names: [String]

    /// Makes a policy.
    ///
    /// - Parameters:
    ///   - kinds: the kinds to look for.
    ///   - regions: the regions whose telephone numbers are found by their form alone.
    ///   - masks: what stands in the place of each kind.
    ///   - mask: what stands in the place of the kinds that `masks` does not name.
    ///   - patterns: the team's own patterns.
    ///   - names: names that are always looked for.
    public init(
        kinds: Set<PIIKind> = PIIKind.builtIn, regions: Set<String> = RedactionPolicy.defaultRegions,
        masks: [PIIKind: MaskStyle] = [:], mask: MaskStyle = .placeholder, patterns: [CustomPattern] = [],
        names: [String] = []
    ) {
        self.kinds = kinds
        self.regions = regions
        self.masks = masks
        self.mask = mask
        self.patterns = patterns
        self.names = names
    }

    /// What stands in the place of a kind.
    public func mask(of kind: PIIKind) -> MaskStyle { masks[kind] ?? mask }

    /// North America, whose numbers have a form of their own.
    public static let defaultRegions: Set<String> = ["US", "CA"]

    /// The regions whose numbering plans are known.
    public static var knownRegions: Set<String> { Set(PhonePlans.world.regions.map(\.region)) }
}
