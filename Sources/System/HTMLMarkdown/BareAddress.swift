/// A web address in running text. GFM makes a link of it, up to the next white space and whatever stands there, escapes included.
struct BareAddress {
    /// How many characters belong to it.
    let count: Int
    /// Whether it has a scheme, and so can stand in angle brackets.
    let hasScheme: Bool
    /// Whether a character that must be escaped, or the end of the text, follows before white space.
    let isExposed: Bool

    /// The address that begins at a place of the text, if one does.
    init?(in text: [Unicode.Scalar], at place: Int) {
        // As GFM looks for schemes: letters of other alphabets are none.
        if place > 0, text[place - 1].isASCII, text[place - 1].properties.isAlphabetic { return nil }
        let rest = text[place...]
        guard let prefix = Self.prefixes.first(where: rest.starts) else { return nil }
        hasScheme = prefix.last == "/"
        var end = place
        while end < text.count, text[end].value > 0x20, !Self.ends.contains(text[end]) { end += 1 }
        isExposed = end == text.count || text[end] != " " || text[place..<end].contains { Self.marks.contains($0) }
        while end > place, Self.trailing.contains(text[end - 1]) { end -= 1 }
        count = end - place
        if count <= prefix.count { return nil }
    }

    private static let prefixes = ["https://", "http://", "ftp://", "www."].map { Array($0.unicodeScalars) }
    private static let ends = Set("<>\"\\`".unicodeScalars)
    private static let marks = Set("*_~[]|&".unicodeScalars)
    private static let trailing = Set(".,:;!?)'*_~]|&".unicodeScalars)
}
