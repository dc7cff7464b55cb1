/// A passage that a search found and the AI did not see.
public struct ExcludedPassage: Sendable, Hashable, Codable {
    /// The passage, as it would have ranked.
    public var entry: RankedEntry
    /// Why.
    public var reason: Reason

    /// Why a passage is kept from the AI.
    public enum Reason: String, Sendable, Hashable, Codable {
        /// Its article is a draft.
        case draft
        /// Its article is restricted to segments: agents only.
        case segment
        /// It is in another language than the customer's.
        case language
        /// The index was behind: the article has been restricted or made a draft meanwhile.
        case restrictedMeanwhile = "restricted_meanwhile"
        /// The index was behind: the article has been rewritten meanwhile.
        case rewrittenMeanwhile = "rewritten_meanwhile"
    }

    /// Makes a record of a passage.
    public init(_ ranked: RankedPassage, because reason: Reason) {
        entry = RankedEntry(ranked)
        self.reason = reason
    }
}

extension ExcludedPassage {
    /// Why a search for a query leaves a passage out; `nil` when it does not.
    static func reason(_ passage: Passage, in query: KnowledgeQuery) -> Reason? {
        if !query.reader.maySee(passage.audience) { return passage.audience == .draft ? .draft : .segment }
        let isInLanguage = query.locales.isEmpty || query.locales.contains { $0.primary == passage.locale.primary }
        return isInLanguage ? nil : .language
    }
}
