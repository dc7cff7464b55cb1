internal import OpenCXCore
internal import OpenCXSearch

/// Asks the index and the answerer one question.
struct Evaluator: Sendable {
    struct Result: Sendable {
        var relevant: Set<String>
        var ranking: [String]
        /// As the judgement has it; `nil` when the agent would ask back or hand off right away.
        var confidence: Double?
        var asksBack = false
        /// The article that the answer cites first.
        var cited: String?
        /// The question's own topic, or that of the article found first.
        var topic: String?

        var isRight: Bool { ranking.first.map(relevant.contains) ?? false }

        /// The answer as the error budget sees it: what counts is the article that it cites.
        var labelled: LabelledAnswer {
            LabelledAnswer(
                confidence: confidence, isRight: cited.map(relevant.contains) ?? false, topic: topic)
        }
    }

    private let house: House
    private let keyStart: Int

    init(_ house: House) {
        self.house = house
        keyStart = House.source.rawValue.count + 1
    }

    /// Asks one question after the other, and says how far it is.
    func evaluate(_ questions: [EvaluationQuestion], _ terminal: Terminal) async throws -> [Result] {
        var results: [Result] = []
        for (done, question) in questions.enumerated() {
            results.append(try await evaluate(question))
            if done % 50 == 0 { terminal.progress("\(done) of \(questions.count)") }
        }
        terminal.progress("")
        return results
    }

    func evaluate(_ question: EvaluationQuestion) async throws -> Result {
        var counts = PlaceholderCounts()
        let text = try await house.agent.parts.redaction.redact(
            UnredactedText(question.text), in: "evaluation", counts: &counts)
        let locales = question.locale.map { [$0] } ?? []
        let deep = house.index.search(KnowledgeQuery(text: text, locales: locales, limit: 40))
        var seen: Set<ArticleID> = []
        let articles = deep.passages.map(\.passage.article).filter { seen.insert($0).inserted }
        var result = Result(relevant: question.relevant, ranking: articles.map(key))
        result.topic = question.topic

        // What the agent would see: the same search with its own limit.
        let settings = house.configuration.settings
        let knowledge = house.index.search(
            KnowledgeQuery(text: text, locales: locales, limit: settings.passageLimit))
        let request = AnswerRequest(
            question: text, language: question.locale ?? "en", knowledge: knowledge, topic: question.topic)
        switch try await house.agent.parts.answerer.draft(for: request) {
        case .answer(let answer):
            let judgement = Judgement.of(answer, for: request, policy: settings.handoff)
            // What is refused whatever its confidence is not answered at any threshold.
            result.confidence = judgement.objections.isEmpty ? judgement.confidence : nil
            result.cited = answer.sources.first.map { key($0.article) }
        case .askBack: result.asksBack = true
        default: break
        }
        return result
    }

    private func key(_ article: ArticleID) -> String { String(article.rawValue.dropFirst(keyStart)) }
}
