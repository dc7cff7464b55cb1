/// A message in pieces between spaces, without the punctuation around them.
struct MessageTokens {
    /// A piece of the message.
    struct Token {
        /// As the customer wrote it.
        var text: String
        /// Its last words in lower case.
        var word: String
        /// Whether a comma, a colon or the like ends it, so that what follows is something else.
        var endsClause: Bool
    }

    let tokens: [Token]

    init(_ text: String) {
        tokens = text.beginning(8000).split(whereSeparator: \.isWhitespace).prefix(1500).compactMap { piece in
            let core = Self.trimmed(piece)
            guard !core.isEmpty else { return nil }
            let end = piece.last.map { ".,;!?".contains($0) } ?? false
            return Token(text: String(core), word: core.lowercased(), endsClause: end)
        }
    }

    subscript(index: Int) -> Token? { tokens.indices.contains(index) ? tokens[index] : nil }

    /// Whether the words of a name stand right before a place: "quantity 3", "quantity: 3", "the quantity is 3".
    func isNamed(_ names: [[String]], before index: Int) -> Bool {
        var end = index
        while let before = self[end - 1], Self.links.contains(before.word) { end -= 1 }
        return names.contains { name in
            !name.isEmpty && end >= name.count
                && zip(tokens[(end - name.count)..<end], name).allSatisfy { $0.word == $1 && !$0.endsClause }
        }
    }

    private static let links: Set<String> = ["is", "are", "=", "to", "of", "ist", "sind", "auf", "von", "lautet"]

    /// Without quotes, brackets and punctuation around it; the brackets of a placeholder stay.
    private static func trimmed(_ piece: Substring) -> Substring {
        var piece = piece
        while let first = piece.first, "\"'“”„‚‘’«»(<{*_`".contains(first) || first == "[" && !isPlaceholder(piece) {
            piece.removeFirst()
        }
        while let last = piece.last, "\"'“”„‚‘’«»)>}*_`.,;:!?".contains(last) || last == "]" && !isPlaceholder(piece) {
            piece.removeLast()
        }
        return piece
    }

    private static func isPlaceholder(_ piece: Substring) -> Bool {
        guard let start = piece.firstIndex(of: "[") else { return false }
        return !Placeholder.all(in: String(piece[start...])).isEmpty
    }
}
