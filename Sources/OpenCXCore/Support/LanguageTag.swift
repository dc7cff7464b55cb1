/// A language, as a BCP 47 tag: `en`, `de`, `pt-BR`.
public struct LanguageTag: RawRepresentable, Hashable, Sendable, Codable, ExpressibleByStringLiteral,
    CustomStringConvertible
{
    /// The tag as given.
    public var rawValue: String

    /// Makes a language from its tag.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Makes a language from its tag.
    public init(stringLiteral value: String) {
        rawValue = value
    }

    /// The tag as given.
    public var description: String { rawValue }

    /// The language without region and script, in lower case: `pt` for `pt-BR`.
    public var primary: String {
        String(rawValue.prefix { $0 != "-" && $0 != "_" }).lowercased()
    }
}
