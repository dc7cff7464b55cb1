/// Text that the redactor has seen: personal data in it stand as placeholders such as `[EMAIL_1]`.
///
/// The store, the trace, the knowledge index and every language model take only this type. There is no public way to make
/// one from a text of unknown origin:
///
/// - ``Redaction`` makes them, out of ``UnredactedText``;
/// - a literal in source code is one, because it cannot hold a customer's data;
/// - the place of a file is one where a store of ours has made it up (``KeptLocation``);
/// - stores get back what they stored, through `@_spi(OpenCXStorage)`.
public struct RedactedText: Hashable, Sendable {
    /// The text, placeholders and all.
    public let text: String

    /// For the redaction stage only.
    init(redacted text: String) {
        self.text = text
    }

    /// Gives a store back the text that it was handed.
    ///
    /// Import the core as `@_spi(OpenCXStorage)` to reach this, in a store and nowhere else.
    @_spi(OpenCXStorage)
    public init(restoredFromStore text: String) {
        self.text = text
    }

    /// Text cut or put together from nothing but redacted parts.
    package init(derived text: String, from sources: RedactedText...) {
        self.text = text
    }

    /// The place of a file, which has nothing of a customer's in it.
    init(_ location: KeptLocation) {
        text = location.description
    }

    /// No text.
    public static let empty = RedactedText(redacted: "")

    /// Whether there is no text.
    public var isEmpty: Bool { text.isEmpty }

    /// One text after the other.
    public static func + (a: RedactedText, b: RedactedText) -> RedactedText {
        RedactedText(redacted: a.text + b.text)
    }

    /// The first `count` characters.
    public func prefix(_ count: Int) -> RedactedText {
        RedactedText(redacted: String(text.prefix(count)))
    }

    /// The placeholders in the text, each once, in order of appearance.
    public var placeholders: [Placeholder] { Placeholder.all(in: text) }
}

extension RedactedText: ExpressibleByStringLiteral {
    /// Text written in source code. A `StaticString` cannot be made at run time, so no customer's words come in this way.
    public init(stringLiteral value: StaticString) {
        text = value.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
    }
}

extension RedactedText: CustomStringConvertible {
    /// The text, placeholders and all.
    public var description: String { text }
}

extension [RedactedText] {
    /// The texts, one after the other, with a separator between them.
    public func joined(separator: StaticString) -> RedactedText {
        RedactedText(redacted: map(\.text).joined(separator: RedactedText(stringLiteral: separator).text))
    }
}

/// Says that a decoder reads what a store wrote. Anybody can make the key, but only a store can make this.
public struct StoredTextDecoding: Sendable {
    /// For a decoder in a store and nowhere else.
    @_spi(OpenCXStorage)
    public init() {}
}

extension RedactedText: Codable {
    /// Where a decoder is told, by a ``StoredTextDecoding``, that it reads what a store wrote.
    @_spi(OpenCXStorage)
    public static let restoringKey = CodingUserInfoKey(rawValue: "opencx.restoring-stored-text")

    /// Reads text that a store wrote. Any other decoder is refused, for what it reads was never redacted.
    ///
    /// - Throws: `DecodingError.dataCorrupted` when the decoder does not belong to a store.
    public init(from decoder: any Decoder) throws {
        guard let key = Self.restoringKey, decoder.userInfo[key] is StoredTextDecoding else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "Text from outside a store must pass the redactor before it is RedactedText."))
        }
        text = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes the bare text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
