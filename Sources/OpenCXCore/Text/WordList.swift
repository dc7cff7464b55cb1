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
    /// The letters of all words, one word after the other, and where each of them ends.
    private var letters: [UInt8] = []
    private var ends: [Int] = []

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
        letters[(place == 0 ? 0 : ends[place - 1])..<ends[place]]
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
        letters.reserveCapacity(bytes.count)
        words.reserveCapacity(bytes.count / 4)
        ends.reserveCapacity(bytes.count / 4)
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
        let (start, firstLetter) = (position, letters.count)
        var hash = Word.Hash()
        while position < bytes.count, Self.isPartOfWord(bytes[position]) {
            let byte = bytes[position]
            position += 1
            if byte == Self.apostrophe { continue }
            let letter = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
            letters.append(letter)
            hash.add(letter)
        }
        if !hash.isASCII {
            isASCII = false
            letters.removeSubrange(firstLetter...)
            readForeign(String(decoding: bytes[start..<position], as: UTF8.self))
        } else if letters.count > firstLetter {
            words.append(Word(ascii: hash))
            ends.append(letters.count)
        }
    }

    private mutating func readForeign(_ text: String) {
        func end() {
            let start = ends.last ?? 0
            if letters.count == start { return }
            words.append(Word(letters: letters[start...]))
            ends.append(letters.count)
        }
        for character in text.lowercased() {
            if character.isLetter || character.isNumber {
                letters += character.utf8
            } else if character != "'" && character != "’" {
                end()
            }
        }
        end()
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
