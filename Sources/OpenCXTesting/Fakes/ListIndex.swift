public import OpenCXCore

/// A knowledge index without cleverness: ranks passages by the share of the question's words they hold. For tests that are not
/// about ranking.
public final class ListIndex: KnowledgeIndex {
    private let articles = Locked<[ArticleID: Article]>([:])

    /// Makes an index of these articles.
    public init(_ articles: [Article] = []) {
        self.articles.withLock { held in
            for article in articles { held[article.id] = article }
        }
    }

    /// Makes an index of articles given as title and Markdown; their ids are `test/` and the title.
    public convenience init(_ articles: KeyValuePairs<String, String>) {
        self.init(
            articles.map { title, markdown in
                Article(
                    id: ArticleID(source: "test", key: title), source: "test",
                    title: RedactedText(derived: title), markdown: RedactedText(derived: markdown),
                    url: "https://help.example/\(title.lowercased().split(separator: " ").joined(separator: "-"))")
            })
    }

    /// See ``/OpenCXCore/KnowledgeIndex/search(_:)``.
    public func search(_ query: KnowledgeQuery) async throws -> KnowledgeSearchResult {
        let words = Set(Words.content(of: query.text.text))
        guard !words.isEmpty else { return KnowledgeSearchResult() }
        let visible = articles.withLock { Array($0.values) }.filter { article in
            query.reader.maySee(article.audience) && (query.locales.isEmpty || query.locales.contains(article.locale))
        }
        let passages = visible.flatMap { $0.passages() }
        let ranked = passages.compactMap { passage -> RankedPassage? in
            let text =
                passage.title.text + " " + passage.headings.map(\.text).joined(separator: " ") + " "
                + passage.markdown.text
            let found = words.intersection(Words.content(of: text))
            guard !found.isEmpty else { return nil }
            let coverage = Double(found.count) / Double(words.count)
            return RankedPassage(passage: passage, score: coverage, coverage: coverage, matchedTerms: found.sorted())
        }
        let best = ranked.sorted { ($0.score, $1.passage.id.description) > ($1.score, $0.passage.id.description) }
        let known = best.reduce(into: Set<String>()) { $0.formUnion($1.matchedTerms) }
        return KnowledgeSearchResult(
            passages: Array(best.prefix(query.limit)),
            unknownShare: 1 - Double(known.count) / Double(words.count), termCount: words.count)
    }

    /// See ``/OpenCXCore/KnowledgeIndex/apply(_:)``.
    public func apply(_ changes: KnowledgeChanges) async throws {
        articles.withLock { held in
            for id in changes.removed { held[id] = nil }
            for article in changes.upserted { held[article.id] = article }
        }
    }
}
