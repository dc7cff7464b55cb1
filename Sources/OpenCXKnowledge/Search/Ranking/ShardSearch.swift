internal import OpenCXCore

/// Ranks the passages of one shard for one question.
struct ShardSearch {
    /// A passage that made it.
    struct Hit: Equatable {
        var view: Int
        var article: Int
        var passage: Int
        var score: Float
    }

    let shard: Shard
    let plan: QueryPlan
    /// Off only in the test that compares.
    var prunes = true

    /// The best passages that the reader may see, best first.
    func hits(reader: KnowledgeReader, limit: Int) -> [Hit] {
        guard limit > 0, !plan.lookups.isEmpty else { return [] }
        var best = BestArticles(limit: limit)
        var accumulators: [Accumulator] = []
        for (index, view) in shard.views.enumerated() {
            let visible = view.segment.audiences.map(reader.maySee)
            let (sums, candidates) = sum(index, view, visible, limit: limit)
            func offer(_ article: Int) {
                guard sums.articles[article] > 0, !view.dead[article] else { return }
                guard visible[view.segment.articleAudiences[article]] else { return }
                let score = bestPassage(article, view, sums) * boost(article, view, sums)
                if let threshold = best.threshold, score < threshold { return }
                let id = view.segment.entries[article].id
                best.offer(.init(view: index, article: article, score: score, id: id))
            }
            if let candidates {
                for article in candidates { offer(article) }
            } else {
                for article in sums.articles.indices { offer(article) }
            }
            accumulators.append(sums)
        }
        return passages(of: best.sorted(), accumulators, limit: limit)
    }

    /// Adds up the lists of a segment, rarest first.
    ///
    /// As soon as what the remaining lists can add is less than what the last article of the result has already, only articles
    /// that can still get there are looked up in them (max-score pruning). The result is the same as without.
    private func sum(
        _ index: Int, _ view: SegmentView, _ visible: [Bool], limit: Int
    ) -> (sums: Accumulator, candidates: [Int]?) {
        var sums = Accumulator(view, shard.parameters)
        let lists = plan.lookups.compactMap { lookup in lookup.places[index].map { (lookup, $0) } }
        // What is still to come after each list: the most that it can add to one article, and how many entries it has.
        var remaining = [(score: Float, entries: Int)](repeating: (0, 0), count: lists.count + 1)
        for (place, list) in lists.enumerated().reversed() {
            remaining[place].score = remaining[place + 1].score + view.bound(list.0, list.1)
            remaining[place].entries = remaining[place + 1].entries + view.length(list.0, list.1)
        }
        let most = 1 + plan.titleBoost
        // Looking for candidates costs a walk over the articles: only when it may succeed and there is work to save.
        var ceiling: Float = 0
        var candidates: [Int]?
        for (place, (lookup, number)) in lists.enumerated() {
            let rest = remaining[place]
            if prunes, candidates == nil, rest.score < ceiling, rest.entries > sums.articles.count {
                candidates = self.candidates(view, sums, visible, limit, rest.score * most, most)
                if candidates == nil { ceiling = rest.score / 2 }
            }
            if let candidates {
                sums.add(lookup, number, articles: candidates, in: view)
            } else {
                sums.add(lookup, number, in: view)
                if !lookup.isPair { ceiling = max(ceiling, 0.5 * view.bound(lookup, number)) }
            }
        }
        return (sums, candidates)
    }

    /// The articles that can still be among the best when the remaining lists add as much; `nil` when any can.
    private func candidates(
        _ view: SegmentView, _ sums: Accumulator, _ visible: [Bool], _ limit: Int, _ remaining: Float, _ most: Float
    ) -> [Int]? {
        var floor = SmallestOfLargest(limit)
        var scores = [Float](repeating: 0, count: sums.articles.count)
        for article in sums.articles.indices where sums.articles[article] > 0 && !view.dead[article] {
            guard visible[view.segment.articleAudiences[article]] else { continue }
            scores[article] = bestPassage(article, view, sums)
            floor.offer(scores[article])
        }
        // A little less, for sums of rounded numbers.
        guard let least = floor.value.map({ $0 * 0.999 }), remaining < least else { return nil }
        let candidates = scores.indices.filter { scores[$0] > 0 && scores[$0] * most + remaining >= least }
        return candidates.count * 8 < scores.count ? candidates : nil
    }

    /// The best passage of an article and the article as a whole.
    private func bestPassage(_ article: Int, _ view: SegmentView, _ sums: Accumulator) -> Float {
        let segment = view.segment
        var best: Float = 0
        for unit in segment.units(of: article) where segment.layout.passages[unit] != Segment.Layout.noPassage {
            best = max(best, sums.units[unit])
        }
        return best + sums.articles[article]
    }

    /// More than one when the question names the title.
    private func boost(_ article: Int, _ view: SegmentView, _ sums: Accumulator) -> Float {
        let mass = view.norms.titleMass[article]
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
            let boost = boost(candidate.article, shard.views[candidate.view], sums)
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
