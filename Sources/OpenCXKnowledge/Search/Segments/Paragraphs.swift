/// Cuts a text into windows of some words, at empty lines where there are any, elsewhere between words.
struct Paragraphs {
    private let text: [UInt8]
    private var position = 0

    init(_ text: [UInt8]) {
        self.text = text
    }

    /// The next window: whole paragraphs of together about as many words; `nil` at the end.
    mutating func next(words limit: Int) -> Range<Int>? {
        guard position < text.count else { return nil }
        let start = position
        var count = 0
        var inWord = false
        var lineIsEmpty = false
        var paragraphEnd = start
        var index = start
        while index < text.count {
            let byte = text[index]
            if byte == 0x0A {
                if lineIsEmpty { paragraphEnd = index + 1 }
                lineIsEmpty = true
            } else if byte != 0x20, byte != 0x09, byte != 0x0D {
                lineIsEmpty = false
            }
            let isSpace = byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
            if isSpace { inWord = false }
            if !isSpace, !inWord {
                inWord = true
                count += 1
                if count > limit, paragraphEnd > start {
                    position = paragraphEnd
                    return start..<paragraphEnd
                }
                // A paragraph without end: a table, a listing.
                if count > 2 * limit {
                    position = index
                    return start..<index
                }
            }
            index += 1
        }
        position = text.count
        return start..<text.count
    }
}
