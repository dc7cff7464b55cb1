internal import Markdown

/// The articles that an article links to, as far as links need them.
struct LinkTargets {
    private struct Target {
        var digest: String
        var url: String?
    }

    private let root: HelpCenterRoot
    private var targets: [String: Target] = [:]

    /// Looks the articles up; those that are not there, or cannot be read, are left out.
    init(_ keys: [String], in root: HelpCenterRoot) {
        self.root = root
        for key in keys { targets[key] = Self.target(key, in: root) }
    }

    /// The hash of an article's front matter; `nil` when there is no such article.
    func digest(of key: String) -> String? {
        targets[key]?.digest
    }

    /// The hash of the front matter of an article that was not looked up.
    static func digest(of key: String, in root: HelpCenterRoot) -> String? {
        target(key, in: root)?.digest
    }

    private static func target(_ key: String, in root: HelpCenterRoot) -> Target? {
        // A digest needs no more of the file than what the front matter may take.
        guard let file = try? root.file(of: key),
            let start = try? root.bytes(of: file, prefix: SourceText.frontMatterLimit)
        else { return nil }
        let matter = SourceText.frontMatter(startOf: start).flatMap { try? FrontMatter(yaml: $0) }
        return Target(digest: ArticleDigest.frontMatter(startOf: start), url: matter?.url)
    }

    /// The rule for links in an article.
    ///
    /// - Parameters:
    ///   - key: the article's own key.
    ///   - page: its own page.
    func rule(for key: String, page: String?, address: PublishedAddress) -> MarkdownDocument.LinkRule {
        let folder = ArticleFile.folders(of: key)
        return { url in
            switch ArticleLink(url, in: folder) {
            case .absolute(let url): url
            case .article(let key, let suffix):
                // A target that is written with escapes was not foreseen (see `ArticleLink.candidates`).
                (targets[key] ?? Self.target(key, in: root))
                    .flatMap { $0.url ?? address.page(of: key) }.map { $0 + suffix }
            case .samePage(let fragment): page.map { $0 + fragment }
            case .path(let path, let suffix): address.page(path).map { $0 + suffix }
            case .sitePath(let path): address.sitePage(path)
            case .unusable: nil
            }
        }
    }
}
