public import OpenCXCore

/// The knowledge index that comes with the package: in this process, in memory, without a service beside it.
///
/// Ranks passages by BM25 over title, headings and text, each in its own weight, for the passage and for its article as a
/// whole, with a bonus for neighbouring words and for a title that the question names. Words are stemmed by the language of
/// the article, stop words left out, diacritics folded; codes are found whole; words that no article holds are taken for
/// misspelt ones. What a reader may not see is left out before anything is ranked.
///
/// Searches never wait for changes: they work on an unchanging snapshot, and ``apply(_:)`` puts the next one in its place.
/// Equal scores are ordered by article and passage, so the same question always gets the same answer.
///
/// Of a question, the first 64 KiB and in them the first 400 different words count; the rest is ignored.
public final class SearchIndex: KnowledgeIndex {
    private let state: Locked<IndexState>

    /// An index without articles.
    public init() {
        state = Locked(IndexState(parameters: RankingParameters()))
    }

    /// An index of these articles.
    public convenience init(_ articles: [Article]) {
        self.init()
        update(KnowledgeChanges(upserted: articles))
    }

    init(parameters: RankingParameters) {
        state = Locked(IndexState(parameters: parameters))
    }

    init(_ state: IndexState) {
        self.state = Locked(state)
    }

    /// The passages that match best, best first; the filters of the query apply before the limit does.
    ///
    /// At most three passages of one article are returned, and the second and third count a half and a third of their score, so
    /// that one article does not fill the list.
    public func search(_ query: KnowledgeQuery) -> KnowledgeSearchResult {
        snapshotOfState().search(query)
    }

    /// Brings the index up to date. Searches go on meanwhile, on what was there before.
    ///
    /// The articles are read without a lock held; concurrent calls all take effect.
    @concurrent
    public func apply(_ changes: KnowledgeChanges) async {
        update(changes)
    }

    /// How many articles there are.
    public var articleCount: Int { snapshotOfState().articleCount }

    /// The revision of every article, as its source gave it: what to compare with the store after a restart.
    public var revisions: [ArticleID: String] { snapshotOfState().revisions }

    /// The version of the store's knowledge that the index was built from or last brought up to; `nil` when that was no
    /// store. Changes that ``apply(_:)`` brought may be newer.
    public var knowledgeVersion: Int? { snapshotOfState().knowledgeVersion }

    func reached(_ version: Int) {
        state.withLock { $0.reached(version) }
    }

    /// As ``apply(_:)``, in the calling thread.
    package func update(_ changes: KnowledgeChanges) {
        if changes.isEmpty { return }
        let read = IndexState.Change(changes)
        while true {
            let old = snapshotOfState()
            let new = old.applying(read)
            let swapped = state.withLock { state in
                guard state.generation == old.generation else { return false }
                state = new
                return true
            }
            if swapped { return }
        }
    }

    func snapshotOfState() -> IndexState {
        state.withLock { $0 }
    }
}
