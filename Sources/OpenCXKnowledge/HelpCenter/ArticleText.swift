internal import Markdown
internal import OpenCXCore
internal import YAML

/// A file's text on its way to becoming an article.
struct ArticleText {
    /// Part of every revision: raise it when the same file comes out differently, so that everything is indexed anew.
    static let version = "1"

    private let frontMatter: FrontMatter
    private let body: [UInt8]
    private let file: String

    /// Reads a file's bytes.
    ///
    /// - Parameter file: the file's path, for messages.
    init(_ bytes: [UInt8], shownAs file: String) throws(KnowledgeSourceError) {
        try Self.check(bytes, shownAs: file)
        let text: SourceText
        do {
            text = try SourceText(bytes)
        } catch {
            throw KnowledgeSourceError(
                .malformed,
                "\(file):1: the front matter has no end. Add a line `---` after it; or, when the first line is a rule, put "
                    + "an empty line before that.")
        }
        do {
            frontMatter = if let yaml = text.frontMatter { try FrontMatter(yaml: yaml) } else { FrontMatter() }
        } catch {
            throw KnowledgeSourceError(
                .malformed, "\(file):\(error.line + SourceText.firstLine - 1): in the front matter, \(error.message).")
        }
        body = text.body
        self.file = file
    }

    /// Whether the bytes are text at all.
    static func check(_ bytes: [UInt8], shownAs file: String) throws(KnowledgeSourceError) {
        if bytes.contains(0) {
            throw KnowledgeSourceError(
                .malformed, "\(file) holds NUL bytes, so it is no text or not in UTF-8. Save it as UTF-8 text.")
        }
        if String(validating: bytes, as: UTF8.self) == nil {
            throw KnowledgeSourceError(.malformed, "\(file) is not in UTF-8. Save it as UTF-8 text.")
        }
    }

    /// The article.
    func article(
        key: String, defaultLocale: LanguageTag, address: PublishedAddress, targets: LinkTargets, revision: String
    ) throws(KnowledgeSourceError) -> SourceArticle {
        let name = ArticleFile.name(of: key)
        let url = frontMatter.url ?? address.page(of: key)
        let (heading, markdown) = try cleaned(targets.rule(for: key, page: url, address: address))
        return SourceArticle(
            key: key, title: frontMatter.title ?? heading ?? ArticleFile.readable(name.stem),
            summary: frontMatter.description, markdown: markdown,
            locale: frontMatter.locale ?? name.language ?? defaultLocale,
            topic: frontMatter.topic ?? ArticleFile.folders(of: key).last.map(ArticleFile.readable) ?? "", url: url,
            audience: frontMatter.audience, revision: revision)
    }

    /// The first heading, and the body without what only repeats the title.
    private func cleaned(
        _ rule: MarkdownDocument.LinkRule
    ) throws(KnowledgeSourceError) -> (heading: String?, markdown: String) {
        do {
            let document = try MarkdownDocument(body)
            try document.clean(links: rule)
            let heading = document.firstHeading().flatMap { $0.isEmpty ? nil : $0 }
            if let title = frontMatter.title ?? heading { document.removeLeadingHeading(equalTo: title) }
            document.normalizeBlocks()
            return (heading, document.commonMark())
        } catch {
            throw KnowledgeSourceError(.malformed, "The article \"\(file)\" \(error.message).")
        }
    }
}
