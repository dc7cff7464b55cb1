internal import OpenCXCore

/// Some articles of one language with their inverted lists. Never changes once it is made.
///
/// What is ranked is a unit: a passage, or a window of a long one. An article's summary is a unit too, but one without a
/// passage: it speaks for the article as a whole.
final class Segment: Sendable {
    /// An article and its passages.
    struct Entry: Sendable {
        var id: ArticleID
        var revision: String
        var passages: [Passage]
        var audience: Int
    }

    /// The words of the articles as numbers of terms, in the order of the text. Lists are made from this, and so are merged
    /// segments and snapshots.
    struct Layout: Sendable {
        /// The title of each article, then the headings and the body of each of its units.
        var tokens: [UInt32] = []
        /// The first unit of each article; one more at the end.
        var firstUnits: [UInt32] = [0]
        /// Where the title of each article begins in `tokens`.
        var titleStarts: [UInt32] = []
        /// Where the headings of each unit begin in `tokens`; the title ends where those of its article's first unit begin.
        var headingStarts: [UInt32] = []
        /// Where the body of each unit begins.
        var bodyStarts: [UInt32] = []
        /// Where the body of each unit ends.
        var bodyEnds: [UInt32] = []
        /// The passage that each unit is part of; ``Layout/noPassage`` for a summary.
        var passages: [UInt32] = []
        /// Whether the unit is the first of its passage.
        var isFirst: [Bool] = []

        /// Marks a token that has no neighbours, see ``Tokenizer/Kind``.
        static let aside: UInt32 = 1 << 31
        /// Marks a unit without a passage.
        static let noPassage = UInt32.max
    }

    let entries: [Entry]
    let audiences: [Audience]
    let layout: Layout
    let terms: TermTable
    let pairs: PairTable
    let spelling: Spelling
    let termPostings: Postings
    let pairPostings: Postings
    /// The article of each unit.
    let unitArticles: [UInt32]
    /// The audience of each article, as a place in `audiences`.
    let articleAudiences: [Int]
    private let places: [ArticleID: Int]

    /// Makes the lists of some articles.
    init(entries: [Entry], audiences: [Audience], layout: Layout, terms: TermTable) {
        self.entries = entries
        self.audiences = audiences
        self.layout = layout
        self.terms = terms
        spelling = Spelling(terms)
        var unitArticles = [UInt32](repeating: 0, count: layout.passages.count)
        for article in entries.indices {
            for unit in layout.firstUnits[article]..<layout.firstUnits[article + 1] {
                unitArticles[Int(unit)] = UInt32(truncatingIfNeeded: article)
            }
        }
        var inverter = Inverter()
        for article in entries.indices { inverter.add(article, of: layout) }
        self.unitArticles = unitArticles
        articleAudiences = entries.map(\.audience)
        termPostings = inverter.terms.finish(termCount: terms.count, unitArticles: unitArticles)
        pairPostings = inverter.pairPostings.finish(termCount: inverter.pairs.count, unitArticles: unitArticles)
        pairs = inverter.pairs
        places = Dictionary(entries.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { $1 })
    }

    /// The place of an article; `nil` when it is not here.
    func place(of article: ArticleID) -> Int? { places[article] }

    /// How many units there are.
    var unitCount: Int { layout.passages.count }

    /// The units of an article.
    func units(of article: Int) -> Range<Int> {
        Int(layout.firstUnits[article])..<Int(layout.firstUnits[article + 1])
    }
}

extension Segment.Layout {
    func titleRange(_ article: Int) -> Range<Int> {
        let start = Int(titleStarts[article])
        let first = Int(firstUnits[article])
        guard first < Int(firstUnits[article + 1]) else { return start..<start }
        return start..<Int(headingStarts[first])
    }
    func headingRange(_ unit: Int) -> Range<Int> { Int(headingStarts[unit])..<Int(bodyStarts[unit]) }
    func bodyRange(_ unit: Int) -> Range<Int> { Int(bodyStarts[unit])..<Int(bodyEnds[unit]) }
}

/// Walks over the words of articles and counts terms and pairs.
private struct Inverter {
    var terms = PostingsBuilder()
    var pairPostings = PostingsBuilder()
    var pairs = PairTable()

    mutating func add(_ article: Int, of layout: Segment.Layout) {
        let title = layout.titleRange(article)
        for unit in Int(layout.firstUnits[article])..<Int(layout.firstUnits[article + 1]) {
            count(title, .title, unit, layout)
            count(layout.headingRange(unit), layout.isFirst[unit] ? .ownHeadings : .headings, unit, layout)
            count(layout.bodyRange(unit), .body, unit, layout)
        }
    }

    private mutating func count(
        _ range: Range<Int>, _ field: FieldCounts.Field, _ place: Int, _ layout: Segment.Layout
    ) {
        let unit = UInt32(truncatingIfNeeded: place)
        var previous: UInt32?
        for index in range {
            let token = layout.tokens[index]
            let term = token & ~Segment.Layout.aside
            terms.add(Int(term), unit: unit, field: field)
            guard token & Segment.Layout.aside == 0 else { continue }
            if let previous { pairPostings.add(pairs.intern(previous, term), unit: unit, field: field) }
            previous = term
        }
    }
}
