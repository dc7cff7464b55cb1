/// The words of a text, and the cheap tools that compare them. For short texts: questions, topics, examples. The knowledge
/// index has its own, finer analysis.
package enum Words {
    /// The words in lower case, in order; apostrophes inside a word are dropped ("don't" is "dont").
    package static func all(in text: String) -> [String] {
        var words: [String] = []
        var word = ""
        for character in text.lowercased() {
            if character.isLetter || character.isNumber {
                word.append(character)
            } else if character == "'" || character == "’" {
                continue
            } else if !word.isEmpty {
                words.append(word)
                word = ""
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    /// The words that carry meaning, cut to a rough stem.
    package static func content(of text: String) -> [String] {
        all(in: text).filter { !FunctionWords.all.contains($0) }.map(stem)
    }

    /// Cuts common endings, so that "returned", "returns" and "return" meet. Rough on purpose: both sides are cut alike.
    package static func stem(_ word: String) -> String {
        guard word.utf8.count > 4 else {
            return word.utf8.count == 4 && word.hasSuffix("s") && !word.hasSuffix("ss") ? String(word.dropLast()) : word
        }
        for ending in ["ungen", "ings", "ing", "ies", "ung", "ed", "es", "en", "er", "em", "s", "e", "y"]
        where word.hasSuffix(ending) && word.utf8.count - ending.utf8.count >= 3 {
            return String(word.dropLast(ending.count))
        }
        return word
    }

    /// Whether two words are the same but for one typing mistake.
    package static func isNear(_ a: String, _ b: String) -> Bool {
        if a == b { return true }
        // Nearly all pairs end here, before a letter is looked at.
        guard abs(a.utf8.count - b.utf8.count) <= 1, min(a.utf8.count, b.utf8.count) >= 5 else { return false }
        let (short, long) = a.utf8.count <= b.utf8.count ? (a.utf8, b.utf8) : (b.utf8, a.utf8)
        let start = zip(short, long).prefix { $0 == $1 }.count
        let end = zip(short.reversed(), long.reversed()).prefix(short.count - start).prefix { $0 == $1 }.count
        let left = short.count - start - end
        if long.count > short.count { return left == 0 }
        // "store" and "stove" are two words; in longer ones a wrong letter is more likely a slip.
        guard short.count >= 6 else { return false }
        if left == 1 { return true }
        // Two neighbours changed places.
        return left == 2 && short.dropFirst(start).prefix(2).reversed().elementsEqual(long.dropFirst(start).prefix(2))
    }
}
