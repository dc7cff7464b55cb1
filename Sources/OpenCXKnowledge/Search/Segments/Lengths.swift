/// Sums of lengths in words, and of how many things have one: what BM25's averages come from.
struct Lengths: Sendable {
    private(set) var articles = 0
    private(set) var units = 0
    private(set) var title = 0
    /// Headings, counted for every unit below them.
    private(set) var headings = 0
    /// Headings, counted once.
    private(set) var ownHeadings = 0
    private(set) var body = 0
    private var titled = 0
    private var headedUnits = 0
    private var headedArticles = 0
    private var unitsWithBody = 0

    init() {}

    /// The lengths of one article.
    init(_ segment: Segment, _ article: Int) {
        let layout = segment.layout
        articles = 1
        title = layout.titleRange(article).count
        titled = title > 0 ? 1 : 0
        for unit in segment.units(of: article) {
            let heading = layout.headingRange(unit).count
            let text = layout.bodyRange(unit).count
            units += 1
            headings += heading
            if layout.isFirst[unit] { ownHeadings += heading }
            headedUnits += heading > 0 ? 1 : 0
            body += text
            unitsWithBody += text > 0 ? 1 : 0
        }
        headedArticles = ownHeadings > 0 ? 1 : 0
    }

    mutating func add(_ segment: Segment, _ article: Int) { combine(Lengths(segment, article), +) }
    mutating func remove(_ segment: Segment, _ article: Int) { combine(Lengths(segment, article), -) }
    mutating func add(_ other: Lengths) { combine(other, +) }

    private mutating func combine(_ other: Lengths, _ operation: (Int, Int) -> Int) {
        articles = operation(articles, other.articles)
        units = operation(units, other.units)
        title = operation(title, other.title)
        headings = operation(headings, other.headings)
        ownHeadings = operation(ownHeadings, other.ownHeadings)
        body = operation(body, other.body)
        titled = operation(titled, other.titled)
        headedUnits = operation(headedUnits, other.headedUnits)
        headedArticles = operation(headedArticles, other.headedArticles)
        unitsWithBody = operation(unitsWithBody, other.unitsWithBody)
    }

    var averageTitle: Float { Float(title) / Float(max(titled, 1)) }
    var averageHeadings: Float { Float(headings) / Float(max(headedUnits, 1)) }
    var averageBody: Float { Float(body) / Float(max(unitsWithBody, 1)) }
    var averageArticleHeadings: Float { Float(ownHeadings) / Float(max(headedArticles, 1)) }
    var averageArticleBody: Float { Float(body) / Float(max(articles, 1)) }
}
