internal import OpenCXCore

/// A segment as part of a shard: what is dead in it, and what follows from the shard's averages.
///
/// Never changes: a change makes another one of the same segment. A reference, for every step of a search is handed it.
final class SegmentView: Sendable {
    let segment: Segment
    /// The articles that were removed or replaced.
    let dead: DeadArticles
    /// The lengths of what lives.
    let lengths: Lengths
    /// What an occurrence in each field counts, by the length of the field: weights and BM25's length rule in one factor.
    let norms: Norms
    /// The most that a term can count anywhere, and by how much the averages have moved since that was found out.
    private let bounds: Bounds?
    private let slack: Float

    struct Norms: Sendable {
        /// By article.
        var title: [Float] = []
        /// By article, for the article as a whole.
        var articleHeadings: [Float] = []
        var articleBody: [Float] = []
        /// By unit.
        var headings: [Float] = []
        var body: [Float] = []
        /// By article: the sum of the title's inverse document frequencies, each term once.
        var titleMass: [Float] = []
    }

    /// A segment in which nothing is dead; to be searched once it is normalized.
    convenience init(_ segment: Segment) {
        var lengths = Lengths()
        for article in segment.entries.indices { lengths.add(segment, article) }
        self.init(segment, DeadArticles(noneOf: segment), lengths, Norms(), bounds: nil, slack: 1)
    }

    private init(
        _ segment: Segment, _ dead: DeadArticles, _ lengths: Lengths, _ norms: Norms, bounds: Bounds?, slack: Float
    ) {
        self.segment = segment
        self.dead = dead
        self.lengths = lengths
        self.norms = norms
        self.bounds = bounds
        self.slack = slack
    }

    /// Whether an article was removed or replaced.
    func isDead(_ article: Int) -> Bool { dead.isDead[article] }

    /// The view without these articles; itself when none of them lives in it.
    func removing(_ articles: [ArticleID]) -> SegmentView {
        var dead = dead
        var lengths = lengths
        for id in articles {
            guard let article = segment.place(of: id), !dead.isDead[article] else { continue }
            dead.insert(article, of: segment)
            lengths.remove(segment, article)
        }
        return dead.count == self.dead.count
            ? self : SegmentView(segment, dead, lengths, norms, bounds: bounds, slack: slack)
    }

    /// The view with its factors computed anew; `averages` are those of the whole shard.
    func normalized(_ averages: Lengths, _ parameters: RankingParameters, titleMass: [Float]) -> SegmentView {
        let norms = Norms(segment, averages, parameters, titleMass: titleMass)
        var bounds = bounds
        let drift = bounds.map { $0.drift(averages) } ?? .infinity
        if drift > 1.1 { bounds = Bounds(segment, norms, averages, parameters) }
        return SegmentView(segment, dead, lengths, norms, bounds: bounds, slack: bounds?.drift(averages) ?? 1)
    }

    /// In how many living units and articles a term stands.
    func frequency(ofTerm term: Int) -> Frequency {
        Frequency(segment.termPostings, term, dead.count == 0 ? nil : dead.terms[UInt32(term)])
    }

    /// In how many living units and articles a pair stands.
    func frequency(ofPair pair: Int) -> Frequency {
        Frequency(segment.pairPostings, pair, dead.count == 0 ? nil : dead.pairs[UInt32(pair)])
    }

    /// What a list can add to the score of an article at most.
    func bound(_ lookup: QueryPlan.Lookup, _ place: Int) -> Float {
        guard let bounds, !lookup.isPair else { return (lookup.unitWeight + lookup.articleWeight) * 4 }
        return slack * (lookup.unitWeight * bounds.units[place] + lookup.articleWeight * bounds.articles[place])
    }

    /// How many entries a list has.
    func length(_ lookup: QueryPlan.Lookup, _ place: Int) -> Int {
        lookup.isPair ? segment.pairPostings.range(place).count : segment.termPostings.range(place).count
    }
}

extension SegmentView.Norms {
    init(_ segment: Segment, _ averages: Lengths, _ parameters: RankingParameters, titleMass: [Float]) {
        let layout = segment.layout
        self.titleMass = titleMass
        func factor(_ length: Int, _ average: Float, _ b: Float, _ weight: Float) -> Float {
            weight / (1 - b + b * Float(length) / max(average, 1))
        }
        for article in segment.entries.indices {
            let length = Lengths(segment, article)
            title.append(factor(length.title, averages.averageTitle, parameters.titleLength, parameters.titleWeight))
            articleHeadings.append(
                factor(
                    length.ownHeadings, averages.averageArticleHeadings, parameters.titleLength,
                    parameters.headingWeight))
            articleBody.append(factor(length.body, averages.averageArticleBody, parameters.bodyLength, 1))
        }
        for unit in 0..<segment.unitCount {
            headings.append(
                factor(
                    layout.headingRange(unit).count, averages.averageHeadings, parameters.titleLength,
                    parameters.headingWeight))
            body.append(factor(layout.bodyRange(unit).count, averages.averageBody, parameters.bodyLength, 1))
        }
    }
}

/// In how many units and articles a term stands.
struct Frequency: Sendable {
    var units = 0
    var articles = 0

    init() {}

    fileprivate init(_ postings: Postings, _ term: Int, _ dead: DeadArticles.Occurrences?) {
        units = postings.range(term).count - Int(dead?.units ?? 0)
        articles = Int(postings.articleFrequencies[term]) - Int(dead?.articles ?? 0)
    }

    mutating func add(_ other: Frequency) {
        units += other.units
        articles += other.articles
    }
}
