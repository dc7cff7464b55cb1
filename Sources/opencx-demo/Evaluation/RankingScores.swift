#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// How well rankings put the relevant first: hit@1, hit@5, MRR@10, nDCG@10 and recall@10 with binary relevance.
struct RankingScores: Sendable {
    private(set) var count = 0
    private var hit1 = 0.0
    private var hit5 = 0.0
    private var reciprocal = 0.0
    private var gain = 0.0
    private var recall = 0.0

    /// - Parameter ranking: article keys, best first, each once.
    mutating func add(_ ranking: [String], relevant: Set<String>) {
        count += 1
        let hits = ranking.prefix(10).enumerated().filter { relevant.contains($0.element) }.map(\.offset)
        if let first = hits.first {
            if first == 0 { hit1 += 1 }
            if first < 5 { hit5 += 1 }
            reciprocal += 1 / Double(first + 1)
        }
        let ideal = (0..<min(10, relevant.count)).reduce(0) { $0 + Self.discount($1) }
        gain += hits.reduce(0) { $0 + Self.discount($1) } / ideal
        recall += Double(hits.count) / Double(relevant.count)
    }

    private static func discount(_ place: Int) -> Double { 1 / log2(Double(place) + 2) }

    var line: String {
        func share(_ sum: Double) -> String { fixed(sum / Double(max(1, count))) }
        return "hit@1 \(share(hit1))  hit@5 \(share(hit5))  MRR@10 \(share(reciprocal))  nDCG@10 \(share(gain))  "
            + "recall@10 \(share(recall))"
    }
}

/// A number with three decimals.
func fixed(_ number: Double) -> String {
    let scaled = Int((number * 1000).rounded())
    let digits = String(abs(scaled) % 1000)
    return (scaled < 0 ? "-" : "") + "\(abs(scaled) / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
}
