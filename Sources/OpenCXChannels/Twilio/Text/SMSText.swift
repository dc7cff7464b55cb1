internal import OpenCXCore

/// What the agent says, as text messages.
enum SMSText {
    /// Plain text, in the cheap alphabet where nothing is lost by it.
    static func plain(_ markdown: String) -> String {
        let lines = PlainText.of(markdown).split(separator: "\n", omittingEmptySubsequences: false)
        // A heading's signs and a block's fences mean nothing on a telephone.
        let plain = lines.filter { !$0.hasPrefix("```") }.map { line -> Substring in
            let hashes = line.prefix { $0 == "#" }
            return (1...6).contains(hashes.count) && line.dropFirst(hashes.count).first == " "
                ? line.dropFirst(hashes.count + 1) : line
        }
        return GSM7.simplified(trimmed(plain.joined(separator: "\n")))
    }

    /// Cuts a text into bodies of at most `limit` UTF-16 units: between paragraphs, else lines, sentences or words. A link is cut
    /// only when it is longer than a body.
    static func bodies(_ text: String, limit: Int) -> [String] {
        var bodies: [String] = []
        var rest = text[...]
        while rest.utf16.count > limit {
            let cut = cut(rest, limit: limit)
            bodies.append(trimmed(rest[..<cut]))
            rest = rest[cut...].drop(while: \.isWhitespace)
        }
        bodies.append(trimmed(rest))
        return bodies.filter { !$0.isEmpty }
    }

    /// Where the first body ends: never at the beginning, so that every cut gets on.
    private static func cut(_ text: Substring, limit: Int) -> String.Index {
        // The last place of each kind that fits: after a paragraph, a line, a sentence, a word.
        var last: [Break: (place: String.Index, units: Int)] = [:]
        var place = text.startIndex
        var units = 0
        var previous: Character = " "
        while place < text.endIndex, units + text[place].utf16.count <= limit {
            if let kind = Break(text[place], after: previous) { last[kind] = (place, units) }
            previous = text[place]
            units += previous.utf16.count
            place = text.index(after: place)
        }
        // The limit may fall right between two words.
        if let kind = Break(text[place], after: previous) { last[kind] = (place, units) }
        // A fine place near the beginning would waste half a message.
        let best = Break.allCases.lazy.compactMap { last[$0] }.first { $0.units >= limit / 2 } ?? last[.word]
        if let best, best.units > 0 { return best.place }
        return place > text.startIndex ? place : text.index(after: place)
    }

    private enum Break: CaseIterable {
        case paragraph, line, sentence, word

        init?(_ character: Character, after previous: Character) {
            guard character.isWhitespace else { return nil }
            switch (character.isNewline, previous) {
            case (true, _) where previous.isNewline: self = .paragraph
            case (true, _): self = .line
            case (false, "."), (false, "!"), (false, "?"): self = .sentence
            default: self = .word
            }
        }
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        String(String(text.drop(while: \.isWhitespace).reversed()).drop(while: \.isWhitespace).reversed())
    }
}
