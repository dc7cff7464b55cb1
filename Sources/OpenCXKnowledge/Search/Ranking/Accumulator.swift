/// Adds up the scores of one segment, list by list.
struct Accumulator {
    /// By unit: what speaks for the passage.
    private(set) var units: [Float]
    /// By article: what speaks for the article as a whole.
    private(set) var articles: [Float]
    /// By article: the weight of the title's words that the question holds.
    private(set) var titles: [Float]
    private let k1: Float

    init(_ view: SegmentView, _ parameters: RankingParameters) {
        units = Array(repeating: 0, count: view.segment.unitCount)
        articles = Array(repeating: 0, count: view.segment.entries.count)
        titles = articles
        k1 = parameters.saturation
    }

    /// Adds a whole list.
    mutating func add(_ lookup: QueryPlan.Lookup, _ place: Int, in view: SegmentView) {
        let postings = lookup.isPair ? view.segment.pairPostings : view.segment.termPostings
        add(postings, postings.range(place), lookup, view)
    }

    /// Adds the part of a list that lies in these units, which must begin and end with an article.
    mutating func add(_ lookup: QueryPlan.Lookup, _ place: Int, units: Range<Int>, in view: SegmentView) {
        let postings = lookup.isPair ? view.segment.pairPostings : view.segment.termPostings
        let list = postings.range(place)
        let start = postings.firstEntry(in: list, from: units.lowerBound)
        var end = start
        while end < list.upperBound, Int(postings.units[end]) < units.upperBound { end += 1 }
        if start < end { add(postings, start..<end, lookup, view) }
    }

    @inline(__always)
    private mutating func add(
        _ postings: Postings, _ range: Range<Int>, _ lookup: QueryPlan.Lookup, _ view: SegmentView
    ) {
        let norms = view.norms
        let unitFactor = lookup.unitWeight * (k1 + 1)
        let articleFactor = lookup.articleWeight * (k1 + 1)
        let titleWeight = lookup.titleWeight
        let k1 = k1
        let unitArticles = view.segment.unitArticles
        var current = -1
        var body: UInt32 = 0
        var headings: UInt32 = 0
        var title: UInt32 = 0
        for entry in range {
            let unit = Int(postings.units[entry])
            let counts = FieldCounts(packed: postings.counts[entry])
            let article = Int(unitArticles[unit])
            if article != current {
                if current >= 0 { flush(current, title, headings, body, norms, articleFactor, titleWeight) }
                current = article
                body = 0
                headings = 0
                title = counts.title
            }
            body += counts.body
            headings += counts.ownHeadings
            let weight =
                Float(counts.title) * norms.title[article] + Float(counts.headings) * norms.headings[unit]
                + Float(counts.body) * norms.body[unit]
            units[unit] += unitFactor * weight / (weight + k1)
        }
        if current >= 0 { flush(current, title, headings, body, norms, articleFactor, titleWeight) }
    }

    @inline(__always)
    private mutating func flush(
        _ article: Int, _ title: UInt32, _ headings: UInt32, _ body: UInt32, _ norms: SegmentView.Norms,
        _ factor: Float, _ titleWeight: Float
    ) {
        let weight =
            Float(title) * norms.title[article] + Float(headings) * norms.articleHeadings[article]
            + Float(body) * norms.articleBody[article]
        articles[article] += factor * weight / (weight + k1)
        if title > 0 { titles[article] += titleWeight }
    }
}

extension Postings {
    /// The first entry of a list whose unit is not before `unit`.
    func firstEntry(in list: Range<Int>, from unit: Int) -> Int {
        var low = list.lowerBound
        var high = list.upperBound
        while low < high {
            let middle = (low + high) / 2
            if Int(units[middle]) < unit { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
