/// How likely the best passage is to answer the question, from what the search says about it.
///
/// A logistic model of four signs. Its weights were fitted once, on questions whose right article is known; `opencx-demo
/// evaluate` prints the hit rate by confidence, which is what the number has to live up to.
package enum AnswerConfidence {
    package static func of(_ result: KnowledgeSearchResult) -> Double {
        guard let best = result.passages.first, result.termCount > 0 else { return 0 }
        let rival = result.passages.first { $0.passage.article != best.passage.article }
        let margin = best.score > 0 ? 1 - (rival?.score ?? 0) / best.score : 0
        let length = Double(min(result.termCount, 32)) / 32
        let sum =
            weights.bias + weights.coverage * best.coverage + weights.unknown * result.unknownShare
            + weights.margin * margin + weights.length * length
        // An algebraic sigmoid: the same on every machine, and no mathematics library in the core.
        return 0.5 * (1 + sum / (1 + abs(sum)))
    }

    private static let weights = (bias: -2.4, coverage: 4.2, unknown: -2.0, margin: 2.2, length: -0.1)
}
