/// What somebody said in a session.
public struct Message: Sendable, Hashable, Codable, Identifiable {
    /// Names the message.
    public var id: MessageID
    /// Who said it.
    public var author: Author
    /// What was said.
    public var text: RedactedText
    /// The articles it rests on.
    public var citations: [Citation]
    /// Files that came or went with it.
    public var attachments: [Attachment]
    /// When it was said, by our clock.
    public var at: Timestamp
    /// The channel's own id of a customer's message, where it has one: what an answer by mail refers to.
    public var providerID: String?

    /// Makes a message from its parts.
    public init(
        id: MessageID, author: Author, text: RedactedText, citations: [Citation] = [],
        attachments: [Attachment] = [], at: Timestamp, providerID: String? = nil
    ) {
        self.id = id
        self.author = author
        self.text = text
        self.citations = citations
        self.attachments = attachments
        self.at = at
        self.providerID = providerID
    }
}

/// Names a message.
public typealias MessageID = Identifier<Message>

/// Who said something.
public enum Author: Hashable, Sendable, Codable {
    /// The customer.
    case customer
    /// The AI.
    case ai
    /// A person of the team.
    case person(PersonID)

    /// A word for transcripts.
    public var label: String {
        switch self {
        case .customer: "Customer"
        case .ai: "AI"
        case .person(let person): person.rawValue
        }
    }
}

/// An article that an answer rests on, shown by title and link.
public struct Citation: Hashable, Sendable, Codable {
    /// The article.
    public var article: ArticleID
    /// Its title.
    public var title: RedactedText
    /// Where customers can read it.
    public var url: String?

    /// Makes a citation from its parts.
    public init(article: ArticleID, title: RedactedText, url: String?) {
        self.article = article
        self.title = title
        self.url = url
    }

    /// Cites the article that a passage is part of.
    public init(_ passage: Passage) {
        self.init(article: passage.article, title: passage.title, url: passage.url)
    }
}

/// A file that came or went with a message. The bytes stay where the channel keeps them.
public struct Attachment: Hashable, Sendable, Codable {
    /// The file's name, redacted: people put names and numbers into it.
    public var name: RedactedText
    /// The media type, as the channel gave it.
    public var mediaType: String
    /// The size in bytes, where known.
    public var byteCount: Int?
    /// Where the bytes are, in the notation of whoever has them. A place in a store of this server's stands here as it is
    /// (``KeptLocation``); any other is redacted, for the file's name may be in it, and whoever fetches the bytes has it restored
    /// first.
    public var location: RedactedText

    /// Makes an attachment from its parts.
    public init(name: RedactedText, mediaType: String, byteCount: Int? = nil, location: RedactedText) {
        self.name = name
        self.mediaType = mediaType
        self.byteCount = byteCount
        self.location = location
    }
}
