internal import FoundationEssentials
internal import OpenCXCore

extension Command {
    static let calibrate = Command(
        name: "calibrate", summary: "find the confidence from which on answers keep an error budget",
        operands: [Operand(name: "FILE.jsonl[.gz]")],
        options: [
            Option(name: "--all", value: nil, help: "every question, not only those marked \"strict\""),
            Option(name: "--out-of-scope", value: "FILE", help: "questions that the knowledge cannot answer"),
            Option(name: "--wrong", value: "PERCENT", help: "how many answers in a hundred may be wrong (default: 5)"),
            Option(name: "--output", value: "FILE", help: "where the calibration goes (default: calibration.json)"),
            Option(
                name: "--picture", value: "FILE.svg", help: "draw how errors grow with the share of answered questions"),
        ],
        discussion: """
            The questions are those of "evaluate"; a line may have a "topic" besides. An answer is right when the article
            that it cites first is one of the relevant ones. See docs/Calibration.md. Writes nothing but the calibration,
            and no calibration where no threshold keeps the budget.
            """,
        run: tune)

    private static let tune: @Sendable (Invocation) async throws -> Void = { invocation in
        let terminal = invocation.terminal
        let percent = try invocation.number("--wrong", in: 1...50) ?? 5
        let budget = ErrorBudget(wrongAtMost: Double(percent) / 100)
        let questions = try QuestionFile.all(of: invocation)
        let house = try await House.open(invocation, inMemory: true, claims: false)
        let answers = try await Evaluator(house).evaluate(questions, terminal).map(\.labelled)
        if let path = invocation["--picture"] {
            try RiskPicture(RiskCoverage(answers), budget: budget.wrongAtMost).write(to: path)
        }
        let point: OperatingPoint
        switch budget.threshold(for: answers) {
        case .holds(let found): point = found
        case .fails(let first):
            throw Failure(
                """
                No threshold keeps errors at \(percent) %: from confidence \(fixed(first.threshold)) on, the strictest that could be \
                tested, \(first.wrong) of \(first.answered) answers were wrong, which leaves \(share(first.upperBound)) possible.
                """)
        case .tooFew(let answered, let needed):
            throw Failure(
                "\(answered) of \(questions.count) questions were answered; \(needed) answers are needed to promise \(percent) %."
            )
        }
        var topics: [String: OperatingPoint] = [:]
        for (topic, group) in Dictionary(grouping: answers.filter { $0.topic != nil }, by: { $0.topic ?? "" }) {
            if case .holds(let own) = budget.threshold(for: group) { topics[topic] = own }
        }
        let calibration = Calibration(
            budget: budget, point: point, topics: topics,
            data: try dataSet(invocation, rows: questions.count, house),
            subject: try await house.subject())
        let path = invocation["--output"] ?? "calibration.json"
        try write(calibration, to: path)
        terminal.print("from confidence \(fixed(point.threshold)) on: " + line(point, level: budget.level))
        for (topic, own) in topics.sorted(by: { $0.key < $1.key }) {
            terminal.print("  \(topic.forTerminal), from \(fixed(own.threshold)) on: " + line(own, level: budget.level))
        }
        terminal.print("written to \(path)")
    }

    private static func line(_ point: OperatingPoint, level: Double) -> String {
        "\(point.answered) of \(point.questions) questions answered, \(point.wrong) wrong "
            + "(\(share(point.risk)); with a probability of \(share(level)) at most \(share(point.upperBound)))"
    }

    /// In percent, with one decimal.
    static func share(_ number: Double) -> String {
        let tenths = Int((number * 1000).rounded())
        return "\(tenths / 10).\(tenths % 10) %"
    }

    /// The files that a command line names: where they are, and a hash of their bytes as they are.
    static func dataSet(_ invocation: Invocation, rows: Int, _ house: House) throws -> Calibration.DataSet {
        var hash = StableHash()
        for path in [invocation.operands[0], invocation["--out-of-scope"]].compactMap({ $0 }) {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw Failure("\(path) cannot be read any more.")
            }
            hash.combine(data)
        }
        return Calibration.DataSet(
            path: invocation.operands[0], rows: rows, hash: "fnv1a-128:" + hash.hexDigits,
            measuredAt: house.agent.parts.clock.now().description)
    }

    static func write(_ calibration: some Encodable, to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            try encoder.encode(calibration).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw Failure("\(path) cannot be written. Is the path right, and may you write there?")
        }
    }
}
