internal import OpenCXCore

extension Command {
    static let evaluate = Command(
        name: "evaluate", summary: "measure retrieval and confidence on questions whose right articles are known",
        operands: [Operand(name: "FILE.jsonl[.gz]")],
        options: [
            Option(name: "--all", value: nil, help: "every question, not only those marked \"strict\""),
            Option(name: "--out-of-scope", value: "FILE", help: "questions that the knowledge cannot answer"),
            Option(
                name: "--picture", value: "FILE.svg", help: "draw how errors grow with the share of answered questions"),
        ],
        discussion: """
            A line of the file is an object with "question" (or "title" and "body") and "relevant", a list of article
            keys; "relevant": [] marks a question that nothing answers. Keeps nothing unless --data names a folder.
            """,
        run: measure)

    private static let measure: @Sendable (Invocation) async throws -> Void = { invocation in
        let terminal = invocation.terminal
        let questions = try QuestionFile.all(of: invocation)
        let house = try await House.open(invocation, inMemory: true)
        let results = try await Evaluator(house).evaluate(questions, terminal)
        let threshold = house.configuration.settings.handoff.confidenceThreshold
        terminal.print(EvaluationReport(results, threshold: threshold).text)
        if let path = invocation["--picture"] {
            try RiskPicture(RiskCoverage(results.map(\.labelled)), threshold: threshold).write(to: path)
        }
    }
}
