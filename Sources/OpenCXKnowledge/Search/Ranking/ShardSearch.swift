internal import OpenCXCore

/// Ranks the passages of one shard for one question.
struct ShardSearch {
    /// A passage that made it.
    struct Hit {
        var view: Int
        var article: Int
        var passage: Int
        var score: Float
    }

    let shard: Shard
    let plan: QueryPlan

    /// The best passages that the reader may see, best first.
    func hits(reader: KnowledgeReader, limit: Int) -> [Hit] {
        guard limit > 0, !plan.lookups.isEmpty else { return [] }
        var best = BestArticles(limit: limit)
        var accumulators: [Accumulator] = []
        for (index, view) in shard.views.enumerated() {
            var accumulator = Accumulator(view, shard.parameters)
            for lookup in plan.lookups {
                if let place = lookup.places[index] { accumulator.add(lookup, place, in: view) }
            }
            let visible = view.segment.audiences.map(reader.maySee)
            for article in view.segment.entries.indices
            where accumulator.articles[article] > 0 && !view.dead[article] {
                let entry = view.segment.entries[article]
                guard visible[entry.audience], !entry.passages.isEmpty else { continue }
                let score = bestPassage(article, index, accumulator)
                best.offer(.init(view: index, article: article, score: score, id: entry.id))
            }
            accumulators.append(accumulator)
        }
        return passages(of: best.sorted(), accumulators, limit: limit)
    }

    /// The score of an article: its best passage, the article as a whole, and more when the question names its title.
    private func bestPassage(_ article: Int, _ view: Int, _ sums: Accumulator) -> Float {
        let segment = shard.views[view].segment
        var best: Float = 0
        for unit in segment.units(of: article) where segment.layout.passages[unit] != Segment.Layout.noPassage {
            best = max(best, sums.units[unit])
        }
        return (best + sums.articles[article]) * boost(article, view, sums)
    }

    private func boost(_ article: Int, _ view: Int, _ sums: Accumulator) -> Float {
        let mass = shard.views[view].norms.titleMass[article]
        guard mass > 0 else { return 1 }
        return 1 + plan.titleBoost * min(sums.titles[article] / mass, 1)
    }

    /// The passages of the best articles. The first passage of an article counts in full, the others by their rank in it, so
    /// that one article does not fill the list.
    private func passages(
        of articles: [BestArticles.Candidate], _ accumulators: [Accumulator], limit: Int
    ) -> [Hit] {
        var hits: [(hit: Hit, id: ArticleID)] = []
        for candidate in articles {
            let segment = shard.views[candidate.view].segment
            let sums = accumulators[candidate.view]
            var scores = [Float](repeating: 0, count: segment.entries[candidate.article].passages.count)
            for unit in segment.units(of: candidate.article) {
                let passage = Int(segment.layout.passages[unit])
                if passage < scores.count { scores[passage] = max(scores[passage], sums.units[unit]) }
            }
            let boost = boost(candidate.article, candidate.view, sums)
            let order = scores.indices.sorted { scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1] }
            for (rank, passage) in order.prefix(shard.parameters.passagesPerArticle).enumerated()
            where rank == 0 || scores[passage] > 0 {
                let score = (scores[passage] + sums.articles[candidate.article]) * boost / Float(rank + 1)
                let hit = Hit(view: candidate.view, article: candidate.article, passage: passage, score: score)
                hits.append((hit, candidate.id))
            }
        }
        return hits.sorted { a, b in
            if a.hit.score != b.hit.score { return a.hit.score > b.hit.score }
            if a.id != b.id { return a.id < b.id }
            return a.hit.passage < b.hit.passage
        }.prefix(limit).map(\.hit)
    }
}

/// Keeps the best articles seen so far: by score, then by id.
struct BestArticles {
    /// An article and its score.
    struct Candidate {
        var view: Int
        var article: Int
        var score: Float
        var id: ArticleID

        /// Whether it comes before another.
        func precedes(_ other: Candidate) -> Bool {
            score != other.score ? score > other.score : id < other.id
        }
    }

    private let limit: Int
    /// A heap with the worst in front.
    private var heap: [Candidate] = []

    init(limit: Int) {
        self.limit = limit
    }

    /// What an article must beat; `nil` while there is room.
    var threshold: Float? { heap.count < limit ? nil : heap.first?.score }

    /// Takes an article in, if it is good enough.
    mutating func offer(_ candidate: Candidate) {
        if heap.count < limit {
            heap.append(candidate)
            var place = heap.count - 1
            while place > 0, heap[(place - 1) / 2].precedes(heap[place]) {
                heap.swapAt(place, (place - 1) / 2)
                place = (place - 1) / 2
            }
        } else if candidate.precedes(heap[0]) {
            heap[0] = candidate
            sink()
        }
    }

    private mutating func sink() {
        var place = 0
        while true {
            var worst = place
            for child in [2 * place + 1, 2 * place + 2] where child < heap.count {
                if heap[worst].precedes(heap[child]) { worst = child }
            }
            if worst == place { return }
            heap.swapAt(place, worst)
            place = worst
        }
    }

    /// What is left, best first.
    func sorted() -> [Candidate] { heap.sorted { $0.precedes($1) } }
}
