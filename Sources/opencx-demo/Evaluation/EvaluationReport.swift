internal import OpenCXCore

/// The figures of an evaluation, as text.
struct EvaluationReport {
    private let results: [Evaluator.Result]
    private let threshold: Double

    init(_ results: [Evaluator.Result], threshold: Double) {
        self.results = results
        self.threshold = threshold
    }

    var text: String {
        let inScope = results.filter { !$0.relevant.isEmpty }
        let outOfScope = results.filter(\.relevant.isEmpty)
        var scores = RankingScores()
        for result in inScope { scores.add(result.ranking, relevant: result.relevant) }
        var lines = ["\(inScope.count) questions: " + scores.line, "", "confidence   questions  first article right"]
        let edges = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
        for (low, high) in zip(edges, edges.dropFirst()) {
            let bucket = inScope.filter { result in
                guard let confidence = result.confidence else { return false }
                return confidence >= low && (confidence < high || high == 1)
            }
            if bucket.isEmpty { continue }
            let right = bucket.count(where: \.isRight)
            let share = fixed(Double(right) / Double(bucket.count))
            lines.append(
                "\(fixed(low).prefix(3))–\(fixed(high).prefix(3))      \(pad(bucket.count, 6))     "
                    + "\(pad(right, 6)) = \(share)")
        }
        let answered = inScope.filter(isAnswered)
        let askedBack = inScope.count(where: \.asksBack)
        lines += [
            "",
            "at \(fixed(threshold)): answered \(answered.count) (first article right in \(answered.count(where: \.isRight))), "
                + "asked back \(askedBack), handed off \(inScope.count - answered.count - askedBack)",
        ]
        if !outOfScope.isEmpty {
            let refused = outOfScope.count { !isAnswered($0) }
            lines.append(
                "\(outOfScope.count) out of scope: refused \(refused) = \(fixed(Double(refused) / Double(outOfScope.count))); "
                    + "AUROC of the confidence \(fixed(separation(inScope, outOfScope)))")
        }
        return (lines + risks).joined(separator: "\n")
    }

    /// How often an answer would be wrong, by the share of all questions that are answered.
    private var risks: [String] {
        let curve = RiskCoverage(results.map(\.labelled))
        guard let last = curve.points.last else { return [] }
        var lines = ["", "answered   from confidence   wrong"]
        for share in [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75] where share < last.coverage {
            guard let point = curve.points.first(where: { $0.coverage >= share }) else { continue }
            lines.append("\(fixed(point.coverage))      \(fixed(point.threshold))             \(fixed(point.risk))")
        }
        lines.append("\(fixed(last.coverage))      \(fixed(last.threshold))             \(fixed(last.risk))")
        return lines + ["area under risk and coverage (AURC): \(fixed(curve.area))"]
    }

    private func isAnswered(_ result: Evaluator.Result) -> Bool { (result.confidence ?? 0) >= threshold }

    /// How often a question in scope gets a higher confidence than one out of scope.
    private func separation(_ inScope: [Evaluator.Result], _ outOfScope: [Evaluator.Result]) -> Double {
        let others = outOfScope.map { $0.confidence ?? 0 }.sorted()
        let wins = inScope.reduce(0.0) { sum, result in
            let confidence = result.confidence ?? 0
            let below = others.prefix { $0 < confidence }.count
            let equal = others.dropFirst(below).prefix { $0 == confidence }.count
            return sum + Double(below) + Double(equal) / 2
        }
        return wins / Double(max(1, inScope.count * others.count))
    }

    private func pad(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
