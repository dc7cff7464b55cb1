internal import Markdown
internal import OpenCXCore

/// What the agent says, as Front takes it: HTML where mail is written, text elsewhere.
struct FrontBody: Sendable {
    /// What Front is given as the body.
    var body: String
    /// The same as text, beside HTML.
    var text: String?

    /// - Parameters:
    ///   - markdown: what is said, as CommonMark.
    ///   - recipient: whom it goes to. An address with an `@` is one that reads HTML: mail, and chats of visitors who are known
    ///     by their address.
    init(_ markdown: String, to recipient: String?) {
        let plain = Self.trimmed(PlainText.of(markdown))
        if recipient?.utf8.contains(UInt8(ascii: "@")) ?? false {
            body = Self.trimmed(MarkdownRendering.conversation.html(of: markdown))
            text = plain
        } else {
            body = plain
        }
    }

    private static func trimmed(_ text: String) -> String {
        var scalars = text.unicodeScalars[...]
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        return String(scalars.drop { $0.properties.isWhitespace })
    }
}

/// What was to be said, to be found again in what Front has. Front rewrites HTML, and adds signatures; letters and digits stay.
struct SaidWords: Sendable {
    private let letters: [Unicode.Scalar]

    /// - Parameter markdown: what was to be said, as CommonMark.
    init(_ markdown: String) {
        letters = Self.letters(of: PlainText.of(markdown))
    }

    /// Whether a message says the same.
    func areSaid(in message: FrontMessage) -> Bool {
        guard !letters.isEmpty else { return false }
        return [message.text, MessageText.text(ofHTML: message.body)].contains { given in
            let found = Self.letters(of: given)
            // A long one may have something below it.
            return found == letters || letters.count >= 40 && found.starts(with: letters)
        }
    }

    private static func letters(of text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    }
}
