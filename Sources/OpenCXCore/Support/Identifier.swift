/// A text that names one `Entity` and cannot be mistaken for the name of something else.
public struct Identifier<Entity>: Hashable, Sendable {
    /// The text itself.
    public var rawValue: String

    /// Makes an identifier from its text.
    public init(_ rawValue: String) {
        self.rawValue = rawValue
    }
}

extension Identifier: CustomStringConvertible {
    /// The text itself.
    public var description: String { rawValue }
}

extension Identifier: ExpressibleByStringLiteral {
    /// Makes an identifier from a literal.
    public init(stringLiteral value: String) {
        self.init(value)
    }
}

extension Identifier: Comparable {
    /// Orders by the text.
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

extension Identifier: Codable {
    /// Reads the bare text.
    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes the bare text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// Dictionaries by identifier are objects in JSON.
extension Identifier: CodingKeyRepresentable {
    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// The text as a key.
    public var codingKey: any CodingKey { Key(stringValue: rawValue) }

    /// Reads the text of a key.
    public init?(codingKey: some CodingKey) {
        rawValue = codingKey.stringValue
    }
}
