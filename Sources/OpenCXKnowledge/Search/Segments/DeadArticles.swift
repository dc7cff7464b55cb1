/// The articles of a segment that were removed or replaced, and what the lists hold of them.
struct DeadArticles: Sendable {
    /// By article.
    private(set) var isDead: [Bool]
    /// How many there are.
    private(set) var count = 0
    /// In how many dead units and articles a term or a pair stands.
    private(set) var terms: [UInt32: Occurrences] = [:]
    private(set) var pairs: [UInt32: Occurrences] = [:]

    /// In how many dead units and articles.
    struct Occurrences: Sendable {
        var units: UInt32 = 0
        var articles: UInt32 = 0
    }

    /// None of a segment's articles.
    init(noneOf segment: Segment) {
        isDead = Array(repeating: false, count: segment.entries.count)
    }

    /// Marks an article that lives as dead.
    mutating func insert(_ article: Int, of segment: Segment) {
        isDead[article] = true
        count += 1
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
            for term in unitTerms { self.terms[term, default: Occurrences()].units += 1 }
            for pair in unitPairs { self.pairs[pair, default: Occurrences()].units += 1 }
            terms.formUnion(unitTerms)
            pairs.formUnion(unitPairs)
        }
        for term in terms { self.terms[term, default: Occurrences()].articles += 1 }
        for pair in pairs { self.pairs[pair, default: Occurrences()].articles += 1 }
    }
}
