import OpenCXCore
import Testing

@testable import OpenCXSearch

@Suite("Changes")
struct UpdateTests {
    @Test("an article is added, replaced and removed")
    func life() async {
        let index = SearchIndex()
        await index.apply(KnowledgeChanges(upserted: [article("a", "Kayaks", "We rent kayaks.")]))
        #expect(index.search(query("kayak")).keys == ["a"])
        await index.apply(KnowledgeChanges(upserted: [article("a", "Paddles", "We sell paddles.", revision: "2")]))
        #expect(index.search(query("kayak")).keys == [])
        #expect(index.search(query("paddle")).keys == ["a"])
        #expect(index.revisions == ["kb/a": "2"])
        await index.apply(KnowledgeChanges(upserted: [article("a", "Paddel", "Paddel gibt es.", locale: "de")]))
        #expect(index.articleCount == 1)
        #expect(index.search(query("paddles", locales: ["en"])).keys == [])
        await index.apply(KnowledgeChanges(removed: ["kb/a", "kb/never"]))
        #expect(index.articleCount == 0)
        #expect(index.search(query("paddel")) == KnowledgeSearchResult())
    }

    @Test("the last of two revisions in one change counts")
    func twice() {
        let index = SearchIndex([article("a", "Old", "old"), article("a", "New", "new")])
        #expect(index.articleCount == 1)
        #expect(index.search(query("new")).keys == ["a"])
        #expect(index.search(query("old")).keys == [])
    }

    @Test("after any changes the index ranks exactly as one made anew", arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func sameAsRebuilt(_ seed: UInt64) {
        var generator = Seeded(seed)
        var articles: [Int: Article] = [:]
        let index = SearchIndex()
        for step in 0..<60 {
            var changes = KnowledgeChanges()
            for _ in 0..<Int.random(in: 1...(step == 0 ? 60 : 4), using: &generator) {
                let key = Int.random(in: 0..<80, using: &generator)
                if Int.random(in: 0..<4, using: &generator) == 0 {
                    articles[key] = nil
                    changes.removed.append(ArticleID("kb/\(key)"))
                    changes.upserted.removeAll { $0.id == ArticleID("kb/\(key)") }
                } else {
                    articles[key] = madeUpArticle(key, revision: step, using: &generator)
                    changes.upserted.append(contentsOf: [articles[key]].compactMap(\.self))
                    changes.removed.removeAll { $0 == ArticleID("kb/\(key)") }
                }
            }
            index.update(changes)
        }
        let rebuilt = SearchIndex(articles.sorted { $0.key < $1.key }.map(\.value))
        #expect(index.articleCount == rebuilt.articleCount)
        #expect(index.revisions == rebuilt.revisions)
        for _ in 0..<50 {
            let question = query(words(Int.random(in: 1...12, using: &generator), using: &generator), reader: .agent)
            #expect(index.search(question) == rebuilt.search(question))
        }
    }

    @Test("pruning changes nothing but the time", arguments: [11, 12, 13] as [UInt64])
    func pruning(_ seed: UInt64) throws {
        var generator = Seeded(seed)
        // Some words stand nearly everywhere: their lists are what pruning skips.
        let everywhere = "parcel order customer delivery"
        let index = SearchIndex(
            (0..<600).map { number in
                var article = madeUpArticle(number, using: &generator)
                let repeated = Array(repeating: everywhere, count: Int.random(in: 0...3, using: &generator))
                article.markdown = redacted(
                    article.markdown.text + "\n\n" + repeated.joined(separator: " ") + " item\(number % 30)")
                return article
            })
        let shard = try #require(index.snapshotOfState().shards.first)
        for _ in 0..<200 {
            let items = (0..<Int.random(in: 1...2, using: &generator)).map { _ in
                "item\(Int.random(in: 0..<30, using: &generator))"
            }
            let text = items.joined(separator: " ") + " " + everywhere
            let plan = QueryPlan(Question(text, language: "en"), shard)
            let limit = Int.random(in: 1...5, using: &generator)
            let reader = [KnowledgeReader.customer, .agent].randomElement(using: &generator) ?? .customer
            let pruned = ShardSearch(shard: shard, plan: plan).hits(reader: reader, limit: limit)
            let full = ShardSearch(shard: shard, plan: plan, prunes: false).hits(reader: reader, limit: limit)
            #expect(pruned == full)
        }
    }

    @Test("searches and changes go on at the same time")
    func concurrency() async {
        var generator = Seeded(7)
        let articles = (0..<40).map { madeUpArticle($0, using: &generator) }
        let questions = (0..<20).map { _ in query(words(4, using: &generator), reader: .agent) }
        let index = SearchIndex()
        await withTaskGroup(of: Void.self) { group in
            for article in articles {
                group.addTask { await index.apply(KnowledgeChanges(upserted: [article])) }
                group.addTask {
                    for question in questions { _ = index.search(question) }
                }
            }
        }
        #expect(index.articleCount == 40)
        let alone = SearchIndex(articles)
        for question in questions { #expect(index.search(question) == alone.search(question)) }
    }

    @Test("there are few segments, however many changes")
    func segments() throws {
        var generator = Seeded(9)
        let index = SearchIndex((0..<200).map { madeUpArticle($0, using: &generator) })
        for step in 0..<300 { index.update(KnowledgeChanges(upserted: [madeUpArticle(step, using: &generator)])) }
        let shard = try #require(index.snapshotOfState().shards.first)
        #expect(shard.views.count <= 10)
        #expect(index.articleCount == 300)
    }
}
