/// A long comment in several.
enum CommentParts {
    /// Front tells no limit for a comment; this is far below what it takes, and more than most people read.
    static let limit = 16_000

    /// Cuts a text into parts of at most `limit` bytes: between lines, else between characters.
    static func split(_ text: String, limit: Int = Self.limit) -> [String] {
        var parts: [String] = []
        var part = ""
        func close() {
            if !part.isEmpty { parts.append(part) }
            part = ""
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if part.utf8.count + line.utf8.count + 1 > limit { close() }
            if line.utf8.count <= limit {
                part += part.isEmpty ? String(line) : "\n" + line
                continue
            }
            for scalar in line.unicodeScalars {
                if part.utf8.count + UTF8.width(scalar) > limit { close() }
                part.unicodeScalars.append(scalar)
            }
        }
        close()
        return parts
    }
}
