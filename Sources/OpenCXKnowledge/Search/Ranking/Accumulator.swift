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

    /// Adds what a list has on these articles, which must be in order.
    mutating func add(_ lookup: QueryPlan.Lookup, _ place: Int, articles: [Int], in view: SegmentView) {
        let postings = lookup.isPair ? view.segment.pairPostings : view.segment.termPostings
        var rest = postings.range(place)
        for article in articles {
            let units = view.segment.units(of: article)
            let start = postings.firstEntry(in: rest, from: units.lowerBound)
            var end = start
            while end < rest.upperBound, Int(postings.units[end]) < units.upperBound { end += 1 }
            if start < end { add(postings, start..<end, lookup, view) }
            if end == rest.upperBound { return }
            rest = end..<rest.upperBound
        }
    }

    private mutating func add(
        _ postings: Postings, _ range: Range<Int>, _ lookup: QueryPlan.Lookup, _ view: SegmentView
    ) {
        let list = List(
            range: range, unitFactor: lookup.unitWeight * (k1 + 1), articleFactor: lookup.articleWeight * (k1 + 1),
            titleWeight: lookup.titleWeight, k1: k1)
        // The one hot loop: its places come from a segment that was checked when it was made, so bare pointers will do.
        units.withUnsafeMutableBufferPointer { units in
            articles.withUnsafeMutableBufferPointer { articles in
                titles.withUnsafeMutableBufferPointer { titles in
                    view.withFactors(postings) { factors in
                        list.add(factors, &units, &articles, &titles)
                    }
                }
            }
        }
    }
}

/// What a view's norms and a segment's lists look like from inside the loop.
struct Factors {
    let postingUnits: UnsafeBufferPointer<UInt32>
    let postingCounts: UnsafeBufferPointer<UInt32>
    let unitArticles: UnsafeBufferPointer<UInt32>
    let title: UnsafeBufferPointer<Float>
    let articleHeadings: UnsafeBufferPointer<Float>
    let articleBody: UnsafeBufferPointer<Float>
    let headings: UnsafeBufferPointer<Float>
    let body: UnsafeBufferPointer<Float>
}

extension SegmentView {
    /// Calls `body` with bare pointers to what scoring reads.
    fileprivate func withFactors(_ postings: Postings, _ body: (Factors) -> Void) {
        postings.units.withUnsafeBufferPointer { units in
            postings.counts.withUnsafeBufferPointer { counts in
                segment.unitArticles.withUnsafeBufferPointer { unitArticles in
                    norms.title.withUnsafeBufferPointer { title in
                        norms.articleHeadings.withUnsafeBufferPointer { articleHeadings in
                            norms.articleBody.withUnsafeBufferPointer { articleBody in
                                norms.headings.withUnsafeBufferPointer { headings in
                                    norms.body.withUnsafeBufferPointer { bodies in
                                        body(
                                            Factors(
                                                postingUnits: units, postingCounts: counts, unitArticles: unitArticles,
                                                title: title, articleHeadings: articleHeadings,
                                                articleBody: articleBody, headings: headings, body: bodies))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Part of an inverted list and what its entries are worth.
private struct List {
    let range: Range<Int>
    let unitFactor: Float
    let articleFactor: Float
    let titleWeight: Float
    let k1: Float

    @inline(__always)
    func add(
        _ factors: Factors, _ units: inout UnsafeMutableBufferPointer<Float>,
        _ articles: inout UnsafeMutableBufferPointer<Float>, _ titles: inout UnsafeMutableBufferPointer<Float>
    ) {
        var entry = range.lowerBound
        while entry < range.upperBound {
            let article = Int(factors.unitArticles[Int(factors.postingUnits[entry])])
            let title = Float(FieldCounts(packed: factors.postingCounts[entry]).title)
            let titleScore = title * factors.title[article]
            var body: UInt32 = 0
            var headings: UInt32 = 0
            repeat {
                let unit = Int(factors.postingUnits[entry])
                let counts = FieldCounts(packed: factors.postingCounts[entry])
                body += counts.body
                headings += counts.ownHeadings
                let weight =
                    titleScore + Float(counts.headings) * factors.headings[unit]
                    + Float(counts.body) * factors.body[unit]
                units[unit] += unitFactor * weight / (weight + k1)
                entry += 1
            } while entry < range.upperBound && Int(factors.unitArticles[Int(factors.postingUnits[entry])]) == article
            let weight =
                titleScore + Float(headings) * factors.articleHeadings[article]
                + Float(body) * factors.articleBody[article]
            articles[article] += articleFactor * weight / (weight + k1)
            if title > 0 { titles[article] += titleWeight }
        }
    }
}

extension Postings {
    /// The first entry of a list whose unit is not before `unit`.
    func firstEntry(in list: Range<Int>, from unit: Int) -> Int {
        // In growing steps first: who asks for one unit after the other finds the next one close by.
        var low = list.lowerBound
        var step = 1
        while low + step < list.upperBound, Int(units[low + step]) < unit {
            low += step
            step *= 2
        }
        var high = min(low + step, list.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if Int(units[middle]) < unit { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
