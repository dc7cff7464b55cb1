import CZlib
import FoundationEssentials
import OpenCXCore
import OpenCXSearch
import Testing

/// Measures the ranking on questions of real customers. The data are not part of the repository; without them, beside it in
/// `../shared/data`, the test is skipped.
@Suite("Evaluation")
struct EvaluationTests {
    private static let folder =
        ProcessInfo.processInfo.environment["OPENCX_SHARED_DATA"] ?? "../shared/data"
    private static var isThere: Bool {
        FileManager.default.fileExists(atPath: folder + "/thunderbird_support/kb.jsonl.gz")
    }

    private struct ArticleRow: Decodable {
        var id: String
        var title: String
        var markdown: String
    }

    private struct QuestionRow: Decodable {
        var title: String
        var body: String
        var relevant: [String]
        var firstReply: Bool
        var procedural: Bool
        enum CodingKeys: String, CodingKey {
            case title, body, relevant, procedural
            case firstReply = "first_reply"
        }
    }

    @Test(
        "real questions find their articles better than every simple baseline",
        .enabled(if: isThere, "the data of ../shared/data are not there"))
    func thunderbird() throws {
        let articles = try Self.rows("thunderbird_support/kb.jsonl.gz", ArticleRow.self)
        let questions = try Self.rows("thunderbird_support/questions.dev.jsonl.gz", QuestionRow.self)
            .filter { $0.firstReply && !$0.procedural }
        let index = SearchIndex(articles.map { article($0.id, $0.title, $0.markdown) })
        var hit1 = 0.0
        var hit5 = 0.0
        var reciprocal = 0.0
        for question in questions {
            let keys = index.search(query(question.title + "\n" + question.body)).keys
            guard let rank = keys.firstIndex(where: question.relevant.contains) else { continue }
            hit1 += rank == 0 ? 1 : 0
            hit5 += rank < 5 ? 1 : 0
            reciprocal += 1 / Double(rank + 1)
        }
        let count = Double(questions.count)
        // The best of SQLite's full-text search, BM25 and TF-IDF with word pairs.
        #expect(hit1 / count >= 0.241 && hit5 / count >= 0.529 && reciprocal / count >= 0.367)
        // What this index reached when the test was written, with a little room.
        #expect(hit1 / count >= 0.33)
        #expect(hit5 / count >= 0.61)
        #expect(reciprocal / count >= 0.45)
    }

    private static func rows<Row: Decodable>(_ name: String, _ type: Row.Type) throws -> [Row] {
        let decoder = JSONDecoder()
        return try gunzip(folder + "/" + name).split(separator: 0x0A).map { try decoder.decode(type, from: Data($0)) }
    }

    private static func gunzip(_ path: String) throws -> [UInt8] {
        let file = try #require(gzopen(path, "rb"))
        defer { gzclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = gzread(file, &buffer, UInt32(buffer.count)), count > 0 {
            bytes += buffer[..<Int(count)]
        }
        return bytes
    }
}
