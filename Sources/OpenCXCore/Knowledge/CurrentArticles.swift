/// The articles that were asked for last, as they are in one version of the store's knowledge.
///
/// Every turn asks whether what the index found still stands, mostly for the same few articles. The version says whether any
/// article changed, in this process or in another one; while none did, nothing is read or cut into passages again.
final class CurrentArticles: Sendable {
    /// How many articles are remembered at most.
    private static let capacity = 500

    private let version: (@Sendable () async throws -> Int)?
    private let articles: @Sendable ([ArticleID]) async throws -> [Article]
    private let memory = Locked(Memory())

    /// The articles that `articles` reads by their ids. Without a `version` they are read every time.
    init(
        version: (@Sendable () async throws -> Int)?,
        articles: @escaping @Sendable ([ArticleID]) async throws -> [Article]
    ) {
        self.version = version
        self.articles = articles
    }

    /// What each of these is now; `nil` where the store has no such article.
    func current(_ ids: [ArticleID]) async throws -> [CurrentArticle?] {
        if ids.isEmpty { return [] }
        guard let version = try await version?() else {
            let read = try await read(ids)
            return ids.map { read[$0] }
        }
        if let known = memory.withLock({ $0.lookUp(ids, in: version) }) { return known }
        // After the version: what changes in between is newer than the version says, and asked for again next time.
        let read = try await read(ids)
        memory.withLock { $0.keep(read, of: ids, in: version) }
        return ids.map { read[$0] }
    }

    private func read(_ ids: [ArticleID]) async throws -> [ArticleID: CurrentArticle] {
        let read = try await articles(Set(ids).sorted())
        return Dictionary(read.map { ($0.id, CurrentArticle($0)) }, uniquingKeysWith: { first, _ in first })
    }

    private struct Memory: Sendable {
        var version: Int?
        /// What is known of an id; `nil` that there is no such article.
        var known: [ArticleID: CurrentArticle?] = [:]

        /// What these are in a version; `nil` when it is not known of every one.
        func lookUp(_ ids: [ArticleID], in version: Int) -> [CurrentArticle?]? {
            guard version == self.version else { return nil }
            var found: [CurrentArticle?] = []
            found.reserveCapacity(ids.count)
            for id in ids {
                guard let article = known[id] else { return nil }
                found.append(article)
            }
            return found
        }

        mutating func keep(_ articles: [ArticleID: CurrentArticle], of ids: [ArticleID], in version: Int) {
            // A reader that was slow must not bring back what a faster one has thrown away.
            if let current = self.version, current > version { return }
            if self.version != version || known.count + ids.count > CurrentArticles.capacity { known = [:] }
            self.version = version
            for id in ids { known[id] = .some(articles[id]) }
        }
    }
}

/// Who may see an article, and what it says. A reference, for it is handed from turn to turn.
final class CurrentArticle: Sendable {
    let audience: Audience
    let passages: [Passage]

    init(_ article: Article) {
        audience = article.audience
        passages = article.passages()
    }
}
