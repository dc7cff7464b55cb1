/// What is known of certain words, found by a word's number: one look for each word of a message.
struct WordTable<Value: Sendable>: Sendable {
    private struct Slot: Sendable {
        /// 0 where the slot is free.
        var key: UInt64 = 0
        var value: Value?
    }

    private var slots: [Slot]
    private let mask: Int

    init(_ values: [Word: Value]) {
        var size = 8
        while size < values.count * 4 { size *= 2 }
        mask = size - 1
        slots = Array(repeating: Slot(), count: size)
        for (word, value) in values { slots[slot(of: word)] = Slot(key: word.key, value: value) }
    }

    subscript(word: Word) -> Value? { slots[slot(of: word)].value }

    /// Where the word is, or could be. At most a quarter of the table is full, so there is a free slot to stop at.
    private func slot(of word: Word) -> Int {
        var slot = Int(truncatingIfNeeded: word.key >> 24) & mask
        while slots[slot].key != 0, slots[slot].key != word.key { slot = (slot + 1) & mask }
        return slot
    }
}

/// Words in source code that one word is looked for in.
struct WordSet: Sendable {
    private let table: WordTable<Void>

    init(_ words: some Sequence<Word>) {
        table = WordTable(Dictionary(words.map { ($0, ()) }) { first, _ in first })
    }

    /// The words of lists with spaces or line breaks between them.
    init(_ lists: String...) {
        self.init(lists.flatMap { $0.split(whereSeparator: \.isWhitespace).map { Word(stringLiteral: String($0)) } })
    }

    func contains(_ word: Word) -> Bool { table[word] != nil }
}
