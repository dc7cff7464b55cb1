// Measures the ranking: SearchEvaluation <articles.jsonl> <questions.jsonl> [--csv] [--misses] [--locale]
//
// Articles are rows {id, title, markdown, summary?, locale?}; questions are rows {question, relevant: [id], locale?}.
// Prints hit@1, hit@5, MRR@10, nDCG@10 and recall@10; with --csv one row of evidence for each question, with
// --misses the questions whose first passage is a wrong one; with --locale, only the question's language is searched.

import FoundationEssentials
@_spi(OpenCXStorage) import OpenCXCore
import OpenCXSearch

struct ArticleRow: Decodable {
    var id: String
    var title: String
    var markdown: String
    var summary: String?
    var locale: String?
}

struct QuestionRow: Decodable {
    var question: String
    var relevant: [String]
    var locale: String?
}

func rows<Row: Decodable>(_ path: String, _ type: Row.Type) throws -> [Row] {
    let data = try Data(contentsOf: URL(filePath: path))
    let decoder = JSONDecoder()
    return try data.split(separator: 0x0A).map { try decoder.decode(type, from: Data($0)) }
}

let arguments = CommandLine.arguments
let articles = try rows(arguments[1], ArticleRow.self)
let questions = try rows(arguments[2], QuestionRow.self)
let asCSV = arguments.contains("--csv")
let showsMisses = arguments.contains("--misses")
let useLocale = arguments.contains("--locale")
let clock = ContinuousClock()

let built = clock.now
let index = SearchIndex(
    articles.map {
        Article(
            id: ArticleID($0.id), source: "evaluation", title: RedactedText(restoredFromStore: $0.title),
            summary: RedactedText(restoredFromStore: $0.summary ?? ""),
            markdown: RedactedText(restoredFromStore: $0.markdown),
            locale: LanguageTag(rawValue: $0.locale ?? "en"))
    })
let buildTime = clock.now - built

var hit1 = 0.0
var hit5 = 0.0
var reciprocal = 0.0
var gain = 0.0
var recall = 0.0
func discount(_ rank: Int) -> Double {
    var bits = 0.0
    var value = Double(rank + 2)
    while value >= 2 { value /= 2; bits += 1 }
    var fraction = 0.5
    for _ in 0..<40 {
        value *= value
        if value >= 2 { value /= 2; bits += fraction }
        fraction /= 2
    }
    return 1 / bits
}
let started = clock.now
var results: [(String, KnowledgeSearchResult, [String])] = []
for question in questions {
    let locales = useLocale ? question.locale.map { [LanguageTag(rawValue: $0)] } ?? [] : []
    let result = index.search(
        KnowledgeQuery(text: RedactedText(restoredFromStore: question.question), locales: locales, limit: 10))
    results.append((question.question, result, question.relevant))
}
let searchTime = clock.now - started
for (text, result, relevant) in results {
    var ranked: [String] = []
    for passage in result.passages where !ranked.contains(passage.passage.article.rawValue) {
        ranked.append(passage.passage.article.rawValue)
    }
    let hits = ranked.indices.filter { relevant.contains(ranked[$0]) }
    if showsMisses, hits.first != 0, !relevant.isEmpty {
        print(text, "wants", relevant, "got", ranked.prefix(3), "for", result.passages.first?.matchedTerms ?? [])
    }
    if asCSV {
        // hit at 1, scores of the three best articles, coverage, unknown share, words searched for
        var scores: [Double] = []
        for key in ranked.prefix(3) {
            scores.append(result.passages.first { $0.passage.article.rawValue == key }?.score ?? 0)
        }
        scores += Array(repeating: 0, count: 3 - scores.count)
        print(
            hits.first == 0 ? 1 : 0, scores[0], scores[1], scores[2], result.passages.first?.coverage ?? 0,
            result.unknownShare, result.termCount, separator: ",")
    }
    guard let rank = hits.first, !relevant.isEmpty else { continue }
    hit1 += rank == 0 ? 1 : 0
    hit5 += rank < 5 ? 1 : 0
    reciprocal += 1 / Double(rank + 1)
    let ideal = (0..<min(10, relevant.count)).map(discount).reduce(0, +)
    gain += hits.map(discount).reduce(0, +) / ideal
    recall += Double(hits.count) / Double(relevant.count)
}
func show(_ value: Double) -> String {
    let thousandths = Int((value / Double(max(questions.count, 1)) * 1000).rounded())
    return "\(thousandths / 1000).\(String(thousandths % 1000 + 1000).dropFirst())"
}
if !asCSV {
    print(
        "hit@1 \(show(hit1)) hit@5 \(show(hit5)) MRR \(show(reciprocal)) nDCG \(show(gain)) recall@10 \(show(recall))",
        "index \(buildTime) search \(searchTime / max(questions.count, 1)) each")
}
