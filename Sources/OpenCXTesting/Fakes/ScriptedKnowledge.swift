public import OpenCXCore

/// A knowledge source in memory that does what it is told.
public final class ScriptedKnowledge: KnowledgeSource {
    private struct State: Sendable {
        var articles: [String: SourceArticle] = [:]
        var unlisted: [String: KnowledgeSourceError] = [:]
        var unreadable: [String: KnowledgeSourceError] = [:]
        var listFailure: KnowledgeSourceError?
        var fetched: [String] = []
    }

    /// The name it goes by.
    public let id: KnowledgeSourceID
    private let state: Locked<State>

    /// Makes a source that holds these articles; of articles with the same key the last one counts.
    public init(id: KnowledgeSourceID = "scripted", articles: [SourceArticle] = []) {
        self.id = id
        let byKey = Dictionary(articles.map { ($0.key, $0) }, uniquingKeysWith: { $1 })
        state = Locked(State(articles: byKey))
    }

    /// The keys that were fetched, in order: shows whether unchanged articles are left alone.
    public var fetched: [String] { state.withLock(\.fetched) }

    /// Puts an article in, in the place of the one with the same key.
    public func put(_ article: SourceArticle) {
        state.withLock { $0.articles[article.key] = article }
    }

    /// Takes an article out.
    public func remove(_ key: String) {
        state.withLock { _ = $0.articles.removeValue(forKey: key) }
    }

    /// Lets every listing fail until it is called with `nil`.
    public func failListing(with error: KnowledgeSourceError?) {
        state.withLock { $0.listFailure = error }
    }

    /// Lists an article among the failures until it is called with `nil`.
    public func failListing(of key: String, with error: KnowledgeSourceError?) {
        state.withLock { $0.unlisted[key] = error }
    }

    /// Lets fetching an article fail until it is called with `nil`.
    public func failFetching(_ key: String, with error: KnowledgeSourceError?) {
        state.withLock { $0.unreadable[key] = error }
    }

    /// Every article there is, or the failure that the script asks for.
    public func list() async throws -> KnowledgeListing {
        try state.withLock { state in
            if let failure = state.listFailure { throw failure }
            let readable = state.articles.filter { state.unlisted[$0.key] == nil }
            return KnowledgeListing(revisions: readable.mapValues(\.revision), failures: state.unlisted)
        }
    }

    /// One article, or the failure that the script asks for.
    public func article(_ key: String) async throws -> SourceArticle {
        try state.withLock { state in
            state.fetched.append(key)
            if let failure = state.unreadable[key] { throw failure }
            guard let article = state.articles[key] else {
                throw KnowledgeSourceError(.notFound, "There is no article \"\(key)\" in the source \"\(id)\".")
            }
            return article
        }
    }
}
