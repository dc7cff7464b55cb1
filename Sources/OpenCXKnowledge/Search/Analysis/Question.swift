/// A question cut into words, as one language reads it.
struct Question {
    /// Bytes of a question that are read; what comes after them is ignored.
    static let maximumLength = 65_536
    /// Different words of a question that are searched for; further ones are ignored.
    static let maximumWords = 400

    /// A word of the question, each once.
    struct Word {
        /// What is looked up.
        var term: [UInt8]
        /// The word in lower case, not stemmed.
        var lower: [UInt8]
        /// How often it stands in the question.
        var count: Int
        /// Where it stands first.
        var source: Range<Int>
        /// Whether it only repeats others: the whole of a code, or a part of a word with a hyphen.
        var isAside: Bool
    }

    /// Words of the text that stand side by side, stop words too, and may be one.
    struct Joint {
        /// The two, as places in the question's `lower`.
        var first: Range<Int>
        var second: Range<Int>
        /// Those of the two that are in `words`: one at least.
        var words: [Int]
    }

    /// The words, in order of appearance, without stop words.
    private(set) var words: [Word] = []
    /// Neighbours among the words, as places in `words`, with how often they stand together.
    private(set) var pairs: [(first: Int, second: Int, count: Int)] = []
    /// Neighbours in the text that are long enough together, and not too long, to be a word.
    private(set) var joints: [Joint] = []
    /// The words of the text in lower case, one after the other.
    private(set) var lower: [UInt8] = []
    /// The bytes that were read.
    private let text: [UInt8]
    /// The terms, numbered as `words` is.
    private var terms = TermTable()

    init(_ question: String, language: String) {
        var question = question
        var text = question.withUTF8 { Array(UnsafeBufferPointer(rebasing: $0.prefix(Self.maximumLength))) }
        Self.blankPlaceholders(&text)
        self.text = text
        lower.reserveCapacity(text.count)
        var reader = Reader(language: language)
        var tokenizer = Tokenizer(language: language)
        text.withUnsafeBufferPointer { text in
            tokenizer.forEachToken(in: text) { kind, word, source in add(kind, word, source, &reader) }
        }
    }

    /// A word as the customer wrote it.
    func spelling(_ word: Int) -> String {
        String(decoding: text[words[word].source], as: UTF8.self)
    }

    /// Whether one of the words is this term.
    func contains(_ term: [UInt8]) -> Bool { terms.find(term) != nil }

    /// What stands before the token that is read, and what turns it into a term.
    private struct Reader: ~Copyable {
        let stopWords: TermTable
        var stemmer: Stemmer
        var pairs = PairTable()
        /// Written anew for every token.
        var term: [UInt8] = []
        /// The word of the text before.
        var neighbour: (lower: Range<Int>, place: Int?)?
        /// The word before that is no stop word.
        var previous: Int?

        init(language: String) {
            stopWords = StopWords.of(language)
            stemmer = Stemmer(language: language)
        }
    }

    private mutating func add(
        _ kind: Tokenizer.Kind, _ word: UnsafeBufferPointer<UInt8>, _ source: Range<Int>, _ reader: inout Reader
    ) {
        let start = lower.count
        lower.append(contentsOf: word)
        let place = self.place(of: word, kind, source, &reader)
        guard kind == .word else { return }
        join(start..<lower.count, place, reader)
        reader.neighbour = (start..<lower.count, place)
        guard let place else { return }
        if let previous = reader.previous { pair(previous, place, &reader) }
        reader.previous = place
    }

    /// The place of a token in `words`; `nil` for a stop word, and for a new word when there are too many already.
    private mutating func place(
        of word: UnsafeBufferPointer<UInt8>, _ kind: Tokenizer.Kind, _ source: Range<Int>, _ reader: inout Reader
    ) -> Int? {
        reader.term.removeAll(keepingCapacity: true)
        let isTerm = AnalyzedWord.appendTerm(
            of: word, stopWords: reader.stopWords, stemmer: &reader.stemmer, to: &reader.term)
        guard isTerm else { return nil }
        if let known = terms.find(reader.term) {
            words[known].count += 1
            if kind == .word { words[known].isAside = false }
            return known
        }
        guard words.count < Self.maximumWords else { return nil }
        words.append(
            Word(
                term: reader.term, lower: Array(word), count: 1, source: source, isAside: kind == .aside))
        return terms.intern(reader.term)
    }

    private mutating func join(_ lower: Range<Int>, _ place: Int?, _ reader: borrowing Reader) {
        guard let neighbour = reader.neighbour, joints.count < Self.maximumWords else { return }
        guard (5...Tokenizer.maximumWordLength).contains(neighbour.lower.count + lower.count) else { return }
        let members =
            switch (neighbour.place, place) {
            case (let first?, let second?): [first, second]
            case (let word?, nil), (nil, let word?): [word]
            case (nil, nil): [Int]()
            }
        if !members.isEmpty { joints.append(Joint(first: neighbour.lower, second: lower, words: members)) }
    }

    private mutating func pair(_ first: Int, _ second: Int, _ reader: inout Reader) {
        let known = reader.pairs.intern(UInt32(truncatingIfNeeded: first), UInt32(truncatingIfNeeded: second))
        if known < pairs.count { pairs[known].count += 1 } else { pairs.append((first, second, 1)) }
    }

    /// Overwrites placeholders of redacted data (`[EMAIL_1]`): they are nobody's words.
    private static func blankPlaceholders(_ text: inout [UInt8]) {
        var open: Int?
        for index in text.indices {
            switch text[index] {
            case UInt8(ascii: "["): open = index
            case UInt8(ascii: "]"):
                if let start = open, index > start + 2, ASCII.isDigit(text[index - 1]) {
                    for place in start...index { text[place] = 0x20 }
                }
                open = nil
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "0")...UInt8(ascii: "9"): break
            default: open = nil
            }
        }
    }
}
