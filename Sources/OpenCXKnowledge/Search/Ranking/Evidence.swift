internal import OpenCXCore

/// What speaks for a passage, beside its score.
struct Evidence {
    private let plan: QueryPlan
    private let totalWeight: Float
    /// The words of the question, as the customer wrote them.
    private let spellings: [String]
    /// How well the passage at hand holds each word.
    private var shares: [Float]

    init(_ question: Question, _ plan: QueryPlan) {
        self.plan = plan
        totalWeight = plan.totalWeight
        spellings = question.words.indices.map(question.spelling)
        shares = Array(repeating: 0, count: spellings.count)
    }

    /// The passage with its evidence.
    mutating func ranked(_ hit: ShardSearch.Hit, in shard: Shard) -> RankedPassage {
        let segment = shard.views[hit.view].segment
        measure(segment.units(of: hit), in: segment, hit.view)
        var held: Float = 0
        var matched: [String] = []
        for word in shares.indices where shares[word] > 0 {
            held += shares[word] * plan.wordWeights[word]
            if matched.isEmpty { matched.reserveCapacity(shares.count) }
            matched.append(spellings[word])
        }
        return RankedPassage(
            passage: segment.entries[hit.article].passages[hit.passage], score: Double(hit.score),
            coverage: totalWeight > 0 ? Double(min(held / totalWeight, 1)) : 0, matchedTerms: matched)
    }

    /// Finds out which words stand in any of a passage's windows, its headings or its title.
    private mutating func measure(_ units: Range<Int>, in segment: Segment, _ view: Int) {
        for word in shares.indices { shares[word] = 0 }
        for lookup in plan.lookups where !lookup.isPair {
            guard let term = lookup.places[view] else { continue }
            let list = segment.termPostings.range(term)
            let entry = segment.termPostings.firstEntry(in: list, from: units.lowerBound)
            guard entry < list.upperBound, Int(segment.termPostings.units[entry]) < units.upperBound else { continue }
            for word in lookup.words { shares[word] = max(shares[word], lookup.share) }
        }
    }
}

extension Segment {
    /// The windows of a passage, which stand one after the other.
    fileprivate func units(of hit: ShardSearch.Hit) -> Range<Int> {
        let units = units(of: hit.article)
        guard let first = units.first(where: { layout.passages[$0] == UInt32(hit.passage) }) else {
            return units.lowerBound..<units.lowerBound
        }
        var end = first + 1
        while end < units.upperBound, layout.passages[end] == UInt32(hit.passage) { end += 1 }
        return first..<end
    }
}
