/// Keeps the raw values behind a session's placeholders.
///
/// In memory by default (``InMemoryVault``): after a restart old placeholders stay masked for good, and new ones get
/// numbers that were never used, because the session remembers its counts.
public protocol PIIVault: Sendable {
    /// The placeholders of these values within the session: the known ones for values seen before, else new ones with
    /// numbers above `counts`. Number 999,999 is the last: it stands for every value from there on, and for none of them
    /// a raw value is kept.
    func placeholders(
        for values: [PIIValue], in session: SessionID, above counts: PlaceholderCounts
    ) async throws -> [Placeholder]

    /// The raw values that are known, by placeholder.
    func values(of placeholders: [Placeholder], in session: SessionID) async throws -> [Placeholder: String]

    /// Forgets everything about a session.
    func forget(_ session: SessionID) async throws

    /// Forgets every value that was kept before a time.
    func expire(before time: Timestamp) async throws

    /// Forgets what has outlived the vault's own lifetime, where it has one. A running agent asks for it now and then.
    func expire() async throws
}

/// A raw value on its way into the vault. Prints as its kind.
public struct PIIValue: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// What it is.
    public var kind: PIIKind
    /// The value itself.
    public var raw: String

    /// Makes a value from its kind and text.
    public init(kind: PIIKind, raw: String) {
        self.kind = kind
        self.raw = raw
    }

    /// The kind, never the value.
    public var description: String { "‹\(kind.rawValue)›" }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// How many placeholders of each kind a session has used.
public struct PlaceholderCounts: Hashable, Sendable, Codable {
    /// The highest number used, by the kind's name.
    public var highest: [String: Int]

    /// Makes counts from the highest number used by kind's name.
    public init(highest: [String: Int] = [:]) {
        self.highest = highest
    }

    /// The last number there is; no raw value is kept for it.
    public static let limit = Placeholder.highestNumber

    /// The highest number used of a kind, at most 999,999.
    public subscript(kind: PIIKind) -> Int {
        get { min(max(0, highest[kind.rawValue] ?? 0), Placeholder.highestNumber) }
        set { highest[kind.rawValue] = newValue }
    }

    /// Counts these placeholders as used.
    public mutating func include(_ placeholders: some Sequence<Placeholder>) {
        for placeholder in placeholders {
            self[placeholder.kind] = max(self[placeholder.kind], placeholder.number)
        }
    }
}
