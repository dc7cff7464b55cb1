internal import HTMLMarkdown
internal import HelpdeskSupport
public import OpenCXCore

/// The articles of a Zendesk help center as knowledge, in every language or in those that are named.
///
/// Drafts, and articles that not everybody may see (user segments), are for the team only. The topic is the category and section.
/// A revision is made of what an article says and who may see it, so that votes and comments, which change Zendesk's dates, do not
/// count as changes. What is new in a listing is kept until it is asked for, within bounds: Zendesk lists a hundred articles in a
/// request and allows few hundred requests a minute.
public struct ZendeskArticles: KnowledgeSource {
    /// Names the source.
    public let id: KnowledgeSourceID

    let locales: [String]
    private let origin: String
    let api: ZendeskAPI
    private let listed = Locked(ListedArticles())

    /// Raise it when the same article comes out differently, so that everything is indexed anew.
    private static let version = "1"

    /// Names a help center; nothing is read yet.
    ///
    /// - Parameters:
    ///   - id: names the source: letters, digits, `-` and `_`.
    ///   - configuration: the account.
    ///   - locales: the languages as Zendesk writes them, `en-us`; none for all.
    ///   - http: what sends.
    public init(
        id: KnowledgeSourceID = "zendesk", _ configuration: ZendeskConfiguration, locales: [String] = [],
        http: any HTTPClient
    ) {
        self.id = id
        self.locales = locales.map { $0.lowercased() }
        origin = configuration.baseURL
        api = ZendeskAPI(configuration, http: http)
    }

    /// Every article in every language.
    ///
    /// - Throws: `KnowledgeSourceError`.
    public func list() async throws -> KnowledgeListing {
        do {
            let known = listed.withLock { $0.revisions }
            var list = ListedArticles(topics: try await readTopics())
            for locale in try await wantedLocales() {
                let path = "/api/v2/help_center/\(locale)/articles"
                for json in try await api.pages(path, member: "articles") {
                    guard let article = ZendeskArticle(json, locale: locale) else { continue }
                    list.add(article, revision: revision(of: article, list.topic(of: article)), known: known)
                }
            }
            let new = list
            listed.withLock { $0 = new }
            return KnowledgeListing(revisions: new.revisions)
        } catch let failure as VendorFailure {
            throw failure.sourceError(doing: "list the articles of its help center")
        }
    }

    /// One article in one language; the key is `en-us/360001`.
    ///
    /// - Throws: `KnowledgeSourceError`.
    public func article(_ key: String) async throws -> SourceArticle {
        let missing = KnowledgeSourceError(.notFound, "There is no such article in Zendesk's help center.")
        guard let (locale, number) = ZendeskArticle.parts(of: key) else { throw missing }
        let (list, kept) = listed.withLock { listed in
            let kept = listed.take(key)
            return (listed, kept)
        }
        if let kept { return source(kept, list.topic(of: kept)) }
        do {
            let list = list.hasTopics ? list : ListedArticles(topics: try await readTopics())
            let whole = try await api.get("/api/v2/help_center/articles/\(number)")["article"] ?? .null
            guard var article = ZendeskArticle(whole, locale: locale) else { throw missing }
            if whole["locale"]?.string?.lowercased() != locale {
                let translations = try await api.get("/api/v2/help_center/articles/\(number)/translations")
                let wanted = translations["translations"]?.array?.first { $0["locale"]?.string?.lowercased() == locale }
                guard let wanted else { throw missing }
                article.take(translation: wanted)
            }
            return source(article, list.topic(of: article))
        } catch let failure as VendorFailure {
            throw failure.sourceError(doing: "read an article of its help center")
        }
    }

    private func source(_ article: ZendeskArticle, _ topic: String) -> SourceArticle {
        SourceArticle(
            key: article.key, title: article.title,
            markdown: HTMLMarkdown.markdown(of: article.html, origin: origin), locale: article.language, topic: topic,
            url: article.url, audience: article.audience, revision: revision(of: article, topic))
    }

    private func revision(of article: ZendeskArticle, _ topic: String) -> String {
        StableHash.hex(
            Self.version, article.title, article.html, topic, article.url ?? "", "\(article.audience)", origin)
    }

    private func wantedLocales() async throws -> [String] {
        if !locales.isEmpty { return locales.filter(ZendeskArticle.isLocale) }
        let answer = try await api.get("/api/v2/help_center/locales")
        guard let all = answer["locales"]?.array else { throw VendorFailure.unreadable }
        return all.compactMap(\.string).map { $0.lowercased() }.filter(ZendeskArticle.isLocale)
    }

    /// What each section is called, with its category before it.
    private func readTopics() async throws -> [Int64: String] {
        var categories: [Int64: String] = [:]
        for json in try await api.pages("/api/v2/help_center/categories", member: "categories") {
            if let id = json["id"]?.id { categories[id] = json["name"]?.string.map { PlainField.line($0) } }
        }
        var read: [Int64: String] = [:]
        for json in try await api.pages("/api/v2/help_center/sections", member: "sections") {
            guard let id = json["id"]?.id, let name = json["name"]?.string else { continue }
            let category = json["category_id"]?.id.flatMap { categories[$0] }
            read[id] = [category, PlainField.line(name)].compactMap(\.self).joined(separator: " / ")
        }
        return read
    }
}
