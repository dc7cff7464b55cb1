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
            func isAlike(_ passage: Passage) -> Bool {
                passage.markdown == old.markdown && passage.headings == old.headings
            }
            // Nearly always it stands where it stood.
            let place =
                passages.firstIndex { $0.ordinal == old.ordinal && isAlike($0) } ?? passages.firstIndex(where: isAlike)
            guard let place else { return nil }
            var ranked = ranked
            ranked.passage = passages[place]
            return ranked
        }
        return result
    }
}
