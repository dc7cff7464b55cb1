import OpenCXCore
import OpenCXTesting
import Testing

struct KnowledgeSyncTests {
    private func article(_ key: String, _ revision: String, audience: Audience = .everyone) -> SourceArticle {
        SourceArticle(
            key: key, title: "Title \(key)", markdown: "Body of \(key)", audience: audience, revision: revision)
    }

    @Test func `only what changed is fetched, and what is gone leaves`() async throws {
        let source = ScriptedKnowledge(articles: [article("a", "1"), article("b", "1"), article("c", "1")])
        let store = InMemoryStore()
        let index = ListIndex()
        let sync = KnowledgeSync(store: store, index: index)
        let first = try await sync.run(source)
        #expect((first.added, first.updated, first.unchanged, first.removed) == (3, 0, 0, 0))

        source.put(article("b", "2"))
        source.remove("c")
        let before = source.fetched.count
        let second = try await sync.run(source)
        #expect((second.added, second.updated, second.unchanged, second.removed) == (0, 1, 1, 1))
        #expect(source.fetched.count - before == 1)
        #expect(try await store.articles(after: nil, limit: 10).map(\.id.rawValue) == ["scripted/a", "scripted/b"])
        #expect(try await index.search(KnowledgeQuery(text: "body")).passages.count == 2)
    }

    @Test func `an article that cannot be read keeps its old text, and the others are synchronized`() async throws {
        let source = ScriptedKnowledge(articles: [article("a", "1"), article("b", "1")])
        let store = InMemoryStore()
        let sync = KnowledgeSync(store: store, index: ListIndex())
        try await sync.run(source)
        source.put(article("a", "2"))
        source.put(article("b", "2"))
        source.failFetching("a", with: KnowledgeSourceError(.malformed, "broken"))
        let report = try await sync.run(source)
        #expect(report.updated == 1 && report.failures["a"]?.message == "broken")
        #expect(try await store.article("scripted/a")?.revision == "1")
        #expect(try await store.article("scripted/b")?.revision == "2")
    }

    @Test func `a source that cannot be listed removes nothing`() async throws {
        let source = ScriptedKnowledge(articles: [article("a", "1")])
        let store = InMemoryStore()
        let sync = KnowledgeSync(store: store, index: ListIndex())
        try await sync.run(source)
        source.failListing(with: KnowledgeSourceError(.unreachable, "gone"))
        await #expect(throws: KnowledgeSourceError.self) { try await sync.run(source) }
        #expect(try await store.article("scripted/a") != nil)
    }

    @Test func `the team's own addresses stay, card numbers do not`() async throws {
        var secret = article("a", "1")
        secret.markdown = "Write to help@fernhill.example, not 4111 1111 1111 1111."
        let store = InMemoryStore()
        try await KnowledgeSync(store: store, index: ListIndex()).run(ScriptedKnowledge(articles: [secret]))
        #expect(
            try await store.article("scripted/a")?.markdown.text
                == "Write to help@fernhill.example, not [CREDIT_CARD].")
    }
}
