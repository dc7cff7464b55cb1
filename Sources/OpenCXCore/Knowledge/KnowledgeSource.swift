/// Where articles come from: a folder, a helpdesk's help center, a wiki.
///
/// A source lists what there is and fetches what is asked for; it keeps no state, decides nothing and does not retry.
/// ``KnowledgeSync`` compares the listing with the store and fetches only what changed.
public protocol KnowledgeSource: Sendable {
    /// Names the source; stays the same from run to run.
    var id: KnowledgeSourceID { get }

    /// Every article there is at the moment.
    ///
    /// - Throws: ``KnowledgeSourceError`` when the source cannot be listed at all. Nothing is removed from the store then.
    func list() async throws -> KnowledgeListing

    /// One article.
    ///
    /// - Throws: ``KnowledgeSourceError`` when it cannot be read or understood. The other articles are synchronized all the
    ///   same, and what the store holds of this one stays.
    func article(_ key: String) async throws -> SourceArticle
}

/// Names a knowledge source: letters, digits, `-` and `_`.
public typealias KnowledgeSourceID = Identifier<any KnowledgeSource>

/// What a source holds: keys and revisions, and what could not be read.
public struct KnowledgeListing: Sendable {
    /// The revision of each article, by key. A revision changes when the article does.
    public var revisions: [String: String]
    /// Articles that are there but cannot be read; what the store holds of them stays.
    public var failures: [String: KnowledgeSourceError]

    /// Makes a listing.
    public init(revisions: [String: String], failures: [String: KnowledgeSourceError] = [:]) {
        self.revisions = revisions
        self.failures = failures
    }
}

/// Why a source or an article of it could not be read, in words for the person who set it up.
public struct KnowledgeSourceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    public struct Code: Hashable, Sendable {
        private enum Value { case unreachable, unauthorized, notFound, malformed, tooLarge }
        private let value: Value
        /// The source did not answer or cannot be opened.
        public static let unreachable = Code(value: .unreachable)
        /// The source refused the credentials.
        public static let unauthorized = Code(value: .unauthorized)
        /// There is no such article.
        public static let notFound = Code(value: .notFound)
        /// The article cannot be understood.
        public static let malformed = Code(value: .malformed)
        /// The article is larger than the source accepts.
        public static let tooLarge = Code(value: .tooLarge)
    }

    /// What kind of failure it is.
    public var code: Code
    /// What is wrong and what to do about it.
    public var message: String
    /// How long to wait before the next try, when the source said so.
    public var retryAfter: Duration?

    /// Makes an error.
    public init(_ code: Code, _ message: String, retryAfter: Duration? = nil) {
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
    }

    /// What is wrong and what to do about it.
    public var description: String { message }
}
