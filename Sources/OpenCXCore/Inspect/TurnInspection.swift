/// Everything that the AI saw in a turn and why it decided as it did, put in order for a reader.
public struct TurnInspection: Sendable, Hashable {
    /// The turn's place among those of its session, from 1.
    public var number: Int
    /// What was recorded.
    public var trace: Trace
    /// How long each stage took.
    public var stages: [Stage]
    /// What a search found and the AI did not see: what was recorded, and what drafts, segments and languages keep from it by
    /// the knowledge as it is now.
    public var excluded: [ExcludedPassage]
    /// What a language model was asked, put together again.
    public var prompts: [RebuiltPrompt]
    /// What the model cost, by the prices known; `nil` when none was asked or the price is not known.
    public var cost: Double?
    /// The currency of the cost.
    public var currency: String

    /// A stage of a turn.
    public struct Stage: Sendable, Hashable {
        /// `classify`, `search`, `draft` or `act`.
        public var name: String
        /// How long it took, in milliseconds.
        public var milliseconds: Int64
    }

    /// A prompt, put together again out of what is stored.
    public struct RebuiltPrompt: Sendable, Hashable {
        /// The prompt.
        public var prompt: Prompt
        /// Whether it is word for word what was sent. If it is not, an article, the configuration or this package has changed since.
        public var isAsSent: Bool
    }

    /// Puts a trace in order.
    public init(_ trace: Trace, number: Int, prices: ModelPrices = ModelPrices()) {
        self.number = number
        self.trace = trace
        stages = Stage.stages(of: trace)
        // A turn may search twice, and find the same both times.
        excluded = trace.excluded.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        prompts = []
        cost = prices.cost(of: trace.modelUses)
        currency = prices.currency
    }
}

extension Trace {
    /// What the index found in the turn and the store did not let through.
    public var excluded: [ExcludedPassage] {
        steps.flatMap { step in
            if case .excluded(let passages) = step.event { return passages }
            return []
        }
    }

    /// What language models were asked for in the turn.
    public var modelUses: [ModelUse] {
        steps.compactMap { step in if case .modelAnswered(let use) = step.event { use } else { nil } }
    }
}

extension TurnInspection.Stage {
    /// A stage ends with what it brought; what comes after it and brings nothing takes no time.
    fileprivate static func stages(of trace: Trace) -> [Self] {
        var stages: [Self] = []
        var last: Int64 = 0
        for step in trace.steps {
            let name: String? =
                switch step.event {
                case .autopilot: "classify"
                case .retrieved: "search"
                case .drafted: "draft"
                case .acted: "act"
                case .failed(let stage, _): stage == "model" || stage == "reply" ? nil : stage
                default: nil
                }
            guard let name else { continue }
            stages.append(Self(name: name, milliseconds: step.offset - last))
            last = step.offset
        }
        return stages
    }
}

/// Looks at turns of a session, beyond what their traces say.
public struct Inspector: Sendable {
    private let parts: Replayer.Parts
    private let prices: ModelPrices

    /// Makes an inspector.
    ///
    /// - Parameters:
    ///   - parts: what the agent is made of now: prompts are put together with its settings, out of the articles that were found
    ///     then, and what is kept from customers is looked up in its index.
    ///   - prices: what language models cost.
    public init(_ parts: Replayer.Parts, prices: ModelPrices = ModelPrices()) {
        self.parts = parts
        self.prices = prices
    }

    /// Looks at a turn.
    ///
    /// - Parameters:
    ///   - number: the turn's place among those of the session, from 1.
    ///   - recorded: the session.
    /// - Returns: `nil` when the session has no such turn.
    /// - Throws: what the knowledge index throws.
    public func inspect(turn number: Int, of recorded: RecordedSession) async throws -> TurnInspection? {
        guard recorded.traces.indices.contains(number - 1) else { return nil }
        let trace = recorded.traces[number - 1]
        var inspection = TurnInspection(trace, number: number, prices: prices)
        if let claim = recorded.claim(of: trace) {
            inspection.excluded += try await excluded(from: trace, claim)
        }
        if !trace.modelUses.isEmpty || trace.start?.seed != nil {
            inspection.prompts = try await prompts(of: trace, in: recorded)
        }
        return inspection
    }

    /// What the index would have found without the filters that hold for customers.
    private func excluded(from trace: Trace, _ claim: TurnClaim) async throws -> [ExcludedPassage] {
        guard trace.retrieved != nil else { return [] }
        let language = claim.session.language ?? parts.settings.phrasebook.fallback
        let seen = KnowledgeQuery(
            text: Conversation(claim).searchText, locales: [LanguageTag(rawValue: language.primary)],
            limit: parts.settings.passageLimit)
        var query = seen
        query.reader = .agent
        query.locales = []
        let found = try await parts.knowledge.search(query)
        let given = trace.retrieved.map { Set($0.map { PassageID(article: $0.article, ordinal: $0.ordinal) }) } ?? []
        return found.passages.compactMap { ranked in
            guard !given.contains(ranked.passage.id) else { return nil }
            return ExcludedPassage.reason(ranked.passage, in: seen).map { ExcludedPassage(ranked, because: $0) }
        }
    }

    private func prompts(of trace: Trace, in recorded: RecordedSession) async throws -> [TurnInspection.RebuiltPrompt] {
        var then = parts
        then.knowledge = RecordedKnowledge(entries: trace.retrieved ?? [], articles: parts.articles)
        let run = try await Replayer(then).run(trace, of: recorded)
        return (run?.questions ?? []).map {
            TurnInspection.RebuiltPrompt(prompt: $0.prompt, isAsSent: $0.isRecorded)
        }
    }
}

extension Trace {
    /// The passages that the AI saw; `nil` when the turn did not come that far.
    fileprivate var retrieved: [RankedEntry]? {
        for step in steps { if case .retrieved(let entries, _) = step.event { return entries } }
        return nil
    }
}

/// Finds what was found then, as the articles say it now.
private struct RecordedKnowledge: KnowledgeIndex {
    let entries: [RankedEntry]
    let articles: @Sendable ([ArticleID]) async throws -> [Article]

    func search(_ query: KnowledgeQuery) async throws -> KnowledgeSearchResult {
        let found = try await articles(Set(entries.map(\.article)).sorted())
        let passages = Dictionary(grouping: found.flatMap { $0.passages() }, by: \.id)
        return KnowledgeSearchResult(
            passages: entries.compactMap { entry in
                let id = PassageID(article: entry.article, ordinal: entry.ordinal)
                return passages[id]?.first.map {
                    RankedPassage(passage: $0, score: entry.score, coverage: entry.coverage)
                }
            })
    }

    func apply(_ changes: KnowledgeChanges) async throws {}
}
