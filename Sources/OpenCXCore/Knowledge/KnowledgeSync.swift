/// Brings the store and the index up to date with a source: fetches what is new or changed, removes what is gone, and leaves the
/// rest alone.
public struct KnowledgeSync: Sendable {
    private let store: any KnowledgeStore
    private let index: any KnowledgeIndex
    private let redaction: Redaction

    /// How many articles are fetched before they are stored and indexed together.
    static let batchSize = 100

    /// Makes a sync between sources and these.
    public init(store: any KnowledgeStore, index: any KnowledgeIndex, redaction: Redaction = Redaction()) {
        self.store = store
        self.index = index
        self.redaction = redaction
    }

    /// What a sync did.
    public struct Report: Sendable, Hashable {
        /// Articles that were not there before.
        public var added = 0
        /// Articles that had changed.
        public var updated = 0
        /// Articles that were as they had been.
        public var unchanged = 0
        /// Articles that are gone.
        public var removed = 0
        /// Articles that could not be read, by key; what the store held of them stays.
        public var failures: [String: KnowledgeSourceError] = [:]
    }

    /// Synchronizes one source. Safe to stop at any time: what is stored is indexed, and the next run does the rest.
    ///
    /// - Parameters:
    ///   - source: where the articles come from.
    ///   - progress: told after each article how many of how many are done.
    /// - Throws: ``KnowledgeSourceError`` when the source cannot be listed, ``StoreError`` when the store fails.
    @discardableResult
    public func run(
        _ source: any KnowledgeSource, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> Report {
        let listing = try await source.list()
        let known = try await store.revisions(of: source.id)
        var report = Report()
        report.failures = listing.failures

        let present = Set(listing.revisions.keys).union(listing.failures.keys)
        let kept = Set(present.map { ArticleID(source: source.id, key: $0) })
        let removed = known.keys.filter { !kept.contains($0) }.sorted()
        try await write(KnowledgeChanges(removed: removed))
        report.removed = removed.count

        var batch: [Article] = []
        for (done, entry) in listing.revisions.sorted(by: { $0.key < $1.key }).enumerated() {
            try Task.checkCancellation()
            let id = ArticleID(source: source.id, key: entry.key)
            if known[id] == entry.value {
                report.unchanged += 1
            } else {
                do {
                    batch.append(
                        try await publish(
                            try await source.article(entry.key), from: source.id, revision: entry.value))
                    if known[id] == nil { report.added += 1 } else { report.updated += 1 }
                } catch let error as KnowledgeSourceError {
                    report.failures[entry.key] = error
                }
            }
            if batch.count >= Self.batchSize {
                try await write(KnowledgeChanges(upserted: batch))
                batch = []
            }
            progress(done + 1, listing.revisions.count)
        }
        try await write(KnowledgeChanges(upserted: batch))
        return report
    }

    private func write(_ changes: KnowledgeChanges) async throws {
        if changes.isEmpty { return }
        _ = try await store.update(changes)
        try await index.apply(changes)
    }

    private func publish(
        _ article: SourceArticle, from source: KnowledgeSourceID, revision: String
    ) async throws -> Article {
        func redacted(_ text: String) async throws -> RedactedText {
            try await redaction.publish(UnredactedText(text))
        }
        return Article(
            id: ArticleID(source: source, key: article.key), source: source,
            title: try await redacted(article.title), summary: try await redacted(article.summary),
            markdown: try await redacted(article.markdown), locale: article.locale,
            topic: try await redacted(article.topic), url: article.url, audience: article.audience,
            revision: revision)
    }
}
