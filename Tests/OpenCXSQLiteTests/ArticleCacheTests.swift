@_spi(OpenCXStorage) import OpenCXCore
import Testing

@testable import OpenCXSQLite

/// Articles are kept decoded; the store still has the last word on each of them.
@Suite struct ArticleCacheTests {
    private func article(_ key: String, _ text: RedactedText = "Within 30 days.") -> Article {
        Article(id: ArticleID("docs/\(key)"), source: "docs", title: "Returns", markdown: text)
    }

    @Test func `what another process changed is seen at once`() async throws {
        let directory = try TemporaryDirectory()
        let (here, there) = (try SQLiteStore(path: directory.store), try SQLiteStore(path: directory.store))
        let ids = ["a", "b", "c"].map { article($0).id }
        _ = try await there.update(KnowledgeChanges(upserted: [article("a"), article("b")]))
        for _ in 0..<2 { #expect(Set(try await here.articles(ids).map(\.id)) == Set(ids.prefix(2))) }
        _ = try await there.update(
            KnowledgeChanges(upserted: [article("a", "Within 14 days."), article("c")], removed: [ids[1]]))
        let found = try await here.articles(ids)
        #expect(Set(found.map(\.id)) == [ids[0], ids[2]])
        #expect(found.first { $0.id == ids[0] }?.markdown == "Within 14 days.")
    }

    @Test func `a slow reader does not bring back what was thrown away`() {
        var cache = ArticleCache()
        cache.keep([article("a", "new")], of: [article("a").id], in: 2)
        cache.keep([article("a", "old")], of: [article("a").id], in: 1)
        #expect(cache.lookUp([article("a").id], in: 2).found.first?.markdown == "new")
        #expect(cache.lookUp([article("a").id], in: 1).found.isEmpty)
    }

    @Test func `it is bounded, and remembers what is not there`() {
        var cache = ArticleCache()
        let long = RedactedText(restoredFromStore: String(repeating: "long ", count: 200_000))
        for number in 0..<20 { cache.keep([article("\(number)", long)], of: [article("\(number)").id], in: 1) }
        let (found, unknown) = cache.lookUp((0..<20).map { article("\($0)").id }, in: 1)
        #expect(found.count < 6 && found.count + unknown.count == 20)
        cache.keep([], of: ["docs/none"], in: 1)
        #expect(cache.lookUp(["docs/none"], in: 1).unknown.isEmpty)
    }
}
