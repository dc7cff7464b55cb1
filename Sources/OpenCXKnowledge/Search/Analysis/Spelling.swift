/// The terms of a segment by length, for finding the one that a misspelt word means.
struct Spelling: Sendable {
    /// Terms in order of length, and where each length begins.
    private let ordered: [UInt32]
    private let starts: [Int]
    /// Which letters each term holds, one bit for each, in the order of `ordered`: terms that differ in too many cannot be
    /// close.
    private let signatures: [UInt32]

    /// The length of the longest word that is looked at, in bytes.
    private static let longest = 32

    init(_ terms: TermTable) {
        var starts = [Int](repeating: 0, count: Self.longest + 2)
        var kept: [(id: UInt32, length: Int, signature: UInt32)] = []
        for id in 0..<terms.count {
            let term = terms.term(id)
            guard term.count >= 3, term.count <= Self.longest, !term.contains(where: ASCII.isDigit) else { continue }
            kept.append((UInt32(id), term.count, Self.signature(term)))
            starts[term.count + 1] += 1
        }
        for length in 1..<starts.count { starts[length] += starts[length - 1] }
        var next = starts
        var ordered = [UInt32](repeating: 0, count: kept.count)
        var signatures = ordered
        for term in kept {
            ordered[next[term.length]] = term.id
            signatures[next[term.length]] = term.signature
            next[term.length] += 1
        }
        self.ordered = ordered
        self.starts = starts
        self.signatures = signatures
    }

    /// How many letters may be wrong in a word of this length.
    static func tolerance(_ length: Int) -> Int { length < 4 ? 0 : length < 8 ? 1 : 2 }

    /// Calls `found` with every term that is at most `distance` edits away, and how many they are.
    func forEachTerm(
        near word: [UInt8], within distance: Int, in terms: TermTable, _ found: (_ term: Int, _ distance: Int) -> Void
    ) {
        guard word.count <= Self.longest, let initial = word.first else { return }
        let signature = Self.signature(word[...])
        let low = max(3, word.count - distance)
        let high = min(Self.longest, word.count + distance)
        guard low <= high else { return }
        for place in starts[low]..<starts[high + 1]
        where (signatures[place] ^ signature).nonzeroBitCount <= 2 * distance {
            let id = Int(ordered[place])
            let range = terms.range(id)
            // The first letter is seldom wrong, and short words have too many neighbours.
            if word.count < 6, terms.bytes[range.lowerBound] != initial { continue }
            let edits = Self.distance(word, terms.bytes[range], limit: distance)
            if edits <= distance { found(id, edits) }
        }
    }

    private static func signature(_ term: ArraySlice<UInt8>) -> UInt32 {
        var bits: UInt32 = 0
        for byte in term { bits |= 1 << UInt32(byte & 31) }
        return bits
    }

    /// Edits between two words: letters added, left out, exchanged, or two neighbours swapped. Stops counting above `limit`.
    static func distance(_ a: [UInt8], _ b: ArraySlice<UInt8>, limit: Int) -> Int {
        let offset = b.startIndex
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        var current = beforeLast
        for i in 1...max(a.count, 1) where i <= a.count {
            current[0] = i
            var smallest = i
            for j in stride(from: 1, through: b.count, by: 1) {
                let same = a[i - 1] == b[offset + j - 1]
                var cost = min(last[j] + 1, current[j - 1] + 1, last[j - 1] + (same ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[offset + j - 2], a[i - 2] == b[offset + j - 1] {
                    cost = min(cost, beforeLast[j - 2] + 1)
                }
                current[j] = cost
                smallest = min(smallest, cost)
            }
            if smallest > limit { return limit + 1 }
            (beforeLast, last, current) = (last, current, beforeLast)
        }
        return last[b.count]
    }
}
