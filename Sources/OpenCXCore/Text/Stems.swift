/// The words of a text that carry meaning, cut to their stems, each once. What says the same in other words shares them.
struct Stems: Sendable {
    struct Stem: Sendable {
        var word: Word
        /// Its place in the letters.
        var range: Range<Int>
    }

    private(set) var all: [Stem] = []
    private var letters: [UInt8] = []

    init() {}

    init(_ list: WordList) {
        for place in list.words.indices { insert(place, of: list) }
    }

    /// Takes a word up if it carries meaning, and tells the place of its stem.
    @discardableResult
    mutating func insert(_ place: Int, of list: WordList) -> Int? {
        if FunctionWords.contains(list.words[place]) { return nil }
        return insert(list.letters(of: place))
    }

    /// Takes a word up, and tells the place of its stem.
    @discardableResult
    mutating func insert(_ word: ArraySlice<UInt8>) -> Int {
        let stem = word.dropLast(Words.endingLength(of: word))
        let key = Word(letters: stem)
        // A text has few different words, so looking through them takes no time.
        if let known = all.firstIndex(where: { $0.word == key }) { return known }
        all.append(Stem(word: key, range: letters.count..<(letters.count + stem.count)))
        letters += stem
        return all.count - 1
    }

    /// Lets go of the stems that others have, too.
    mutating func remove(_ others: Stems) {
        all.removeAll { stem in others.all.contains { $0.word == stem.word } }
    }

    /// Whether two stems are the same, but for one typing mistake.
    func isNear(_ stem: Stem, _ other: Stem, of others: Stems) -> Bool {
        if stem.word == other.word { return true }
        // Nearly all pairs end here.
        guard abs(stem.range.count - other.range.count) <= 1 else { return false }
        return Words.isSlip(letters[stem.range], others.letters[other.range])
    }

    /// Whether a stem of another text is here, but for one typing mistake.
    func has(_ stem: Stem, of others: Stems) -> Bool {
        all.contains { isNear($0, stem, of: others) }
    }
}
