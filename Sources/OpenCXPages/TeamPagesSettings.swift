public import OpenCXCore

/// Where the team's pages are mounted, and what they show besides what the agent itself knows.
public struct TeamPagesSettings: Sendable {
    /// The path that the pages are mounted at: begins with a slash, and does not end with one.
    public var prefix: String
    /// The team's name.
    public var title: String
    /// What the agent is made of, so that ``/OpenCXCore/Inspector`` can put prompts together again; without it they are not shown.
    public var replay: Replayer.Parts?
    /// What language models cost.
    public var prices: ModelPrices
    /// Where the articles come from, for the knowledge page.
    public var sources: @Sendable () async throws -> [TeamKnowledgeSource]
    /// Brings the articles up to date; where it is `nil`, the knowledge page has no button for it.
    public var sync: (@Sendable (KnowledgeSourceID) async throws -> KnowledgeSync.Report)?
    /// The files that customers have sent, where they are kept; without it conversations only name them.
    public var files: TeamFiles?

    /// Makes settings.
    ///
    /// - Parameters:
    ///   - prefix: the path that the pages are mounted at.
    ///   - title: the team's name.
    ///   - replay: what prompts are put together again with.
    ///   - prices: what language models cost.
    ///   - sources: where the articles come from.
    ///   - sync: brings the articles of a source up to date.
    public init(
        prefix: String = "/team", title: String = "Support", replay: Replayer.Parts? = nil,
        prices: ModelPrices = ModelPrices(),
        sources: @escaping @Sendable () async throws -> [TeamKnowledgeSource] = { [] },
        sync: (@Sendable (KnowledgeSourceID) async throws -> KnowledgeSync.Report)? = nil
    ) {
        self.prefix = prefix
        self.title = title
        self.replay = replay
        self.prices = prices
        self.sources = sources
        self.sync = sync
    }
}

/// The files that customers have sent, for the people who read their conversations.
///
/// What is served is what somebody unknown has sent. Serve it so that no browser runs it: with its own `Content-Security-Policy`
/// (`sandbox`), `X-Content-Type-Options: nosniff`, and as a download unless it is a picture or the like.
public struct TeamFiles: Sendable {
    /// Whether a place (``/OpenCXCore/Attachment/location``) is one of those that files are kept at.
    public var isKept: @Sendable (String) -> Bool
    /// The file at such a place; `nil` where it is not kept any more.
    public var serve: @Sendable (String) async throws -> WebhookResponse?

    /// Says how files are found.
    public init(
        isKept: @escaping @Sendable (String) -> Bool,
        serve: @escaping @Sendable (String) async throws -> WebhookResponse?
    ) {
        self.isKept = isKept
        self.serve = serve
    }
}

/// A source of articles, as the knowledge page shows it.
public struct TeamKnowledgeSource: Sendable {
    /// Names the source.
    public var id: KnowledgeSourceID
    /// What it is, for people: `Folder help-center`.
    public var title: String
    /// When it was last synchronized, as far as is known.
    public var syncedAt: Timestamp?
    /// What the last synchronization did.
    public var report: KnowledgeSync.Report?

    /// Describes a source.
    ///
    /// - Parameters:
    ///   - id: names the source.
    ///   - title: what it is, for people.
    ///   - syncedAt: when it was last synchronized.
    ///   - report: what that did.
    public init(id: KnowledgeSourceID, title: String, syncedAt: Timestamp? = nil, report: KnowledgeSync.Report? = nil) {
        self.id = id
        self.title = title
        self.syncedAt = syncedAt
        self.report = report
    }
}
