import Testing

@_spi(OpenCXStorage) @testable import OpenCXCore

/// Articles are kept cut up; the store's version of the knowledge still has the last word on each of them.
@Suite struct CurrentArticlesTests {
    private let store = InMemoryStore()

    private func article(_ key: String, _ text: RedactedText = "Within 30 days.") -> Article {
        Article(id: ArticleID("docs/\(key)"), source: "docs", title: "Returns", markdown: text)
    }

    private func articles(read: Locked<[[ArticleID]]>) -> CurrentArticles {
        CurrentArticles(version: store.knowledgeVersion) { [store] ids in
            read.withLock { $0.append(ids) }
            return try await store.articles(ids)
        }
    }

    @Test func `articles are read once while the knowledge stays as it is`() async throws {
        _ = try await store.update(KnowledgeChanges(upserted: [article("a"), article("b")]))
        let read = Locked<[[ArticleID]]>([])
        let articles = articles(read: read)
        let ids: [ArticleID] = ["docs/b", "docs/none", "docs/a", "docs/b"]
        for _ in 0..<3 {
            let current = try await articles.current(ids)
            #expect(current.map { $0?.passages.first?.article } == ["docs/b", nil, "docs/a", "docs/b"])
        }
        #expect(read.withLock { $0 } == [["docs/a", "docs/b", "docs/none"]])
    }

    @Test func `what was rewritten, restricted, removed or put in is seen at once`() async throws {
        _ = try await store.update(KnowledgeChanges(upserted: [article("a"), article("b"), article("c")]))
        let articles = articles(read: Locked([]))
        let ids: [ArticleID] = ["docs/a", "docs/b", "docs/c", "docs/d"]
        _ = try await articles.current(ids)
        var internalArticle = article("b")
        internalArticle.audience = .draft
        _ = try await store.update(
            KnowledgeChanges(
                upserted: [article("a", "Within 14 days."), internalArticle, article("d")], removed: ["docs/c"]))
        let current = try await articles.current(ids)
        #expect(current[0]?.passages.first?.markdown == "Within 14 days.")
        #expect(current[1]?.audience == .draft)
        #expect(current[2]?.passages == nil)
        #expect(current[3]?.passages.count == 1)
    }

    @Test func `what changes while it is read is asked for again`() async throws {
        _ = try await store.update(KnowledgeChanges(upserted: [article("a")]))
        let articles = CurrentArticles(version: store.knowledgeVersion) { [store, article] ids in
            let old = try await store.articles(ids)
            _ = try await store.update(KnowledgeChanges(upserted: [article("a", "Within 14 days.")]))
            return old
        }
        #expect(try await articles.current(["docs/a"])[0]?.passages.first?.markdown == "Within 30 days.")
        #expect(try await articles.current(["docs/a"])[0]?.passages.first?.markdown == "Within 14 days.")
    }

    @Test func `without a version they are read every time`() async throws {
        let articles = CurrentArticles(version: nil, articles: store.articles)
        #expect(try await articles.current(["docs/a"])[0]?.passages == nil)
        _ = try await store.update(KnowledgeChanges(upserted: [article("a")]))
        #expect(try await articles.current(["docs/a"])[0]?.passages.count == 1)
    }
}
