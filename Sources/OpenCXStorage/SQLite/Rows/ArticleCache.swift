internal import OpenCXCore

/// Articles that were read before, as they are in one version of the knowledge.
///
/// Every turn asks whether what it found still stands, mostly for the same few articles. The version says whether they changed,
/// in this process or in another one.
struct ArticleCache: Sendable {
    /// How many bytes of text are kept at most.
    private static let capacity = 4 << 20

    private var version: Int?
    /// What is known of an id; `nil` that there is no such article.
    private var known: [ArticleID: Article?] = [:]
    private var byteCount = 0

    /// What is known of these ids in a version: the articles, and the ids that nothing is known of.
    func lookUp(_ ids: [ArticleID], in version: Int) -> (found: [Article], unknown: [ArticleID]) {
        guard version == self.version else { return ([], ids) }
        var found: [Article] = []
        var unknown: [ArticleID] = []
        for id in ids {
            switch known[id] {
            case .some(let article?): found.append(article)
            case .some(nil): continue
            case nil: unknown.append(id)
            }
        }
        return (found, unknown)
    }

    /// Remembers what was read of these ids in a version.
    mutating func keep(_ articles: [Article], of ids: [ArticleID], in version: Int) {
        // A reader that was slow must not bring back what a faster one has thrown away.
        if let current = self.version, current > version { return }
        let added = articles.reduce(64 * ids.count) { $0 + $1.markdown.text.utf8.count + 500 }
        if self.version != version || byteCount + added > Self.capacity {
            known = [:]
            byteCount = 0
        }
        self.version = version
        byteCount += added
        for id in ids { known[id] = .some(nil) }
        for article in articles { known[article.id] = article }
    }
}
