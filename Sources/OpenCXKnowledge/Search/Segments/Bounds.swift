/// The most that each term counts in any unit and in any article of a segment: what max-score pruning goes by.
struct Bounds: Sendable {
    let units: [Float]
    let articles: [Float]
    private let averages: [Float]

    init(_ segment: Segment, _ norms: SegmentView.Norms, _ lengths: Lengths, _ parameters: RankingParameters) {
        let postings = segment.termPostings
        let k1 = parameters.saturation
        var units = [Float](repeating: 0, count: segment.terms.count)
        var articles = units
        for term in units.indices {
            var most: Float = 0
            var mostInArticle: Float = 0
            var current = -1
            var body: Float = 0
            var headings: Float = 0
            for entry in postings.range(term) {
                let unit = Int(postings.units[entry])
                let article = Int(segment.unitArticles[unit])
                let counts = FieldCounts(packed: postings.counts[entry])
                if article != current {
                    current = article
                    body = 0
                    headings = 0
                }
                body += Float(counts.body)
                headings += Float(counts.ownHeadings)
                let title = Float(counts.title) * norms.title[article]
                most = max(
                    most, title + Float(counts.headings) * norms.headings[unit] + Float(counts.body) * norms.body[unit])
                mostInArticle = max(
                    mostInArticle, title + headings * norms.articleHeadings[article] + body * norms.articleBody[article]
                )
            }
            units[term] = (k1 + 1) * most / (most + k1)
            articles[term] = (k1 + 1) * mostInArticle / (mostInArticle + k1)
        }
        self.units = units
        self.articles = articles
        averages = Self.averages(lengths)
    }

    /// How much larger, as a factor, what a term counts can have become with the averages: an occurrence counts at most in
    /// proportion to the average length.
    func drift(_ lengths: Lengths) -> Float {
        zip(averages, Self.averages(lengths)).map { max($1, 1) / max($0, 1) }.max().map { max($0, 1) } ?? 1
    }

    private static func averages(_ lengths: Lengths) -> [Float] {
        [
            lengths.averageTitle, lengths.averageHeadings, lengths.averageBody, lengths.averageArticleHeadings,
            lengths.averageArticleBody,
        ]
    }
}
