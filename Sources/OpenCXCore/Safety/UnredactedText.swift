/// Text as it came in, personal data and all.
///
/// Nothing stores, traces, indexes or prompts with this type: ``Redaction`` turns it into ``RedactedText`` first. It prints
/// as its length, so that it cannot leak through a log line or an error.
public struct UnredactedText: Sendable, Hashable {
    private let raw: String

    /// Wraps a text that may hold personal data.
    public init(_ raw: String) {
        self.raw = raw
    }

    /// Hands out the text: to a ``PIIRedactor`` looking for personal data, or to an adapter at the boundary that is meant
    /// to receive it (an action's arguments, a helpdesk's ticket).
    public func reveal() -> String { raw }

    /// The length in UTF-8 bytes.
    public var byteCount: Int { raw.utf8.count }
}

extension UnredactedText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The length, never the text.
    public var description: String { "‹unredacted text, \(byteCount) bytes›" }
    /// The length, never the text.
    public var debugDescription: String { description }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension UnredactedText {
    /// Without control characters other than line breaks and tabs: no store, terminal or helpdesk has a use for them.
    var withoutControls: UnredactedText {
        let raw = reveal()
        let isControl: (Unicode.Scalar) -> Bool = { $0.value < 32 && $0 != "\n" && $0 != "\t" || $0.value == 127 }
        // Bytes tell as well as scalars whether there is one, and sooner.
        guard raw.utf8.contains(where: { isControl(Unicode.Scalar($0)) }) else { return self }
        let lines = raw.split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n")
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: lines.unicodeScalars.filter { !isControl($0) })
        return UnredactedText(String(scalars))
    }
}
