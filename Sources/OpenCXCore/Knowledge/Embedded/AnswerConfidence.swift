/// How likely the best passage is to answer the question, from what the search says about it.
///
/// A logistic model of five signs. Its weights were fitted once, on questions whose right article is known; `opencx-demo
/// evaluate` prints the hit rate by confidence, which is what the number has to live up to.
package enum AnswerConfidence {
    package static func of(_ result: KnowledgeSearchResult) -> Double {
        guard let best = result.passages.first, best.score > 0, result.termCount > 0 else { return 0 }
        var articles: Set<ArticleID> = [best.passage.article]
        let rivals = result.passages.filter { articles.insert($0.passage.article).inserted }.map(\.score)
        func lead(over place: Int) -> Double { 1 - (rivals.dropFirst(place).first ?? 0) / best.score }
        let length = Double(min(result.termCount, 32)) / 32
        let sum =
            weights.bias + weights.coverage * best.coverage + weights.unknown * result.unknownShare
            + weights.second * lead(over: 0) + weights.third * lead(over: 1) + weights.length * length
        return 1 / (1 + exponential(-sum))
    }

    private static let weights = (bias: -4.2, coverage: 2.6, unknown: -1.0, second: 1.8, third: 4.0, length: 2.0)

    /// (1 + x/1024)^1024: close enough to eˣ, the same on every machine, and no mathematics library in the core.
    private static func exponential(_ x: Double) -> Double {
        var power = 1 + max(-500, min(500, x)) / 1024
        for _ in 0..<10 { power *= power }
        return power
    }
}
