/// The passages of the articles used last, so that an article that many customers ask about is not cut up for each of them.
final class PassageCache: Sendable {
    private static let capacity = 200

    private let known = Locked<[ArticleID: (article: Article, passages: [Passage])]>([:])

    /// The article's passages.
    func passages(of article: Article) -> [Passage] {
        // Nearly always it is the very same article, whose texts are equal without being looked at.
        if let known = known.withLock({ $0[article.id] }), known.article == article { return known.passages }
        let passages = article.passages()
        known.withLock { known in
            if known.count >= Self.capacity { known = [:] }
            known[article.id] = (article, passages)
        }
        return passages
    }
}
