import OpenCXCore
import Testing

@testable import OpenCXSearch

@Suite("The index and its store")
struct StoreTests {
    private let store = InMemoryStore()

    private func put(_ article: Article) async throws -> Int {
        try await store.update(KnowledgeChanges(upserted: [article]))
    }

    @Test("a snapshot says which articles it was built from, not what the store holds meanwhile")
    func savedVersion() async throws {
        let version = try await put(article("a", "Kayaks", "We rent kayaks."))
        let index = try await SearchIndex.restored(from: store)
        #expect(index.knowledgeVersion == version)
        // Another process makes the article a draft, and this one saves what it has.
        _ = try await put(article("a", "Kayaks", "We rent kayaks.", audience: .draft, revision: "2"))
        try await index.save(to: store)
        #expect(try await store.snapshot()?.version == version)
        #expect(index.search(query("kayaks")).keys == ["a"])
        #expect(try await SearchIndex.restored(from: store).search(query("kayaks")).keys == [])
    }

    @Test("a refresh brings the index to the store's version")
    func refreshed() async throws {
        _ = try await put(article("a", "Kayaks", "We rent kayaks."))
        let index = try await SearchIndex.restored(from: store)
        let version = try await put(article("b", "Tents", "We rent tents."))
        #expect(index.knowledgeVersion != version)
        try await index.refresh(from: store)
        #expect(index.knowledgeVersion == version)
        try await index.save(to: store)
        #expect(try await SearchIndex.restored(from: store).knowledgeVersion == version)
    }

    @Test("an index that no store built is compared with the store at the next start")
    func ownArticles() async throws {
        let index = SearchIndex([article("a", "Kayaks", "We rent kayaks.")])
        #expect(index.knowledgeVersion == nil)
        try await index.save(to: store)
        #expect(try await SearchIndex.restored(from: store).articleCount == 0)
    }
}
