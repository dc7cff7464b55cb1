internal import HTMLMarkdown
internal import HelpdeskSupport
public import OpenCXCore

/// The articles of Front's knowledge bases, each in each of its languages.
///
/// What an internal base or a draft says never reaches a customer. An article is fetched again when Front says that it was updated.
public struct FrontArticles: KnowledgeSource {
    /// Names the source.
    public let id: KnowledgeSourceID
    /// The bases to read, `knb_…`; none for all of the company's.
    public let bases: Set<String>
    /// Where customers read the public bases: `https://help.example.com`; `nil` where answers have no link to an article.
    public let siteURL: String?
    let account: FrontAccount

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - id: names the source.
    ///   - bases: the bases to read, `knb_…`; none for all of the company's.
    ///   - siteURL: where customers read the public bases. The page of an article is taken to be its language and its slug below this.
    ///   - account: the account.
    public init(
        id: KnowledgeSourceID = "front", bases: Set<String> = [], siteURL: String? = nil, _ account: FrontAccount
    ) {
        self.id = id
        self.bases = bases
        self.siteURL = siteURL
        self.account = account
    }

    /// Every article there is.
    ///
    /// - Throws: ``/OpenCXCore/KnowledgeSourceError``.
    public func list() async throws -> KnowledgeListing {
        do {
            var revisions: [String: String] = [:]
            for base in try await account.api.list("/knowledge_bases") {
                guard let id = base["id"]?.string, FrontID.isValid(id), bases.isEmpty || bases.contains(id) else {
                    continue
                }
                let isPublic = base["type"]?.string == "external"
                let path = "/knowledge_bases/\(id)/articles"
                for article in try await account.api.list(path, query: [("limit", "100")]) {
                    guard let id = article["id"]?.string, FrontID.isValid(id) else { continue }
                    for locale in Self.locales(of: article) {
                        let key = ArticleKey(article: id, locale: locale, isPublic: isPublic)
                        revisions[key.text] = Self.revision(of: article)
                    }
                }
            }
            return KnowledgeListing(revisions: revisions)
        } catch let failure as VendorFailure {
            throw failure.sourceError(doing: "list the articles")
        }
    }

    /// One article in one language.
    ///
    /// - Throws: ``/OpenCXCore/KnowledgeSourceError``.
    public func article(_ key: String) async throws -> SourceArticle {
        guard let key = ArticleKey(key) else { throw Self.notFound }
        let slim: JSONValue
        let content: JSONValue
        do {
            // The listing's revision is this one's, whatever the content in one language says.
            slim = try await account.api.get("/knowledge_base_articles/\(key.article)")
            content = try await account.api.get(
                "/knowledge_base_articles/\(key.article)"
                    + (key.locale.map { "/locales/\(PathSegment.encoded($0))" } ?? "") + "/content")
        } catch let failure as VendorFailure where failure.isNotFound {
            throw Self.notFound
        } catch let failure as VendorFailure {
            throw failure.sourceError(doing: "read an article")
        }
        guard let name = content["name"]?.string, !MessageText.isBlank(name) else {
            throw KnowledgeSourceError(.malformed, "The article has no title. Give it one in Front.")
        }
        let locale = key.locale ?? content["locale"]?.string ?? "en"
        let isPublished = content["status"]?.string == "published"
        return SourceArticle(
            key: key.text, title: name, markdown: HTMLMarkdown.markdown(of: content["content"]?.string ?? ""),
            locale: LanguageTag(rawValue: locale), url: key.isPublic && isPublished ? url(of: slim, in: locale) : nil,
            audience: !isPublished ? .draft : key.isPublic ? .everyone : .segments([Self.internalSegment]),
            revision: Self.revision(of: slim))
    }

    /// The team itself.
    private static let internalSegment = "internal"

    private static let notFound = KnowledgeSourceError(.notFound, "Front has no such article.")

    private static func locales(of article: JSONValue) -> [String?] {
        let locales = (article["locales"]?.items ?? []).compactMap(\.string).filter(FrontID.isValid)
        return locales.isEmpty ? [nil] : locales
    }

    private static func revision(of article: JSONValue) -> String {
        article["updated_at"]?.seconds.map { String(Int64(max(0, min(1e12, $0)) * 1000)) } ?? ""
    }

    private func url(of article: JSONValue, in locale: String) -> String? {
        guard var site = siteURL, let slug = article["slug"]?.string, !slug.isEmpty else { return nil }
        while site.hasSuffix("/") { site.removeLast() }
        return "\(site)/\(PathSegment.encoded(locale))" + (slug.hasPrefix("/") ? slug : "/" + slug)
    }
}

/// What an article is called here: `kba_1/en`, or `internal/kba_1/en` where its base is the team's own. So one that moves from a
/// base of one kind to one of the other is another article, and nothing internal is ever taken for public.
private struct ArticleKey {
    var article: String
    var locale: String?
    var isPublic: Bool

    init(article: String, locale: String?, isPublic: Bool) {
        self.article = article
        self.locale = locale
        self.isPublic = isPublic
    }

    init?(_ text: String) {
        var parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        isPublic = parts.first != "internal"
        if !isPublic { parts.removeFirst() }
        guard (1...2).contains(parts.count), parts.allSatisfy(FrontID.isValid) else { return nil }
        article = parts[0]
        locale = parts.count == 2 ? parts[1] : nil
    }

    var text: String { ([isPublic ? nil : "internal", article, locale].compactMap { $0 }).joined(separator: "/") }
}
