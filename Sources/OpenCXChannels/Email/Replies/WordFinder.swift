/// Looks for many words in a text at once: one pass over its bytes.
struct WordFinder: Sendable {
    private let words: [[[UInt8]]]

    init(_ list: [String]) {
        var words = [[[UInt8]]](repeating: [], count: 256)
        for word in list.map({ Array($0.utf8) }) {
            if let first = word.first { words[Int(first)].append(word) }
        }
        self.words = words
    }

    /// Whether one of the words stands anywhere in the text.
    func isIn(_ text: some StringProtocol) -> Bool {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            for start in bytes.indices {
                for word in words[Int(bytes[start])] where bytes.count - start >= word.count {
                    var place = 1
                    while place < word.count, bytes[start + place] == word[place] { place += 1 }
                    if place == word.count { return true }
                }
            }
            return false
        }
    }
}
