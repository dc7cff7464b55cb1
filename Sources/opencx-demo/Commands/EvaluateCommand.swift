internal import OpenCXCore
internal import OpenCXSearch

extension Command {
    static let evaluate = Command(
        name: "evaluate", summary: "measure retrieval and confidence on questions whose right articles are known",
        operands: [Operand(name: "FILE.jsonl[.gz]")],
        options: [
            Option(name: "--all", value: nil, help: "every question, not only those marked \"strict\""),
            Option(name: "--out-of-scope", value: "FILE", help: "questions that the knowledge cannot answer"),
        ],
        discussion: """
            A line of the file is an object with "question" (or "title" and "body") and "relevant", a list of article
            keys; "relevant": [] marks a question that nothing answers. Keeps nothing unless --data names a folder.
            """,
        run: measure)

    private static let measure: @Sendable (Invocation) async throws -> Void = { invocation in
        let terminal = invocation.terminal
        var questions = try QuestionFile.read(invocation.operands[0])
        if !invocation.has("--all"), questions.contains(where: { $0.isStrict == true }) {
            questions = questions.filter { $0.isStrict == true }
        }
        if let file = invocation["--out-of-scope"] { questions += try QuestionFile.read(file) }
        let house = try await House.open(invocation, inMemory: true)
        let evaluator = Evaluator(house)
        var results: [Evaluator.Result] = []
        for (done, question) in questions.enumerated() {
            results.append(try await evaluator.evaluate(question))
            if done % 50 == 0 { terminal.progress("\(done) of \(questions.count)") }
        }
        terminal.progress("")
        let threshold = house.configuration.settings.handoff.confidenceThreshold
        terminal.print(EvaluationReport(results, threshold: threshold).text)
    }
}

/// Asks the index and the embedded answerer one question.
struct Evaluator: Sendable {
    struct Result: Sendable {
        var relevant: Set<String>
        var ranking: [String]
        /// `nil` when the agent would ask back or hand off right away.
        var confidence: Double?
        var asksBack = false
    }

    private let house: House
    private let keyStart: Int

    init(_ house: House) {
        self.house = house
        keyStart = House.source.rawValue.count + 1
    }

    func evaluate(_ question: EvaluationQuestion) async throws -> Result {
        var counts = PlaceholderCounts()
        let text = try await house.agent.parts.redaction.redact(
            UnredactedText(question.text), in: "evaluation", counts: &counts)
        let locales = question.locale.map { [$0] } ?? []
        let deep = house.index.search(KnowledgeQuery(text: text, locales: locales, limit: 40))
        var seen: Set<ArticleID> = []
        let articles = deep.passages.map(\.passage.article).filter { seen.insert($0).inserted }
        var result = Result(
            relevant: question.relevant, ranking: articles.map { String($0.rawValue.dropFirst(keyStart)) })

        // What the agent would see: the same search with its own limit.
        let limit = house.configuration.settings.passageLimit
        let knowledge = house.index.search(KnowledgeQuery(text: text, locales: locales, limit: limit))
        let request = AnswerRequest(question: text, language: question.locale ?? "en", knowledge: knowledge)
        switch try await house.agent.parts.answerer.draft(for: request) {
        case .answer(let answer): result.confidence = answer.confidence
        case .askBack: result.asksBack = true
        default: break
        }
        return result
    }
}
