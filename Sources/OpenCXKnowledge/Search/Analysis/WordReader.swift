/// Turns text into numbers of terms while an index is built; stems every word once.
struct WordReader: ~Copyable {
    private var stemmer: Stemmer
    private var tokenizer: Tokenizer
    private let stopWords: TermTable
    /// The words seen so far, and what became of them.
    private var words = TermTable()
    private var outcomes: [UInt32] = []
    private var stem: [UInt8] = []

    private static let stopped = UInt32.max

    init(language: String) {
        stemmer = Stemmer(language: language)
        tokenizer = Tokenizer(language: language)
        stopWords = StopWords.of(language)
    }

    /// Appends the numbers of the terms of a text.
    mutating func read(_ text: ArraySlice<UInt8>, terms: inout TermTable, into tokens: inout [UInt32]) {
        // Exclusive access for the closure: the tokenizer is taken out for the while.
        var tokenizer = tokenizer
        text.withUnsafeBufferPointer { text in
            tokenizer.forEachToken(in: text) { kind, word, _ in
                let outcome = outcome(of: word, kind, &terms)
                if outcome != Self.stopped { tokens.append(kind == .aside ? outcome | Segment.Layout.aside : outcome) }
            }
        }
    }

    private mutating func outcome(
        of word: UnsafeBufferPointer<UInt8>, _ kind: Tokenizer.Kind, _ terms: inout TermTable
    ) -> UInt32 {
        let number = words.intern(word)
        if number < outcomes.count { return outcomes[number] }
        stem.removeAll(keepingCapacity: true)
        let term = AnalyzedWord.appendTerm(of: word, stopWords: stopWords, stemmer: &stemmer, to: &stem)
        let outcome = term ? UInt32(truncatingIfNeeded: terms.intern(stem)) : Self.stopped
        outcomes.append(outcome)
        return outcome
    }
}

extension Tokenizer {
    /// The tokenizer for a language.
    init(language: String) {
        splitsAtApostrophe = ["fr", "it", "ca"].contains(language)
    }
}

/// What a word becomes before it is looked up.
enum AnalyzedWord {
    /// Appends the term of a lower-case word: without a possessive `'s`, stemmed, without diacritics.
    ///
    /// - Returns: `false` for a stop word, which has no term.
    static func appendTerm(
        of word: UnsafeBufferPointer<UInt8>, stopWords: TermTable, stemmer: inout Stemmer, to term: inout [UInt8]
    ) -> Bool {
        var count = word.count
        if count > 2, word[count - 1] == UInt8(ascii: "s"), word[count - 2] == UInt8(ascii: "'") { count -= 2 }
        let bare = UnsafeBufferPointer(rebasing: word[..<count])
        // Snowball's rules are for words; a code has no endings.
        let isCode = bare.contains(where: ASCII.isDigit)
        if bare.allSatisfy({ $0 < 0x80 }) {
            // Folded already, as nearly always.
            if stopWords.find(bare) != nil { return false }
            if isCode {
                term.append(contentsOf: bare)
                return true
            }
        } else {
            TextFolding.append(bare, to: &term)
            if stopWords.find(term) != nil { return false }
            if isCode { return true }
            term.removeAll(keepingCapacity: true)
        }
        stemmer.appendStem(of: bare, to: &term)
        return !term.isEmpty
    }
}
