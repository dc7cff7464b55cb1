/// A part of an article under one heading: what is ranked, quoted and cited.
public struct Passage: Hashable, Sendable, Codable {
    /// The article it is part of.
    public var article: ArticleID
    /// Counts the passages of the article, from 0.
    public var ordinal: Int
    /// The article's title.
    public var title: RedactedText
    /// The headings that lead to the passage, outermost first; empty before the first heading.
    public var headings: [RedactedText]
    /// The text under the heading, as CommonMark.
    public var markdown: RedactedText
    /// The language the text is written in.
    public var locale: LanguageTag
    /// Where customers can read the article.
    public var url: String?
    /// Who may see what it says.
    public var audience: Audience

    /// Makes a passage from its parts.
    public init(
        article: ArticleID, ordinal: Int, title: RedactedText, headings: [RedactedText], markdown: RedactedText,
        locale: LanguageTag, url: String?, audience: Audience
    ) {
        self.article = article
        self.ordinal = ordinal
        self.title = title
        self.headings = headings
        self.markdown = markdown
        self.locale = locale
        self.url = url
        self.audience = audience
    }
}

/// Names a passage: the article and the passage's place in it.
public struct PassageID: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The article.
    public var article: ArticleID
    /// Counts the passages of the article, from 0.
    public var ordinal: Int

    /// Names the passage at this place of an article.
    public init(article: ArticleID, ordinal: Int) {
        self.article = article
        self.ordinal = ordinal
    }

    /// The article's id, a hash sign and the ordinal.
    public var description: String { "\(article)#\(ordinal)" }
}

extension Passage {
    /// The passage's name.
    public var id: PassageID { PassageID(article: article, ordinal: ordinal) }
}

extension Article {
    /// The article cut at its headings.
    ///
    /// Fenced code is never cut. A heading without text of its own leaves no passage, but stands in the headings of those
    /// below it. Linear in the length of the article.
    public func passages() -> [Passage] {
        MarkdownSections(markdown.text).sections.enumerated().map { ordinal, section in
            Passage(
                article: id, ordinal: ordinal, title: title,
                headings: section.headings.map { RedactedText(derived: $0, from: markdown) },
                markdown: RedactedText(derived: section.body, from: markdown), locale: locale, url: url,
                audience: audience)
        }
    }
}
