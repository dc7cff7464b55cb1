// SearchBenchmark [articles]: time to index, questions per second, snapshot times and memory on made-up articles.

import FoundationEssentials
@_spi(OpenCXStorage) import OpenCXCore
import OpenCXSearch

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A small generator with a seed, so that every run measures the same text.
struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Words with the frequencies of a language: the second half as often as the first, and so on (Zipf).
struct Vocabulary {
    let words: [String]
    private let cumulative: [Double]

    init(count: Int, using generator: inout Generator) {
        let syllables = [
            "ba", "re", "ti", "mo", "su", "ken", "lar", "pi", "dor", "vel", "na", "sho", "gri", "ter", "ou",
        ]
        var words: Set<String> = []
        while words.count < count {
            words.insert(
                (0..<Int.random(in: 2...4, using: &generator)).map { _ in
                    syllables.randomElement(using: &generator) ?? "ba"
                }.joined())
        }
        self.words = words.sorted().shuffled(using: &generator)
        var sum = 0.0
        cumulative = (1...count).map {
            sum += 1 / Double($0); return sum
        }
    }

    func word(using generator: inout Generator) -> String {
        let place = Double.random(in: 0..<(cumulative.last ?? 1), using: &generator)
        var low = 0
        var high = words.count - 1
        while low < high {
            let middle = (low + high) / 2
            if cumulative[middle] < place { low = middle + 1 } else { high = middle }
        }
        return words[low]
    }

    func text(_ count: Int, using generator: inout Generator) -> String {
        (0..<count).map { _ in word(using: &generator) }.joined(separator: " ")
    }
}

func residentMegabytes() -> Int {
    guard let status = try? String(contentsOf: URL(filePath: "/proc/self/statm"), encoding: .utf8) else { return 0 }
    return (Int(status.split(separator: " ").dropFirst().first ?? "0") ?? 0) * 4096 / 1_048_576
}

/// Processor seconds of this process: steadier than the wall clock on a shared machine.
func processorSeconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

@discardableResult
func measure<Result>(_ label: String, _ body: () throws -> Result) rethrows -> (result: Result, seconds: Double) {
    let start = processorSeconds()
    let result = try body()
    let seconds = processorSeconds() - start
    print(label, "\(Double(Int(seconds * 10_000)) / 10) ms CPU")
    return (result, seconds)
}

@discardableResult
func measure(_ label: String, _ body: () async throws -> Void) async rethrows -> Double {
    let start = processorSeconds()
    try await body()
    let seconds = processorSeconds() - start
    print(label, "\(Double(Int(seconds * 10_000)) / 10) ms CPU")
    return seconds
}

let articleCount = CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 5_000
var generator = Generator(state: 42)
let vocabulary = Vocabulary(count: 20_000, using: &generator)
print("processor time, one core")
let before = residentMegabytes()
let articles = (0..<articleCount).map { number in
    let parts = (0..<2).map { _ in
        "## \(vocabulary.text(4, using: &generator))\n\n\(vocabulary.text(100, using: &generator))"
    }
    return Article(
        id: ArticleID("bench/\(number)"), source: "bench",
        title: RedactedText(restoredFromStore: vocabulary.text(6, using: &generator)),
        markdown: RedactedText(restoredFromStore: parts.joined(separator: "\n\n")))
}
let afterText = residentMegabytes()
print(
    "\(articleCount) articles, \(articleCount * 2) passages of 100 words; memory for the text \(afterText - before) MB")
let index = measure("index") { SearchIndex(articles) }.result
print("memory for the index \(residentMegabytes() - afterText) MB")

func questions(
    _ words: Int, _ count: Int, about articles: [Article], using generator: inout Generator
) -> [KnowledgeQuery] {
    (0..<count).map { _ in
        // Words of one article, as a customer who looks for it would use.
        let article = articles.randomElement(using: &generator)?.markdown.text ?? ""
        let source = article.split(separator: " ")
        let text = (0..<words).map { _ in String(source.randomElement(using: &generator) ?? "") }
        return KnowledgeQuery(text: RedactedText(restoredFromStore: text.joined(separator: " ")))
    }
}
for (label, words, count) in [("5 words", 5, 5_000), ("15 words", 15, 2_000), ("80 words", 80, 500)] {
    let queries = questions(words, count, about: articles, using: &generator)
    var found = 0
    let seconds = measure("\(count) questions of \(label)") {
        for query in queries { found += index.search(query).passages.count }
    }.seconds
    print("  \(Int(Double(count) / seconds)) questions/s on one core (\(found / count) passages each)")
}
let snapshot = measure("snapshot") { index.snapshot() }.result
print("  \(snapshot.count / 1_048_576) MB")
let restored = try measure("index from the snapshot") { try SearchIndex(snapshot: snapshot) }.result
print("  \(restored.articleCount) articles")
let changed = (0..<200).map { articles[$0 * (articleCount / 200)] }
let update = await measure("200 changes of one article each") {
    for article in changed { await index.apply(KnowledgeChanges(upserted: [article])) }
}
print("  \(Double(Int(update * 50)) / 10) ms each")
