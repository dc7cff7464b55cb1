/// Finds what a word means that the index does not hold: a misspelt word, or two words written as one.
enum Respelling {
    /// Candidates for one word at most.
    private static let maximumCandidates = 3

    /// What the word may mean, with what a find is worth.
    static func candidates(for word: Question.Word, in shard: Shard) -> [(found: Find, share: Float)] {
        let tolerance = Spelling.tolerance(word.term.count)
        let shares = shard.parameters.misspellingShares
        if tolerance >= 1, case let near = terms(near: word.term, 1, shard), !near.isEmpty {
            return near.map { ($0, shares[1]) }
        }
        if let parts = split(word, shard) { return parts.map { ($0, shares[1]) } }
        if tolerance >= 2 { return terms(near: word.term, 2, shard).map { ($0, shares[2]) } }
        return []
    }

    /// A term one letter away that is so much more frequent that a word in a single article is likely a slip itself.
    static func likelier(than word: Question.Word, _ found: Find, in shard: Shard) -> [Find] {
        guard Spelling.tolerance(word.term.count) >= 1 else { return [] }
        return terms(near: word.term, 1, shard).filter { $0.frequency.articles >= 20 * found.frequency.articles }
    }

    /// The most frequent terms within a distance.
    private static func terms(near word: [UInt8], _ distance: Int, _ shard: Shard) -> [Find] {
        var near: Set<[UInt8]> = []
        for view in shard.views {
            view.segment.spelling.forEachTerm(near: word, within: distance, in: view.segment.terms) { term, _ in
                near.insert(Array(view.segment.terms.term(term)))
            }
        }
        return near.map { (term: $0, found: Find($0, in: shard)) }
            .filter { $0.found.frequency.articles > 0 }
            .sorted { a, b in
                if a.found.frequency.articles != b.found.frequency.articles {
                    return a.found.frequency.articles > b.found.frequency.articles
                }
                return a.term.lexicographicallyPrecedes(b.term)
            }
            .prefix(maximumCandidates).map(\.found)
    }

    /// The two terms that a compound is made of, cut where the shorter part is longest.
    private static func split(_ word: Question.Word, _ shard: Shard) -> [Find]? {
        let lower = word.lower
        let minimum = 4
        guard lower.count >= 2 * minimum else { return nil }
        let stopWords = StopWords.of(shard.language)
        var stemmer = Stemmer(language: shard.language)
        func find(_ part: ArraySlice<UInt8>) -> Find? {
            var term: [UInt8] = []
            let isTerm = part.withUnsafeBufferPointer {
                AnalyzedWord.appendTerm(of: $0, stopWords: stopWords, stemmer: &stemmer, to: &term)
            }
            guard isTerm, term.count >= 3 else { return nil }
            let found = Find(term, in: shard)
            return found.frequency.articles > 0 ? found : nil
        }
        let cuts = (minimum...(lower.count - minimum)).sorted { a, b in
            let (lengthA, lengthB) = (min(a, lower.count - a), min(b, lower.count - b))
            return lengthA == lengthB ? a < b : lengthA > lengthB
        }
        for cut in cuts where lower[cut] & 0xC0 != 0x80 {
            guard let second = find(lower[cut...]) else { continue }
            if let first = find(lower[..<cut]) { return [first, second] }
            // German joins with an s: Lieferung-s-adresse.
            if shard.language == "de", lower[cut - 1] == UInt8(ascii: "s"), let first = find(lower[..<(cut - 1)]) {
                return [first, second]
            }
        }
        return nil
    }
}
