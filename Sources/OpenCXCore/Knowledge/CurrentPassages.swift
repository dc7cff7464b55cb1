extension KnowledgeSearchResult {
    /// The result without what the store knows better: another process may have made an article internal or rewritten it since
    /// the index read it.
    ///
    /// A passage of an article in the store is kept if the reader may see the article and the article still has the passage,
    /// word for word under the same headings; it is then the store's. A passage of an article that is not in the store stays
    /// as it is, for an index may have articles of its own: one that was removed is quoted until the index has followed.
    func checked(
        against articles: [Article], for reader: KnowledgeReader, cut: PassageCache = PassageCache()
    ) -> KnowledgeSearchResult {
        var current: [ArticleID: [Passage]] = [:]
        for article in articles {
            current[article.id] = reader.maySee(article.audience) ? cut.passages(of: article) : []
        }
        var result = self
        result.passages = passages.compactMap { ranked in
            let old = ranked.passage
            guard let passages = current[old.article] else { return ranked }
            let alike = passages.filter { $0.headings == old.headings && $0.markdown == old.markdown }
            guard let passage = alike.first(where: { $0.ordinal == old.ordinal }) ?? alike.first else { return nil }
            var ranked = ranked
            ranked.passage = passage
            return ranked
        }
        return result
    }
}
