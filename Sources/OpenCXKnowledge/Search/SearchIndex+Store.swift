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
            if snapshot.version == version {
                index.reached(version)
            } else {
                try await index.refresh(from: store)
            }
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
        // Before the articles: what changes while they are read counts for the next time.
        let version = try await store.knowledgeVersion()
        let known = revisions
        var gone = Set(known.keys)
        var last: ArticleID?
        while case let page = try await store.articles(after: last, limit: 500), let end = page.last {
            gone.subtract(page.map(\.id))
            await apply(KnowledgeChanges(upserted: page.filter { known[$0.id] != $0.revision }))
            last = end.id
        }
        await apply(KnowledgeChanges(removed: gone.sorted()))
        reached(version)
    }

    /// Keeps a snapshot of the index in the store, for the next start, with the version of the knowledge that is in it: where
    /// the store has moved on, the next start brings it up to date.
    ///
    /// - Throws: ``/OpenCXCore/StoreError`` when the store fails.
    public func save(to store: any KnowledgeStore) async throws {
        let state = snapshotOfState()
        // No store has a negative version.
        try await store.saveSnapshot(IndexSnapshot.bytes(of: state), version: state.knowledgeVersion ?? -1)
    }
}
