/// The words of a text as numbers: what compares long texts without making a string of each word.
///
/// A word is a run of letters and digits, in lower case as far as Latin letters go; its first 16 bytes count. Everything
/// outside ASCII is taken for a letter.
struct WordKey: Hashable, Sendable {
    /// The bytes, the first one lowest.
    let bytes: UInt128
    /// Whether it holds a digit.
    let hasDigit: Bool

    /// The beginning of the word, which its inflections share: the first six bytes, five of a word that has no more than six.
    var stem: UInt64 {
        let low = UInt64(truncatingIfNeeded: bytes)
        if hasDigit { return low }
        return low & (low >> 48 == 0 ? 0xFF_FFFF_FFFF : 0xFFFF_FFFF_FFFF)
    }

    /// How many bytes it has, at most 16.
    var count: Int { (128 - bytes.leadingZeroBitCount + 7) / 8 }

    /// The first half tells nearly all words apart.
    func hash(into hasher: inout Hasher) {
        hasher.combine(UInt64(truncatingIfNeeded: bytes))
    }

    init(bytes: UInt128, hasDigit: Bool) {
        self.bytes = bytes
        self.hasDigit = hasDigit
    }

    init(_ word: some Sequence<UInt8>) {
        var packed: UInt128 = 0
        var digit = false
        for (place, byte) in word.prefix(16).enumerated() {
            packed |= UInt128(byte) << UInt128(8 * place)
            if byte &- 0x30 < 10 { digit = true }
        }
        self.init(bytes: packed, hasDigit: digit)
    }
}

enum WordKeys {
    /// The words of a list in source code, which are in lower case already.
    static func set(_ list: String) -> Set<WordKey> {
        Set(list.split(whereSeparator: \.isWhitespace).map { WordKey($0.utf8) })
    }

    /// The words of each sentence. A sentence ends with a stop, a question or exclamation mark before a space, or with the line.
    static func sentences(of text: String) -> [[WordKey]] {
        var sentences: [[WordKey]] = []
        var words: [WordKey] = []
        scan(text) { word in
            words.append(word)
        } endSentence: { _ in
            if !words.isEmpty { sentences.append(words) }
            words.removeAll(keepingCapacity: true)
        }
        return sentences
    }

    /// Walks over the words of a text; `endSentence` gets the place where a sentence ends.
    static func scan(_ text: String, word: (WordKey) -> Void, endSentence: (Int) -> Void = { _ in }) {
        var text = text
        text.withUTF8 { bytes in
            var packed: UInt128 = 0
            var length = 0
            var hasDigit = false
            var place = 0
            func end() {
                if length > 0 { word(WordKey(bytes: packed, hasDigit: hasDigit)) }
                packed = 0
                length = 0
                hasDigit = false
            }
            while place < bytes.count {
                var byte = bytes[place]
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"): break
                case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte |= 0x20
                case UInt8(ascii: "0")...UInt8(ascii: "9"): hasDigit = true
                case UInt8(ascii: "'"):
                    place += 1
                    continue
                case 0xE2 where isTypographic(bytes, place):
                    // An apostrophe joins, as in "I’ve"; dashes, quotes and spaces part.
                    if !(bytes[place + 1] == 0x80 && bytes[place + 2] == 0x99) { end() }
                    place += 3
                    continue
                case 0xC2:
                    end()
                    place += 2
                    continue
                case 0x80...0xBF where length > 0 && place > 0 && bytes[place - 1] == 0xC3:
                    // Capital letters of Latin-1.
                    if byte <= 0x9E, byte != 0x97 { byte |= 0x20 }
                case 0x80...: break
                default:
                    end()
                    let isEnd =
                        byte == 0x0A
                        || (byte == UInt8(ascii: ".") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?"))
                            && (place + 1 == bytes.count || bytes[place + 1] <= 0x20)
                    if isEnd { endSentence(place) }
                    place += 1
                    continue
                }
                if length < 16 { packed |= UInt128(byte) << UInt128(8 * length) }
                length += 1
                place += 1
            }
            end()
            endSentence(bytes.count)
        }
    }

    /// General punctuation, currency signs, arrows and the like.
    private static func isTypographic(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
        place + 2 < bytes.count && bytes[place + 1] >= 0x80 && bytes[place + 1] <= 0x86
    }
}
