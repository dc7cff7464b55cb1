import OpenCXCore
import OpenCXSearch

/// Text for tests; what the redactor would have passed.
func redacted(_ text: String) -> RedactedText { RedactedText(derived: text, from: .empty) }

func article(
    _ key: String, _ title: String, _ markdown: String, summary: String = "", locale: LanguageTag = "en",
    audience: Audience = .everyone, revision: String = "1"
) -> Article {
    Article(
        id: ArticleID(source: "kb", key: key), source: "kb", title: redacted(title), summary: redacted(summary),
        markdown: redacted(markdown), locale: locale, audience: audience, revision: revision)
}

func query(
    _ text: String, locales: [LanguageTag] = [], reader: KnowledgeReader = .customer, limit: Int = 10
) -> KnowledgeQuery {
    KnowledgeQuery(text: redacted(text), locales: locales, reader: reader, limit: limit)
}

extension KnowledgeSearchResult {
    /// The keys of the articles, best first, each once.
    var keys: [String] {
        var keys: [String] = []
        for passage in passages {
            let key = String(passage.passage.article.rawValue.dropFirst("kb/".count))
            if !keys.contains(key) { keys.append(key) }
        }
        return keys
    }
}

/// A generator with a seed, so that every run sees the same.
struct Seeded: RandomNumberGenerator {
    var state: UInt64
    init(_ seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Made-up words, the first of them frequent.
func words(_ count: Int, using generator: inout Seeded) -> String {
    (0..<count).map { _ in
        let place = Int.random(in: 0..<400, using: &generator) * Int.random(in: 0..<400, using: &generator) / 400
        return "w" + String(place, radix: 36).map { String($0) + "o" }.joined()
    }.joined(separator: " ")
}

func madeUpArticle(_ key: Int, revision: Int = 0, using generator: inout Seeded) -> Article {
    let sections = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
        "## \(words(3, using: &generator))\n\n\(words(Int.random(in: 5...40, using: &generator), using: &generator))"
    }
    let audiences: [Audience] = [.everyone, .everyone, .everyone, .draft, .segments(["staff"])]
    return article(
        "\(key)", words(4, using: &generator), sections.joined(separator: "\n\n"),
        audience: audiences.randomElement(using: &generator) ?? .everyone, revision: "\(revision)")
}
