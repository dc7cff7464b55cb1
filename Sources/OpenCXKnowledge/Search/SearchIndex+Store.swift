public import OpenCXCore

extension SearchIndex {
    /// The index of a store's articles: out of the store's snapshot, brought up to date where the store has moved on.
    ///
    /// A snapshot that cannot be read is as good as none: everything in it can be built again.
    ///
    /// - Throws: ``/OpenCXCore/StoreError`` when the store fails.
    public static func restored(from store: any KnowledgeStore) async throws -> SearchIndex {
        let version = try await store.knowledgeVersion()
        if let snapshot = try await store.snapshot(), let index = try? SearchIndex(snapshot: snapshot.bytes) {
            if snapshot.version != version { try await index.refresh(from: store) }
            return index
        }
        let index = SearchIndex()
        try await index.refresh(from: store)
        return index
    }

    /// Brings the index up to date with a store that another process may have written to.
    ///
    /// - Throws: ``/OpenCXCore/StoreError`` when the store fails.
    public func refresh(from store: any KnowledgeStore) async throws {
        let known = revisions
        var gone = Set(known.keys)
        var last: ArticleID?
        while case let page = try await store.articles(after: last, limit: 500), let end = page.last {
            gone.subtract(page.map(\.id))
            await apply(KnowledgeChanges(upserted: page.filter { known[$0.id] != $0.revision }))
            last = end.id
        }
        await apply(KnowledgeChanges(removed: gone.sorted()))
    }

    /// Keeps a snapshot of the index in the store, for the next start.
    ///
    /// - Throws: ``/OpenCXCore/StoreError`` when the store fails.
    public func save(to store: any KnowledgeStore) async throws {
        try await store.saveSnapshot(snapshot(), version: try await store.knowledgeVersion())
    }
}
