/// The words of a text, and the cheap tools that compare them. For short texts: questions, topics, examples. The knowledge
/// index has its own, finer analysis.
package enum Words {
    /// The words in lower case, in order; apostrophes inside a word are dropped ("don't" is "dont").
    package static func all(in text: String) -> [String] { WordList(text).strings }

    /// The words that carry meaning, cut to a rough stem.
    package static func content(of text: String) -> [String] {
        let list = WordList(text)
        return list.words.indices.filter { !FunctionWords.contains(list.words[$0]) }.map { place in
            let letters = list.letters(of: place)
            return String(decoding: letters.dropLast(endingLength(of: letters)), as: UTF8.self)
        }
    }

    /// Cuts common endings, so that "returned", "returns" and "return" meet. Rough on purpose: both sides are cut alike.
    package static func stem(_ word: String) -> String {
        let letters = Array(word.utf8)[...]
        return String(decoding: letters.dropLast(endingLength(of: letters)), as: UTF8.self)
    }

    /// How many letters a stem is shorter than its word.
    static func endingLength(of word: ArraySlice<UInt8>) -> Int {
        guard word.count > 4 else {
            let end = word.suffix(2)
            return word.count == 4 && end.last == UInt8(ascii: "s") && end.first != UInt8(ascii: "s") ? 1 : 0
        }
        let ending = endings.first { word.count - $0.count >= 3 && word.suffix($0.count).elementsEqual($0) }
        return ending?.count ?? 0
    }

    private static let endings = [
        "ungen", "ings", "ing", "ies", "ung", "ed", "es", "en", "er", "em", "s", "e", "y",
    ].map { Array($0.utf8) }

    /// Whether two words are the same but for one typing mistake.
    package static func isNear(_ a: String, _ b: String) -> Bool {
        a == b || isSlip(Array(a.utf8)[...], Array(b.utf8)[...])
    }

    /// Whether one typing mistake is all that tells two words apart.
    static func isSlip(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Bool {
        let (short, long) = a.count <= b.count ? (a, b) : (b, a)
        // Nearly all pairs end here, before a letter is looked at. "store" and "stove" are two words; in longer ones a wrong
        // letter is more likely a slip.
        let isLonger = long.count == short.count + 1
        guard isLonger ? short.count >= 5 : long.count == short.count && short.count >= 6 else { return false }
        var (first, last) = (short.startIndex, short.endIndex)
        let (fromStart, fromEnd) = (long.startIndex - short.startIndex, long.endIndex - short.endIndex)
        while first < last, short[first] == long[first + fromStart] { first += 1 }
        while first < last, short[last - 1] == long[last - 1 + fromEnd] { last -= 1 }
        if isLonger { return first == last }
        if last - first == 1 { return true }
        // Two neighbours changed places.
        return last - first == 2 && short[first] == long[first + fromStart + 1]
            && short[first + 1] == long[first + fromStart]
    }
}

extension String {
    /// The first `count` characters. No text has more characters than bytes, so a short one is not looked at.
    package func beginning(_ count: Int) -> String {
        utf8.count <= count ? self : String(prefix(count))
    }
}
