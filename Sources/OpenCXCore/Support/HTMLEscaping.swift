/// Text on its way into HTML.
package enum HTMLEscaping {
    /// A text as it may stand in an element or in a quoted attribute. NUL is no character of HTML.
    ///
    /// Goes by scalars: a `<` with an accent on it is one character to Swift, and a tag to a browser.
    package static func escaped(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\0": escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
