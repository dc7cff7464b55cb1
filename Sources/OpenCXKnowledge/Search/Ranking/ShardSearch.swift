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
        var best = BestArticles(limit: limit, in: shard)
        var accumulators: [Accumulator] = []
        accumulators.reserveCapacity(shard.views.count)
        for (index, view) in shard.views.enumerated() {
            let visible = view.segment.audiences.map(reader.maySee)
            let (sums, candidates) = sum(index, view, visible, limit: limit)
            func offer(_ article: Int) {
                guard sums.articles[article] > 0, !view.isDead(article) else { return }
                guard visible[view.segment.articleAudiences[article]] else { return }
                let score = bestPassage(article, view, sums) * boost(article, view, sums)
                best.offer(.init(view: index, article: article, score: score))
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
        // What is still to come after each list: the most that it can add to one article, and how many entries it has.
        var remaining = [(score: Float, entries: Int)](repeating: (0, 0), count: plan.lookups.count + 1)
        for place in plan.lookups.indices.reversed() {
            remaining[place] = remaining[place + 1]
            guard let number = plan.lookups[place].places[index] else { continue }
            remaining[place].score += view.bound(plan.lookups[place], number)
            remaining[place].entries += view.length(plan.lookups[place], number)
        }
        let most = 1 + plan.titleBoost
        // Looking for candidates costs a walk over the articles, each as much as two entries: only when it may succeed and there
        // is work to save.
        var ceiling: Float = 0
        var candidates: [Int]?
        for (lookup, rest) in zip(plan.lookups, remaining) {
            guard let number = lookup.places[index] else { continue }
            if prunes, candidates == nil, rest.score < ceiling, rest.entries > 2 * sums.articles.count {
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
        for article in sums.articles.indices where sums.articles[article] > 0 && !view.isDead(article) {
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
        var hits: [Hit] = []
        hits.reserveCapacity(articles.count * shard.parameters.passagesPerArticle)
        var scores: [Float] = []
        for candidate in articles {
            let view = shard.views[candidate.view]
            let sums = accumulators[candidate.view]
            score(candidate.article, view.segment, sums, &scores)
            let boost = boost(candidate.article, view, sums)
            for rank in 0..<min(shard.parameters.passagesPerArticle, scores.count) {
                guard let passage = Self.best(of: scores), rank == 0 || scores[passage] > 0 else { break }
                let score = (scores[passage] + sums.articles[candidate.article]) * boost / Float(rank + 1)
                hits.append(Hit(view: candidate.view, article: candidate.article, passage: passage, score: score))
                scores[passage] = -1
            }
        }
        hits.sort { a, b in
            if a.score != b.score { return a.score > b.score }
            let (idA, idB) = (shard.id(a.view, a.article), shard.id(b.view, b.article))
            return idA != idB ? idA < idB : a.passage < b.passage
        }
        return Array(hits.prefix(limit))
    }

    /// The score of each passage of an article: that of its best window.
    private func score(_ article: Int, _ segment: Segment, _ sums: Accumulator, _ scores: inout [Float]) {
        scores.removeAll(keepingCapacity: true)
        for _ in 0..<segment.entries[article].passages.count { scores.append(0) }
        for unit in segment.units(of: article) {
            let passage = Int(segment.layout.passages[unit])
            if passage < scores.count { scores[passage] = max(scores[passage], sums.units[unit]) }
        }
    }

    /// The place of the highest score, the first of equal ones.
    private static func best(of scores: [Float]) -> Int? {
        var best: Int?
        for place in scores.indices where best.map({ scores[place] > scores[$0] }) ?? true { best = place }
        return best
    }
}
