extension InMemoryStore {
    /// See ``KnowledgeStore/revisions(of:)``.
    public func revisions(of source: KnowledgeSourceID) async throws -> [ArticleID: String] {
        state.withLock { state in
            state.articles.filter { $0.value.source == source }.mapValues(\.revision)
        }
    }

    /// See ``KnowledgeStore/update(_:)``.
    public func update(_ changes: KnowledgeChanges) async throws -> Int {
        state.withLock { state in
            let before = state.articles
            for id in changes.removed { state.articles[id] = nil }
            for article in changes.upserted { state.articles[article.id] = article }
            if state.articles != before { state.knowledgeVersion += 1 }
            return state.knowledgeVersion
        }
    }

    /// See ``KnowledgeStore/article(_:)``.
    public func article(_ id: ArticleID) async throws -> Article? {
        state.withLock { $0.articles[id] }
    }

    /// See ``KnowledgeStore/articles(_:)``.
    public func articles(_ ids: [ArticleID]) async throws -> [Article] {
        state.withLock { state in ids.compactMap { state.articles[$0] } }
    }

    /// See ``KnowledgeStore/articles(after:limit:)``.
    public func articles(after id: ArticleID?, limit: Int) async throws -> [Article] {
        state.withLock { state in
            let later = state.articles.keys.filter { key in id.map { key > $0 } ?? true }.sorted().prefix(limit)
            return later.compactMap { state.articles[$0] }
        }
    }

    /// See ``KnowledgeStore/knowledgeVersion()``.
    public func knowledgeVersion() async throws -> Int {
        state.withLock { $0.knowledgeVersion }
    }

    /// See ``KnowledgeStore/saveSnapshot(_:version:)``.
    public func saveSnapshot(_ bytes: [UInt8], version: Int) async throws {
        state.withLock { $0.snapshot = (bytes, version) }
    }

    /// See ``KnowledgeStore/snapshot()``.
    public func snapshot() async throws -> (bytes: [UInt8], version: Int)? {
        state.withLock { $0.snapshot }
    }
}
