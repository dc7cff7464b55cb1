/// A line of a mail's text, with what is asked about it again and again.
struct MailLine {
    /// As it stands there.
    let original: String
    /// Without white space at its ends, emphasis around it, and marks of direction.
    let text: String
    /// The same in lower case; empty for lines that are too long to mark anything.
    let lowered: String
    /// Whether it is marked as quoted.
    let isQuoted: Bool
    let isBlank: Bool

    /// Longer lines are paragraphs.
    private static let longestMark = 400

    init(_ line: Substring) {
        original = String(line)
        let bare =
            line.unicodeScalars.contains { Self.isInvisible($0) }
            ? String(String.UnicodeScalarView(line.unicodeScalars.filter { !Self.isInvisible($0) })) : original
        let trimmed = bare.trimmingSpaces
        isBlank = trimmed.isEmpty
        // `>:` is the end of an attribution that was broken before it.
        isQuoted = trimmed.hasPrefix(">") && trimmed != ">:" && bare.prefix(while: { $0 == " " }).count <= 3
        text = trimmed
        lowered = trimmed.utf8.count <= Self.longestMark ? Self.withoutEmphasis(trimmed).lowercased() : ""
    }

    /// Whether the line is nothing but a rule.
    var isRule: Bool { text.utf8.count >= 3 && text.allSatisfy { "-_=*—–".contains($0) } }

    private static func withoutEmphasis(_ text: String) -> String {
        text.contains("*") ? text.filter { $0 != "*" } : text
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}
