/// Exact tails of the binomial distribution, and the bounds of Clopper and Pearson that follow from them. Additions,
/// multiplications and divisions only: the same on every machine.
enum BinomialTail {
    /// The probability of at most `count` errors among `total`, each made with a probability.
    static func atMost(_ count: Int, of total: Int, probability: Double) -> Double {
        if count < 0 || probability >= 1 { return count >= total ? 1 : 0 }
        if count >= total || probability <= 0 { return 1 }
        let odds = probability / (1 - probability)
        // Every term as a multiple of the largest one, so that none is too small to be counted and matters.
        let mode = min(total, Int(Double(total + 1) * probability))
        var sum = 1.0
        var low = mode <= count ? 1.0 : 0
        var term = 1.0
        var place = mode
        while place < total, term > sum * negligible {
            term *= Double(total - place) / Double(place + 1) * odds
            place += 1
            sum += term
            if place <= count { low += term }
        }
        term = 1
        place = mode
        while place > 0, term > sum * negligible {
            term *= Double(place) / Double(total - place + 1) / odds
            place -= 1
            sum += term
            if place <= count { low += term }
        }
        return low / sum
    }

    private static let negligible = 1e-20

    /// The highest rate of errors that `errors` among `total` still leave possible: at any higher one, so few would be seen with a
    /// probability below `1 - level`.
    static func upperBound(errors: Int, of total: Int, level: Double) -> Double {
        guard errors < total else { return 1 }
        var (low, high) = (0.0, 1.0)
        for _ in 0..<50 {
            let middle = (low + high) / 2
            if atMost(errors, of: total, probability: middle) > 1 - level { low = middle } else { high = middle }
        }
        return high
    }

    /// The lowest rate of errors that `errors` among `total` still leave possible.
    static func lowerBound(errors: Int, of total: Int, level: Double) -> Double {
        1 - upperBound(errors: total - errors, of: total, level: level)
    }
}
