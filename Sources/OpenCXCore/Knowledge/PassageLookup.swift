/// Searches the knowledge, and lets nothing through that the store knows better.
struct PassageLookup: Sendable {
    let knowledge: any KnowledgeIndex
    let articles: CurrentArticles

    struct Found: Sendable {
        var result: KnowledgeSearchResult
        /// Every passage of the article found first.
        var bestArticle: [Passage]
        /// What the index found and the store does not let through.
        var excluded: [ExcludedPassage]
    }

    func search(_ query: KnowledgeQuery) async throws -> Found {
        var result = try await knowledge.search(query)
        let ids = result.passages.map { $0.passage.article }
        let current = try await articles.current(ids)
        let excluded = result.check(against: current, for: query.reader)
        let best = result.passages.first.flatMap { best in ids.firstIndex(of: best.passage.article) }
        return Found(result: result, bestArticle: best.flatMap { current[$0]?.passages } ?? [], excluded: excluded)
    }
}

extension KnowledgeSearchResult {
    /// Takes out what the store knows better, and returns it: another process may have made an article internal or rewritten it
    /// since the index read it. `articles` holds the article of each passage.
    ///
    /// A passage of an article in the store is kept if the reader may see the article and the article still has the passage,
    /// word for word under the same headings; it is then the store's. A passage of an article that is not in the store stays
    /// as it is, for an index may have articles of its own: one that was removed is quoted until the index has followed.
    fileprivate mutating func check(
        against articles: [CurrentArticle?], for reader: KnowledgeReader
    ) -> [ExcludedPassage] {
        var excluded: [ExcludedPassage] = []
        var kept = 0
        for (place, article) in articles.enumerated() {
            if let article {
                guard reader.maySee(article.audience) else {
                    excluded.append(ExcludedPassage(passages[place], because: .restrictedMeanwhile))
                    continue
                }
                guard let current = article.passage(like: passages[place].passage) else {
                    excluded.append(ExcludedPassage(passages[place], because: .rewrittenMeanwhile))
                    continue
                }
                passages[place].passage = current
            }
            if kept < place { passages.swapAt(kept, place) }
            kept += 1
        }
        passages.removeLast(passages.count - kept)
        return excluded
    }
}

extension CurrentArticle {
    /// The passage that says the same under the same headings.
    fileprivate func passage(like old: Passage) -> Passage? {
        func isAlike(_ passage: Passage) -> Bool {
            passage.markdown == old.markdown && passage.headings == old.headings
        }
        // Nearly always it stands where it stood.
        if passages.indices.contains(old.ordinal), passages[old.ordinal].ordinal == old.ordinal,
            isAlike(passages[old.ordinal])
        {
            return passages[old.ordinal]
        }
        return passages.first(where: isAlike)
    }
}
