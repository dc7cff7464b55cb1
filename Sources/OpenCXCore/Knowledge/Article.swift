/// An article as a knowledge source delivers it: not yet seen by the redactor, so not yet fit for the store.
public struct SourceArticle: Sendable {
    /// Names the article within its source, and stays the same when the article changes: a path, a page id.
    public var key: String
    /// The title.
    public var title: String
    /// One or two sentences about what the article is for; may be empty.
    public var summary: String
    /// The text as CommonMark.
    public var markdown: String
    /// The language the text is written in.
    public var locale: LanguageTag
    /// The topic it belongs to, for people; may be empty.
    public var topic: String
    /// Where customers can read it; `nil` when it has no page.
    public var url: String?
    /// Who may see what it says.
    public var audience: Audience
    /// Changes whenever anything above changes: unchanged articles are not indexed again.
    public var revision: String

    /// Makes an article from its parts.
    public init(
        key: String, title: String, summary: String = "", markdown: String, locale: LanguageTag = "en",
        topic: String = "", url: String? = nil, audience: Audience = .everyone, revision: String
    ) {
        self.key = key
        self.title = title
        self.summary = summary
        self.markdown = markdown
        self.locale = locale
        self.topic = topic
        self.url = url
        self.audience = audience
        self.revision = revision
    }
}

/// Who may see what an article says.
///
/// Drafts and articles restricted to segments are for agents only and never enter a customer's reply
/// (OpenCX, knowledge: "internal vs public").
public enum Audience: Hashable, Sendable, Codable {
    /// Published without restriction.
    case everyone
    /// Restricted to these segments: agent-facing.
    case segments([String])
    /// Not published: agent-facing.
    case draft

    /// Whether it may enter a reply to a customer.
    public var isPublic: Bool { self == .everyone }
}

/// An article in the store: redacted, and named across all sources.
public struct Article: Hashable, Sendable, Codable {
    /// Names the article across sources.
    public var id: ArticleID
    /// The source it came from.
    public var source: KnowledgeSourceID
    /// The title.
    public var title: RedactedText
    /// One or two sentences about what the article is for.
    public var summary: RedactedText
    /// The text as CommonMark.
    public var markdown: RedactedText
    /// The language the text is written in.
    public var locale: LanguageTag
    /// The topic it belongs to, for people.
    public var topic: RedactedText
    /// Where customers can read it.
    public var url: String?
    /// Who may see what it says.
    public var audience: Audience
    /// The revision that the source gave.
    public var revision: String

    /// Makes an article from its parts.
    public init(
        id: ArticleID, source: KnowledgeSourceID, title: RedactedText, summary: RedactedText = .empty,
        markdown: RedactedText, locale: LanguageTag = "en", topic: RedactedText = .empty, url: String? = nil,
        audience: Audience = .everyone, revision: String = ""
    ) {
        self.id = id
        self.source = source
        self.title = title
        self.summary = summary
        self.markdown = markdown
        self.locale = locale
        self.topic = topic
        self.url = url
        self.audience = audience
        self.revision = revision
    }
}

/// Names an article across sources: the source, a slash, the article's key.
public typealias ArticleID = Identifier<Article>

extension Identifier<Article> {
    /// The id of the article with this key in this source.
    public init(source: KnowledgeSourceID, key: String) {
        self.init("\(source)/\(key)")
    }
}
