internal import FoundationEssentials
internal import OpenCXCore

/// A question whose right articles are known; no articles: nothing in the knowledge answers it.
struct EvaluationQuestion: Sendable {
    var text: String
    var relevant: Set<String>
    var locale: LanguageTag?
    /// What it is about, where the file says so.
    var topic: String?
    /// Whether it belongs to the subset that is reported first, where the file marks one.
    var isStrict: Bool?
}

/// A file of questions: JSON Lines, plain or compressed with gzip.
///
/// A line has `question`, `query` or `title` with `body`; `relevant`, a list of article keys; and may have `locale`,
/// `topic` and `strict`.
enum QuestionFile {
    static func read(_ path: String) throws -> [EvaluationQuestion] {
        let questions = try JSONLines.read(
            path, as: Line.self, expecting: "an object with \"question\" (or \"title\" and \"body\") and \"relevant\""
        ).map(\.question)
        if questions.isEmpty { throw Failure("\(path) holds no questions.") }
        return questions
    }

    /// The questions that a command line names.
    static func all(of invocation: Invocation) throws -> [EvaluationQuestion] {
        var questions = try read(invocation.operands[0])
        if !invocation.has("--all"), questions.contains(where: { $0.isStrict == true }) {
            questions = questions.filter { $0.isStrict == true }
        }
        if let file = invocation["--out-of-scope"] { questions += try read(file) }
        return questions
    }

    private struct Line: Decodable {
        var question: EvaluationQuestion

        private enum Key: String, CodingKey {
            case question, query, title, body, relevant, locale, topic, strict
        }

        init(from decoder: any Decoder) throws {
            let line = try decoder.container(keyedBy: Key.self)
            let whole =
                try line.decodeIfPresent(String.self, forKey: .question)
                ?? line.decodeIfPresent(String.self, forKey: .query)
            let parts = [
                try line.decodeIfPresent(String.self, forKey: .title),
                try line.decodeIfPresent(String.self, forKey: .body),
            ].compactMap { $0 }
            guard let text = whole ?? (parts.isEmpty ? nil : parts.joined(separator: "\n")) else {
                throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no question"))
            }
            question = EvaluationQuestion(
                text: text, relevant: Set(try line.decode([String].self, forKey: .relevant)),
                locale: try line.decodeIfPresent(LanguageTag.self, forKey: .locale),
                topic: try line.decodeIfPresent(String.self, forKey: .topic),
                isStrict: try line.decodeIfPresent(Bool.self, forKey: .strict))
        }
    }
}
