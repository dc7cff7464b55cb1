/// What the last listing of a help center has brought.
struct ListedArticles {
    /// How many bytes of articles are kept.
    private static let limit = 16 << 20

    private(set) var revisions: [String: String] = [:]
    let hasTopics: Bool
    private let topics: [Int64: String]
    private var articles: [String: ZendeskArticle] = [:]
    private var size = 0

    /// Nothing was listed yet.
    init() {
        hasTopics = false
        topics = [:]
    }

    init(topics: [Int64: String]) {
        hasTopics = true
        self.topics = topics
    }

    /// What an article's section is called, with its category before it; empty where nobody knows.
    func topic(of article: ZendeskArticle) -> String { article.section.flatMap { topics[$0] } ?? "" }

    /// Lists an article, and keeps it if an earlier listing had it otherwise or not at all: it will be asked for.
    mutating func add(_ article: ZendeskArticle, revision: String, known: [String: String]) {
        revisions[article.key] = revision
        guard known[article.key] != revision, size + article.html.utf8.count <= Self.limit else { return }
        size += article.html.utf8.count
        articles[article.key] = article
    }

    /// Hands out an article that was kept; it is kept no longer.
    mutating func take(_ key: String) -> ZendeskArticle? {
        guard let article = articles.removeValue(forKey: key) else { return nil }
        size -= article.html.utf8.count
        return article
    }
}
