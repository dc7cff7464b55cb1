internal import OpenCXCore

/// What speaks for a passage, beside its score.
struct Evidence {
    let question: Question
    let plan: QueryPlan

    /// The passage with its evidence.
    func ranked(_ hit: ShardSearch.Hit, in shard: Shard) -> RankedPassage {
        let view = shard.views[hit.view]
        let entry = view.segment.entries[hit.article]
        var shares = [Float](repeating: 0, count: question.words.count)
        for lookup in plan.lookups where !lookup.isPair {
            guard let place = lookup.places[hit.view], contains(view.segment, place, hit) else { continue }
            for word in lookup.words { shares[word] = max(shares[word], lookup.share) }
        }
        let total = plan.totalWeight
        var held: Float = 0
        for (share, weight) in zip(shares, plan.wordWeights) { held += share * weight }
        return RankedPassage(
            passage: entry.passages[hit.passage], score: Double(hit.score),
            coverage: total > 0 ? Double(min(held / total, 1)) : 0,
            matchedTerms: shares.indices.filter { shares[$0] > 0 }.map(question.spelling))
    }

    /// Whether a term stands in any window of a passage, its headings or its title.
    private func contains(_ segment: Segment, _ term: Int, _ hit: ShardSearch.Hit) -> Bool {
        let units = segment.units(of: hit.article).filter { segment.layout.passages[$0] == UInt32(hit.passage) }
        guard let first = units.first, let last = units.last else { return false }
        let list = segment.termPostings.range(term)
        let entry = segment.termPostings.firstEntry(in: list, from: first)
        return entry < list.upperBound && Int(segment.termPostings.units[entry]) <= last
    }
}
