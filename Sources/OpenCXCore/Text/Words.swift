/// The words of a text, and the cheap tools that compare them. For short texts: questions, topics, examples. The knowledge
/// index has its own, finer analysis.
package enum Words {
    /// The words in lower case, in order; apostrophes inside a word are dropped ("don't" is "dont").
    package static func all(in text: String) -> [String] {
        var text = text
        return text.withUTF8 { bytes in
            var words: [String] = []
            var start = 0
            while start < bytes.count {
                // No word goes over such a byte. Between two of them, nearly everything is ASCII, which needs no tables.
                guard isPartOfWord(bytes[start]) else {
                    start += 1
                    continue
                }
                var end = start
                var isASCII = true
                while end < bytes.count, isPartOfWord(bytes[end]) {
                    isASCII = isASCII && bytes[end] < 0x80
                    end += 1
                }
                let run = UnsafeBufferPointer(rebasing: bytes[start..<end])
                if isASCII {
                    if let word = asciiWord(run) { words.append(word) }
                } else {
                    words += unicodeWords(String(decoding: run, as: UTF8.self))
                }
                start = end
            }
            return words
        }
    }

    /// Whether a byte is a letter, a digit, an apostrophe, or not ASCII.
    private static func isPartOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, apostrophe, 0x80...0xFF: true
        default: false
        }
    }

    private static let apostrophe = UInt8(ascii: "'")

    private static func asciiWord(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        let word = String(unsafeUninitializedCapacity: bytes.count) { output in
            var count = 0
            for byte in bytes where byte != apostrophe {
                output.initializeElement(at: count, to: (0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
                count += 1
            }
            return count
        }
        return word.isEmpty ? nil : word
    }

    private static func unicodeWords(_ text: String) -> [String] {
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
        var word = word
        return word.withUTF8 { bytes in
            let cut = endingLength(of: bytes)
            return cut == 0 ? nil : String(decoding: UnsafeBufferPointer(rebasing: bytes.dropLast(cut)), as: UTF8.self)
        } ?? word
    }

    private static func endingLength(of word: UnsafeBufferPointer<UInt8>) -> Int {
        guard word.count > 4 else {
            return word.count == 4 && word[3] == UInt8(ascii: "s") && word[2] != UInt8(ascii: "s") ? 1 : 0
        }
        let ending = endings.first { word.count - $0.count >= 3 && word.suffix($0.count).elementsEqual($0) }
        return ending?.count ?? 0
    }

    private static let endings = [
        "ungen", "ings", "ing", "ies", "ung", "ed", "es", "en", "er", "em", "s", "e", "y",
    ].map { Array($0.utf8) }

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

extension String {
    /// The first `count` characters. No text has more characters than bytes, so a short one is not looked at.
    package func beginning(_ count: Int) -> String {
        utf8.count <= count ? self : String(prefix(count))
    }
}
