/// The words of a text, read once for everything that looks at them. For short texts: questions, topics, examples. The
/// knowledge index has its own, finer analysis.
struct WordList: Sendable {
    /// A stretch of the text between two ends of sentences; it may have no word.
    struct Sentence {
        /// By their places in the list.
        var words: Range<Int>
        /// In UTF-8.
        var bytes: Range<Int>
    }

    /// What was read.
    let text: String
    private(set) var words: [Word] = []
    private(set) var sentences: [Sentence] = []
    /// Whether the text is nothing but ASCII.
    private(set) var isASCII = true
    /// The text in lower case as far as ASCII goes, then the letters of words that do not stand in it like that.
    private var letters: [UInt8] = []
    /// Where the letters of each word are.
    private var ranges: [Range<Int>] = []

    init(_ text: String) {
        self.text = text
        var text = text
        text.withUTF8 { read($0) }
    }

    /// The words of the first `count` characters of the text.
    func beginning(_ count: Int) -> WordList {
        text.utf8.count <= count ? self : WordList(text.beginning(count))
    }

    /// A word's letters in lower case; apostrophes inside a word are dropped ("don't" is "dont").
    func letters(of place: Int) -> ArraySlice<UInt8> {
        letters[ranges[place]]
    }

    /// The words as strings.
    var strings: [String] {
        words.indices.map { String(decoding: letters(of: $0), as: UTF8.self) }
    }

    /// A sentence as it was written.
    func text(of sentence: Sentence) -> String {
        String(decoding: text.utf8.dropFirst(sentence.bytes.lowerBound).prefix(sentence.bytes.count), as: UTF8.self)
    }

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        letters = bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        words.reserveCapacity(bytes.count / 4)
        ranges.reserveCapacity(bytes.count / 4)
        var start = 0
        var firstWord = 0
        func sentence(to end: Int) -> Sentence {
            Sentence(words: firstWord..<words.count, bytes: start..<end)
        }
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            if Self.isPartOfWord(byte) {
                readRun(bytes, &position)
            } else {
                if Self.endsSentence(byte) {
                    if position > start { sentences.append(sentence(to: position)) }
                    (start, firstWord) = (position + 1, words.count)
                }
                position += 1
            }
        }
        if position > start { sentences.append(sentence(to: position)) }
    }

    /// Reads bytes that no word goes beyond. Nearly always they are one word of ASCII, which needs no tables.
    private mutating func readRun(_ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int) {
        let start = position
        var hash = Word.Hash()
        var hasApostrophe = false
        while position < bytes.count, Self.isPartOfWord(bytes[position]) {
            let letter = letters[position]
            position += 1
            if letter == Self.apostrophe {
                hasApostrophe = true
            } else {
                hash.add(letter)
            }
        }
        if !hash.isASCII {
            isASCII = false
            readForeign(String(decoding: bytes[start..<position], as: UTF8.self))
        } else if hasApostrophe {
            append(letters[start..<position].filter { $0 != Self.apostrophe })
        } else {
            words.append(Word(ascii: hash))
            ranges.append(start..<position)
        }
    }

    private mutating func readForeign(_ text: String) {
        var word: [UInt8] = []
        for character in text.lowercased() {
            if character.isLetter || character.isNumber {
                word += character.utf8
            } else if character != "'" && character != "’" {
                append(word)
                word = []
            }
        }
        append(word)
    }

    private mutating func append(_ word: [UInt8]) {
        if word.isEmpty { return }
        words.append(Word(letters: word[...]))
        ranges.append(letters.count..<(letters.count + word.count))
        letters += word
    }

    /// Whether a byte is a letter, a digit, an apostrophe, or not ASCII.
    private static func isPartOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, apostrophe, 0x80...0xFF: true
        default: false
        }
    }

    private static func endsSentence(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: "\n"), UInt8(ascii: ";"): true
        default: false
        }
    }

    private static let apostrophe = UInt8(ascii: "'")
}
