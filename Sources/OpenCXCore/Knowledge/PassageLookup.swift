/// Searches the knowledge, and lets nothing through that the store knows better.
struct PassageLookup: Sendable {
    let knowledge: any KnowledgeIndex
    /// The articles with these ids, as they are now.
    let articles: @Sendable ([ArticleID]) async throws -> [Article]
    let cut: PassageCache

    struct Found: Sendable {
        var result: KnowledgeSearchResult
        /// Every passage of the article found first.
        var bestArticle: [Passage]
        /// What the index found and the store does not let through.
        var excluded: [ExcludedPassage]
    }

    func search(_ query: KnowledgeQuery) async throws -> Found {
        let ranked = try await knowledge.search(query)
        let ids = Set(ranked.passages.map(\.passage.article))
        let articles = ids.isEmpty ? [] : try await articles(ids.sorted())
        let result = ranked.checked(against: articles, for: query.reader, cut: cut)
        let best = articles.first { $0.id == result.passages.first?.passage.article }
        return Found(
            result: result, bestArticle: best.map(cut.passages) ?? [],
            excluded: result.passages.count == ranked.passages.count
                ? [] : ranked.excluded(by: articles, for: query.reader, from: result))
    }
}

extension KnowledgeSearchResult {
    /// What was in this result and is not in the checked one.
    fileprivate func excluded(
        by articles: [Article], for reader: KnowledgeReader, from checked: KnowledgeSearchResult
    ) -> [ExcludedPassage] {
        // What is left stands in the same order and has the same scores.
        var left = checked.passages[...]
        return passages.compactMap { ranked in
            if let next = left.first, next.passage.article == ranked.passage.article, next.score == ranked.score,
                next.passage.markdown == ranked.passage.markdown
            {
                left = left.dropFirst()
                return nil
            }
            let article = articles.first { $0.id == ranked.passage.article }
            let isVisible = article.map { reader.maySee($0.audience) } ?? true
            return ExcludedPassage(ranked, because: isVisible ? .rewrittenMeanwhile : .restrictedMeanwhile)
        }
    }
}
