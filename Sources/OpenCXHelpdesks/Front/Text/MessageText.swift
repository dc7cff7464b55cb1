internal import HTMLMarkdown
internal import OpenCXCore

/// What somebody said in a message of Front's.
enum MessageText {
    /// The text, without what a mail program has quoted below it. A mail that has no text is its subject.
    static func words(of message: FrontMessage) -> String {
        let text = isBlank(message.text) ? text(ofHTML: message.body) : message.text
        let words = message.type == "email" ? withoutQuotedHistory(text) : text
        return isBlank(words) && message.attachments.isEmpty ? message.subject ?? "" : words
    }

    /// HTML as text; what has no tags is text already.
    static func text(ofHTML body: String) -> String {
        body.utf8.contains(UInt8(ascii: "<")) ? PlainText.of(HTMLMarkdown.markdown(of: body)) : body
    }

    static func isBlank(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(\.properties.isWhitespace) }

    /// The text up to the quoted lines at its end, and the line that announces them ("On …, … wrote:"). A mail that is nothing
    /// but quoted stays, and so does what stands between quoted lines: then it is an answer to them.
    static func withoutQuotedHistory(_ text: String) -> String {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        var end = lines.count
        while end > 0, isBlank(String(lines[end - 1])) || isQuoted(lines[end - 1]) { end -= 1 }
        // Blank lines at the end alone are no history.
        guard end > 0, lines[end...].contains(where: isQuoted) else { return text }
        let last = lines[end - 1]
        if last.utf8.last == UInt8(ascii: ":") { end -= 1 }
        let rest = lines[..<end].joined(separator: "\n")
        return isBlank(rest) ? text : rest
    }

    private static func isQuoted(_ line: Substring) -> Bool {
        line.unicodeScalars.first { !$0.properties.isWhitespace } == ">"
    }
}
