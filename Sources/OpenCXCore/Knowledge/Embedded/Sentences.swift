/// Cuts a paragraph into sentences, links and abbreviations whole.
enum Sentences {
    static func all(in paragraph: String) -> [String] {
        var sentences: [String] = []
        var current = ""
        var depth = 0
        var previous: Character = " "
        let characters = Array(paragraph)
        for (place, character) in characters.enumerated() {
            current.append(character == "\n" ? " " : character)
            switch character {
            case "[", "(": depth += 1
            case "]", ")": depth = max(0, depth - 1)
            case ".", "!", "?":
                // Inside a link or between letters ("help.example", "e.g.") nothing ends.
                let next = place + 1 < characters.count ? characters[place + 1] : " "
                let ends = depth == 0 && next.isWhitespace && !isAbbreviation(current) && !previous.isWhitespace
                if ends {
                    sentences.append(String(current.trimmingSpaces()))
                    current = ""
                }
            default: break
            }
            previous = character
        }
        let rest = current.trimmingSpaces()
        if !rest.isEmpty { sentences.append(String(rest)) }
        return sentences
    }

    private static func isAbbreviation(_ text: String) -> Bool {
        // No abbreviation is longer, so a sentence that never ends costs no more.
        let last = text.suffix(12).split(separator: " ").last.map { $0.lowercased() } ?? ""
        return [
            "e.g.", "i.e.", "etc.", "vs.", "no.", "mr.", "mrs.", "dr.", "approx.", "z.b.", "d.h.", "bzw.", "ca.", "nr.",
            "usw.",
        ].contains(last) || (last.count == 2 && last.first?.isNumber == true)
    }
}
