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

    /// The words, in order of appearance, without stop words.
    private(set) var words: [Word] = []
    /// Neighbours among the words, as places in `words`, with how often they stand together.
    private(set) var pairs: [(first: Int, second: Int, count: Int)] = []
    /// Words of the text that stand side by side, stop words too, written as one; with the places of those in `words`.
    private(set) var joints: [(term: [UInt8], words: [Int])] = []
    /// The bytes that were read.
    private let text: [UInt8]

    init(_ question: String, language: String) {
        var text = Array(question.utf8.prefix(Self.maximumLength))
        Self.blankPlaceholders(&text)
        self.text = text
        let stopWords = StopWords.of(language)
        var stemmer = Stemmer(language: language)
        var tokenizer = Tokenizer(language: language)
        var places: [[UInt8]: Int] = [:]
        var pairPlaces: [SIMD2<Int32>: Int] = [:]
        var words: [Word] = []
        var pairs: [(first: Int, second: Int, count: Int)] = []
        var joints: [(term: [UInt8], words: [Int])] = []
        var previous: Int?
        var neighbour: (lower: [UInt8], place: Int?)?
        text.withUnsafeBufferPointer { text in
            tokenizer.forEachToken(in: text) { kind, lower, source in
                var term: [UInt8] = []
                var place: Int?
                if AnalyzedWord.appendTerm(of: lower, stopWords: stopWords, stemmer: &stemmer, to: &term) {
                    if let known = places[term] {
                        words[known].count += 1
                        if kind == .word { words[known].isAside = false }
                        place = known
                    } else if words.count < Self.maximumWords {
                        place = words.count
                        places[term] = words.count
                        words.append(
                            Word(
                                term: term, lower: Array(lower), count: 1, source: source, isAside: kind == .aside))
                    }
                }
                guard kind == .word else { return }
                if let neighbour, joints.count < Self.maximumWords {
                    var joined = neighbour.lower
                    joined.append(contentsOf: lower)
                    let members = [neighbour.place, place].compactMap(\.self)
                    if joined.count >= 5, joined.count <= Tokenizer.maximumWordLength, !members.isEmpty {
                        joints.append((joined, members))
                    }
                }
                neighbour = (Array(lower), place)
                guard let place else { return }
                if let previous {
                    let key = SIMD2(Int32(previous), Int32(place))
                    if let known = pairPlaces[key] {
                        pairs[known].count += 1
                    } else {
                        pairPlaces[key] = pairs.count
                        pairs.append((previous, place, 1))
                    }
                }
                previous = place
            }
        }
        for index in joints.indices {
            var term: [UInt8] = []
            let isTerm = joints[index].term.withUnsafeBufferPointer {
                AnalyzedWord.appendTerm(of: $0, stopWords: stopWords, stemmer: &stemmer, to: &term)
            }
            joints[index].term = isTerm && places[term] == nil ? term : []
        }
        self.words = words
        self.pairs = pairs
        self.joints = joints.filter { !$0.term.isEmpty }
    }

    /// A word as the customer wrote it.
    func spelling(_ word: Int) -> String {
        String(decoding: text[words[word].source], as: UTF8.self)
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
