internal import OpenCXCore

/// All articles of one language, in segments of falling size. A value; its parts never change.
///
/// Statistics are kept by language, for a word that is rare in the whole index may be common in its language.
struct Shard: Sendable {
    let language: String
    private(set) var views: [SegmentView] = []
    private(set) var lengths = Lengths()
    let parameters: RankingParameters

    init(language: String, parameters: RankingParameters) {
        self.language = language
        self.parameters = parameters
    }

    /// How many articles live here.
    var articleCount: Int { lengths.articles }

    /// The id of an article, given by its places.
    func id(_ view: Int, _ article: Int) -> ArticleID { views[view].segment.entries[article].id }

    /// Takes articles out and puts a segment in.
    mutating func apply(removing removed: [ArticleID], adding added: Segment?) {
        var changed = false
        for index in views.indices {
            let left = views[index].removing(removed)
            if left.dead.count == views[index].dead.count { continue }
            views[index] = left
            changed = true
        }
        if let added, !added.entries.isEmpty {
            views.append(SegmentView(added))
            changed = true
        }
        guard changed else { return }
        compact()
        normalize()
    }

    /// The languages' segments as they are, without what is dead.
    func compacted() -> Segment? {
        if views.count == 1, views[0].dead.count == 0 { return views[0].segment }
        return views.isEmpty ? nil : merge(views[...])
    }

    /// In how many units and articles a term stands.
    func frequency(of term: [UInt8]) -> Frequency {
        var sum = Frequency()
        for view in views {
            if let number = view.segment.terms.find(term) { sum.add(view.frequency(ofTerm: number)) }
        }
        return sum
    }

    /// BM25's inverse document frequency by units and by articles.
    func weights(_ frequency: Frequency) -> (unit: Float, article: Float) {
        (Self.idf(frequency.units, of: lengths.units), Self.idf(frequency.articles, of: lengths.articles))
    }

    private static func idf(_ frequency: Int, of count: Int) -> Float {
        let frequency = Double(frequency)
        return Float(naturalLogarithm(1 + max(Double(count) - frequency + 0.5, 0.5) / (frequency + 0.5)))
    }

    /// Merges a segment into the one before it while it is not much smaller, and any that is mostly dead: so there are few
    /// segments, and an article is copied a logarithmic number of times.
    private mutating func compact() {
        while let last = views.last, views.count > 1,
            last.segment.unitCount * 2 >= views[views.count - 2].segment.unitCount
        {
            let merged = merge(views[(views.count - 2)...])
            views.removeLast(2)
            if !merged.entries.isEmpty { views.append(SegmentView(merged)) }
        }
        for index in views.indices.reversed() where views[index].dead.count * 3 > views[index].segment.entries.count {
            let merged = merge(views[index...index])
            if merged.entries.isEmpty { views.remove(at: index) } else { views[index] = SegmentView(merged) }
        }
    }

    private func merge(_ parts: ArraySlice<SegmentView>) -> Segment {
        var builder = SegmentBuilder(language: language)
        for view in parts {
            var map = SegmentBuilder.TermMap(view.segment)
            for place in view.segment.entries.indices where !view.isDead(place) {
                builder.copy(place, from: view.segment, map: &map)
            }
        }
        return builder.finish()
    }

    private mutating func normalize() {
        lengths = Lengths()
        for view in views { lengths.add(view.lengths) }
        for index in views.indices {
            let masses = titleMasses(views[index].segment)
            views[index] = views[index].normalized(lengths, parameters, titleMass: masses)
        }
    }

    /// The weight of every title of a segment: the sum over its distinct terms.
    private func titleMasses(_ segment: Segment) -> [Float] {
        var known = [Float](repeating: -1, count: segment.terms.count)
        return segment.entries.indices.map { article in
            var mass: Float = 0
            var seen: [UInt32] = []
            for token in segment.layout.tokens[segment.layout.titleRange(article)] {
                let term = token & ~Segment.Layout.aside
                if seen.contains(term) { continue }
                if seen.count < 64 { seen.append(term) }
                let place = Int(term)
                if known[place] < 0 {
                    known[place] = weights(frequency(of: Array(segment.terms.term(place)))).article
                }
                mass += known[place]
            }
            return mass
        }
    }
}
