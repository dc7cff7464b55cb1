internal import OpenCXCore

/// Everything an index holds at one moment: the shards, one for each language. A value that shares what did not change.
struct IndexState: Sendable {
    private(set) var shards: [Shard] = []
    /// Counts the changes, to notice that somebody else made one meanwhile.
    private(set) var generation = 0
    /// The version of the store's knowledge that is in here; there may be newer articles too.
    private(set) var knowledgeVersion: Int?
    let parameters: RankingParameters

    init(parameters: RankingParameters) {
        self.parameters = parameters
    }

    init(parameters: RankingParameters, segments: [(language: String, segment: Segment)]) {
        self.parameters = parameters
        shards = segments.map { language, segment in
            var shard = Shard(language: language, parameters: parameters)
            shard.apply(removing: [], adding: segment)
            return shard
        }
    }

    /// Changes whose articles have been read.
    struct Change: Sendable {
        fileprivate var removed: [ArticleID]
        fileprivate var added: [String: Segment] = [:]

        init(_ changes: KnowledgeChanges) {
            var latest: [ArticleID: Int] = [:]
            for (index, article) in changes.upserted.enumerated() { latest[article.id] = index }
            let articles = changes.upserted.enumerated().filter { latest[$1.id] == $0 }.map(\.element)
            removed = changes.removed + articles.map(\.id)
            let gone = Set(changes.removed)
            let byLanguage = Dictionary(grouping: articles.filter { !gone.contains($0.id) }, by: \.locale.primary)
            for (language, articles) in byLanguage {
                var builder = SegmentBuilder(language: language)
                for article in articles { builder.add(article) }
                added[language] = builder.finish()
            }
        }
    }

    /// Says that everything up to a version of the store's knowledge is in here.
    mutating func reached(_ version: Int) {
        knowledgeVersion = version
        generation += 1
    }

    /// The state after a change.
    func applying(_ change: Change) -> IndexState {
        var next = self
        next.generation += 1
        for language in change.added.keys where !next.shards.contains(where: { $0.language == language }) {
            next.shards.append(Shard(language: language, parameters: parameters))
        }
        for index in next.shards.indices {
            next.shards[index].apply(removing: change.removed, adding: change.added[next.shards[index].language])
        }
        next.shards.removeAll { $0.articleCount == 0 }
        next.shards.sort { $0.language < $1.language }
        return next
    }

    var articleCount: Int { shards.reduce(0) { $0 + $1.articleCount } }

    var revisions: [ArticleID: String] {
        var revisions: [ArticleID: String] = [:]
        for shard in shards {
            for view in shard.views {
                for (entry, isDead) in zip(view.segment.entries, view.dead.isDead) where !isDead {
                    revisions[entry.id] = entry.revision
                }
            }
        }
        return revisions
    }

    /// Ranks the passages of the shards that the query asks for, each read in its own language.
    func search(_ query: KnowledgeQuery) -> KnowledgeSearchResult {
        let languages = query.locales.map(\.primary)
        var searches: [ShardQuestion] = []
        for shard in shards where languages.isEmpty || languages.contains(shard.language) {
            searches.append(ShardQuestion(query.text.text, shard))
        }
        guard let known = searches.map({ 1 - $0.plan.unknownShare }).max() else { return KnowledgeSearchResult() }
        // A shard that knows much less of the question than another is of the wrong language.
        searches.removeAll { 1 - $0.plan.unknownShare < known / 2 }
        var passages: [RankedPassage] = []
        for search in searches { search.append(to: &passages, reader: query.reader, limit: query.limit) }
        if searches.count > 1 {
            passages.sort { a, b in
                a.score != b.score
                    ? a.score > b.score
                    : (a.passage.article, a.passage.ordinal) < (b.passage.article, b.passage.ordinal)
            }
            passages.removeLast(max(passages.count - max(query.limit, 0), 0))
        }
        return KnowledgeSearchResult(
            passages: passages, unknownShare: 1 - known, termCount: searches.map(\.plan.termCount).max() ?? 0)
    }
}

/// A question as one shard reads it.
private struct ShardQuestion {
    let shard: Shard
    let question: Question
    let plan: QueryPlan

    init(_ text: String, _ shard: Shard) {
        self.shard = shard
        question = Question(text, language: shard.language)
        plan = QueryPlan(question, shard)
    }

    /// Appends the best passages, best first.
    func append(to passages: inout [RankedPassage], reader: KnowledgeReader, limit: Int) {
        let hits = ShardSearch(shard: shard, plan: plan).hits(reader: reader, limit: limit)
        passages.reserveCapacity(passages.count + hits.count)
        var evidence = Evidence(question, plan)
        for hit in hits { passages.append(evidence.ranked(hit, in: shard)) }
    }
}
