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
