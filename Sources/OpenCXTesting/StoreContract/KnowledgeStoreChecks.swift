internal import OpenCXCore

extension StoreScene {
    fileprivate func article(_ key: String, source: KnowledgeSourceID = "docs", revision: String = "1") -> Article {
        Article(
            id: ArticleID(source: source, key: key), source: source, title: "Returns", summary: "How to return.",
            markdown: "Send it back within **30 days**.", locale: "en", topic: "Orders",
            url: "https://example.com/returns", audience: .segments(["trade"]), revision: revision)
    }
}

extension StoreContract {
    static let knowledgeChecks: [Check] = [
        Check("articles come back as they were") { scene in
            let article = scene.article("a")
            _ = try await scene.store.update(KnowledgeChanges(upserted: [article]))
            try scene.expect(try await scene.store.article(article.id), is: article, "the article")
            try scene.expect(try await scene.store.article("docs/none"), is: nil, "an article that is not there")
        },
        Check("several articles are found at once") { scene in
            _ = try await scene.store.update(
                KnowledgeChanges(upserted: [scene.article("a"), scene.article("b"), scene.article("c")]))
            let found = try await scene.store.articles(["docs/c", "docs/none", "docs/a"])
            try scene.expect(found.map(\.id).sorted(), is: ["docs/a", "docs/c"], "the articles")
            try scene.expect(try await scene.store.articles([]), is: [], "no articles")
        },
        Check("revisions are listed by source") { scene in
            _ = try await scene.store.update(
                KnowledgeChanges(upserted: [
                    scene.article("a"), scene.article("b", revision: "7"), scene.article("a", source: "blog"),
                ]))
            try scene.expect(
                try await scene.store.revisions(of: "docs"), is: ["docs/a": "1", "docs/b": "7"], "the revisions")
            try scene.expect(try await scene.store.revisions(of: "none"), is: [:], "an unknown source's revisions")
        },
        Check("the version counts the updates that changed something") { scene in
            let start = try await scene.store.knowledgeVersion()
            let article = scene.article("a")
            let first = try await scene.store.update(KnowledgeChanges(upserted: [article]))
            try scene.expect(first, is: start + 1, "the version after an article")
            let same = try await scene.store.update(KnowledgeChanges(upserted: [article]))
            try scene.expect(same, is: first, "the version after the same article")
            let none = try await scene.store.update(KnowledgeChanges(removed: ["docs/none"]))
            try scene.expect(none, is: first, "the version after removing what was not there")
            let empty = try await scene.store.update(KnowledgeChanges())
            try scene.expect(empty, is: first, "the version after nothing")
            let second = try await scene.store.update(KnowledgeChanges(upserted: [scene.article("a", revision: "2")]))
            try scene.expect(second, is: first + 1, "the version after a new revision")
            let third = try await scene.store.update(KnowledgeChanges(removed: [article.id]))
            try scene.expect(third, is: second + 1, "the version after a removal")
            try scene.expect(try await scene.store.knowledgeVersion(), is: third, "the version in the end")
        },
        Check("an update replaces and removes") { scene in
            _ = try await scene.store.update(KnowledgeChanges(upserted: [scene.article("a"), scene.article("b")]))
            _ = try await scene.store.update(
                KnowledgeChanges(upserted: [scene.article("b", revision: "2")], removed: ["docs/a"]))
            try scene.expect(try await scene.store.article("docs/a"), is: nil, "the article removed")
            try scene.expect(try await scene.store.article("docs/b")?.revision, is: "2", "the revision")
        },
        Check("articles are read page by page, in order of their ids") { scene in
            let keys = ["e", "b", "d", "a", "c"]
            _ = try await scene.store.update(KnowledgeChanges(upserted: keys.map { scene.article($0) }))
            var pages: [[String]] = []
            var last: ArticleID?
            while true {
                let page = try await scene.store.articles(after: last, limit: 2)
                guard let end = page.last else { break }
                pages.append(page.map(\.id.rawValue))
                last = end.id
            }
            try scene.expect(pages, is: [["docs/a", "docs/b"], ["docs/c", "docs/d"], ["docs/e"]], "the pages")
        },
        Check("the last snapshot is kept, with its version") { scene in
            try scene.expect(try await scene.store.snapshot() == nil, "there is a snapshot in an empty store")
            try await scene.store.saveSnapshot([1, 2, 3], version: 1)
            let large = [UInt8](repeating: 0xA5, count: 3_000_000) + [0]
            try await scene.store.saveSnapshot(large, version: 4)
            let snapshot = try scene.require(try await scene.store.snapshot(), "the snapshot")
            try scene.expect(snapshot.version, is: 4, "the version")
            try scene.expect(snapshot.bytes == large, "the bytes differ")
        },
    ]
}
