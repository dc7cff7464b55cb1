/// Ranks passages for a question. `SearchIndex` in `OpenCXSearch` is the one that comes with the package.
///
/// A derived structure: everything in it can be rebuilt from the articles in the store. It may be behind the store for a
/// while: before a turn uses a passage, it asks the store whether the article is still visible and still says so. Articles
/// that only the index knows are taken as they are.
public protocol KnowledgeIndex: Sendable {
    /// The passages that match best, best first; the filters of the query apply before the limit does.
    func search(_ query: KnowledgeQuery) async throws -> KnowledgeSearchResult

    /// Brings the index up to date.
    func apply(_ changes: KnowledgeChanges) async throws
}

/// A question to the index.
public struct KnowledgeQuery: Hashable, Sendable {
    /// The question, in the customer's words.
    public var text: RedactedText
    /// The languages to search; empty for all of them.
    public var locales: [LanguageTag]
    /// Whose eyes the result is for.
    public var reader: KnowledgeReader
    /// How many passages to return at most.
    public var limit: Int

    /// Makes a query.
    public init(
        text: RedactedText, locales: [LanguageTag] = [], reader: KnowledgeReader = .customer, limit: Int = 10
    ) {
        self.text = text
        self.locales = locales
        self.reader = reader
        self.limit = limit
    }
}

/// Whose eyes a search result is for.
public enum KnowledgeReader: Hashable, Sendable, Codable {
    /// A customer: public articles only.
    case customer
    /// A person of the team: restricted articles and drafts too.
    case agent
    /// A person of the team who sees public articles and those restricted to any of these segments, but no drafts.
    case segments([String])

    /// Whether articles with this audience may be shown.
    public func maySee(_ audience: Audience) -> Bool {
        switch (self, audience) {
        case (_, .everyone), (.agent, _): true
        case (.segments(let mine), .segments(let allowed)): allowed.contains(where: mine.contains)
        case (.customer, _), (.segments, .draft): false
        }
    }
}

/// What changed in the store's articles.
public struct KnowledgeChanges: Sendable {
    /// New articles and new revisions of known ones.
    public var upserted: [Article]
    /// Articles that are gone.
    public var removed: [ArticleID]

    /// Makes a set of changes.
    public init(upserted: [Article] = [], removed: [ArticleID] = []) {
        self.upserted = upserted
        self.removed = removed
    }

    /// Whether there is nothing to do.
    public var isEmpty: Bool { upserted.isEmpty && removed.isEmpty }
}

/// What a search found, and how far to trust it.
public struct KnowledgeSearchResult: Hashable, Sendable {
    /// The passages, best first.
    public var passages: [RankedPassage]
    /// The share of the question's weight (inverse document frequency) that lies on words no searched passage holds:
    /// near 1 when the question speaks of something else altogether.
    public var unknownShare: Double
    /// How many words of the question were searched for, after stop words.
    public var termCount: Int

    /// Makes a result from its parts.
    public init(passages: [RankedPassage] = [], unknownShare: Double = 0, termCount: Int = 0) {
        self.passages = passages
        self.unknownShare = unknownShare
        self.termCount = termCount
    }
}

/// A passage and what speaks for it.
public struct RankedPassage: Hashable, Sendable, Codable {
    /// The passage.
    public var passage: Passage
    /// The index's score; comparable within one result only.
    public var score: Double
    /// The share of the question's weight that lies on words this passage, its headings or its title hold, in `0...1`.
    public var coverage: Double
    /// The words of the question, as the customer wrote them, that matched.
    public var matchedTerms: [String]

    /// Makes a ranked passage from its parts.
    public init(passage: Passage, score: Double, coverage: Double, matchedTerms: [String] = []) {
        self.passage = passage
        self.score = score
        self.coverage = coverage
        self.matchedTerms = matchedTerms
    }
}
