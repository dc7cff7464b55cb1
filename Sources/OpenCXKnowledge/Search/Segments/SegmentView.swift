internal import OpenCXCore

/// A segment as part of a shard: what is dead in it, and what follows from the shard's averages.
struct SegmentView: Sendable {
    let segment: Segment
    /// The articles that were removed or replaced.
    private(set) var dead: [Bool]
    private(set) var deadCount = 0
    /// In how many dead units and articles a term or a pair stands.
    private(set) var deadTerms: [UInt32: DeadCount] = [:]
    private(set) var deadPairs: [UInt32: DeadCount] = [:]
    /// The lengths of what lives.
    private(set) var lengths = Lengths()

    /// What an occurrence in each field counts, by the length of the field: weights and BM25's length rule in one factor.
    private(set) var norms = Norms()

    /// The most that a term can count anywhere, and by how much the averages have moved since that was found out.
    private var bounds: Bounds?
    private var slack: Float = 1

    /// In how many dead units and articles.
    struct DeadCount: Sendable {
        var units: UInt32 = 0
        var articles: UInt32 = 0
    }

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

    init(_ segment: Segment) {
        self.segment = segment
        dead = Array(repeating: false, count: segment.entries.count)
        for article in segment.entries.indices { lengths.add(segment, article) }
    }

    /// Marks an article as dead.
    mutating func remove(_ article: Int) {
        guard !dead[article] else { return }
        dead[article] = true
        deadCount += 1
        lengths.remove(segment, article)
        var terms: Set<UInt32> = []
        var pairs: Set<UInt32> = []
        let layout = segment.layout
        for unit in segment.units(of: article) {
            var unitTerms: Set<UInt32> = []
            var unitPairs: Set<UInt32> = []
            for range in [layout.titleRange(article), layout.headingRange(unit), layout.bodyRange(unit)] {
                var previous: UInt32?
                for token in layout.tokens[range] {
                    let term = token & ~Segment.Layout.aside
                    unitTerms.insert(term)
                    guard token & Segment.Layout.aside == 0 else { continue }
                    if let previous, let pair = segment.pairs.find(previous, term) { unitPairs.insert(UInt32(pair)) }
                    previous = term
                }
            }
            for term in unitTerms { deadTerms[term, default: DeadCount()].units += 1 }
            for pair in unitPairs { deadPairs[pair, default: DeadCount()].units += 1 }
            terms.formUnion(unitTerms)
            pairs.formUnion(unitPairs)
        }
        for term in terms { deadTerms[term, default: DeadCount()].articles += 1 }
        for pair in pairs { deadPairs[pair, default: DeadCount()].articles += 1 }
    }

    /// In how many living units and articles a term stands.
    func frequency(ofTerm term: Int) -> Frequency {
        Frequency(segment.termPostings, term, deadTerms.isEmpty ? nil : deadTerms[UInt32(term)])
    }

    /// In how many living units and articles a pair stands.
    func frequency(ofPair pair: Int) -> Frequency {
        Frequency(segment.pairPostings, pair, deadPairs.isEmpty ? nil : deadPairs[UInt32(pair)])
    }

    /// Computes the factors anew; `averages` are those of the whole shard.
    mutating func normalize(_ averages: Lengths, _ parameters: RankingParameters, titleMass: [Float]) {
        let layout = segment.layout
        var norms = Norms()
        norms.titleMass = titleMass
        func factor(_ length: Int, _ average: Float, _ b: Float, _ weight: Float) -> Float {
            weight / (1 - b + b * Float(length) / max(average, 1))
        }
        for article in segment.entries.indices {
            let length = Lengths(segment, article)
            norms.title.append(
                factor(length.title, averages.averageTitle, parameters.titleLength, parameters.titleWeight))
            norms.articleHeadings.append(
                factor(
                    length.ownHeadings, averages.averageArticleHeadings, parameters.titleLength,
                    parameters.headingWeight))
            norms.articleBody.append(factor(length.body, averages.averageArticleBody, parameters.bodyLength, 1))
        }
        for unit in 0..<segment.unitCount {
            norms.headings.append(
                factor(
                    layout.headingRange(unit).count, averages.averageHeadings, parameters.titleLength,
                    parameters.headingWeight))
            norms.body.append(factor(layout.bodyRange(unit).count, averages.averageBody, parameters.bodyLength, 1))
        }
        self.norms = norms
        let drift = bounds.map { $0.drift(averages) } ?? .infinity
        if drift > 1.1 { bounds = Bounds(self, averages, parameters) }
        slack = bounds?.drift(averages) ?? 1
    }

    /// What a list can add to the score of an article at most.
    func bound(_ lookup: QueryPlan.Lookup, _ place: Int) -> Float {
        guard let bounds, !lookup.isPair else { return (lookup.unitWeight + lookup.articleWeight) * 4 }
        return slack * (lookup.unitWeight * bounds.units[place] + lookup.articleWeight * bounds.articles[place])
    }

    /// How many entries a list has.
    func length(_ lookup: QueryPlan.Lookup, _ place: Int) -> Int {
        (lookup.isPair ? segment.pairPostings : segment.termPostings).range(place).count
    }
}

/// In how many units and articles a term stands.
struct Frequency: Sendable {
    var units = 0
    var articles = 0

    init() {}

    fileprivate init(_ postings: Postings, _ term: Int, _ dead: SegmentView.DeadCount?) {
        units = postings.range(term).count - Int(dead?.units ?? 0)
        articles = Int(postings.articleFrequencies[term]) - Int(dead?.articles ?? 0)
    }

    mutating func add(_ other: Frequency) {
        units += other.units
        articles += other.articles
    }
}
