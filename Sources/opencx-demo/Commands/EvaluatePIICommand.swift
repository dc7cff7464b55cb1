internal import OpenCXCore

extension Command {
    static let evaluatePII = Command(
        name: "evaluate-pii", summary: "measure redaction on texts in which personal data are marked",
        operands: [Operand(name: "FILE.jsonl[.gz]", isRepeated: true)],
        options: [
            Option(name: "--entities", value: "A,B", help: "only texts that test one of these"),
            Option(name: "--show", value: "N", help: "print the first N texts in which something was missed or wrong"),
        ],
        discussion: """
            A line of a file is an object with "text" and "spans", a list of objects with "start", "end" (in code points) and
            "type": CREDIT_CARD, EMAIL_ADDRESS, IBAN_CODE, IP_ADDRESS, PHONE_NUMBER or US_SSN; others are not counted.
            "pii" of the configuration holds here too. Keeps nothing.
            """,
        run: measure)

    private static let measure: @Sendable (Invocation) async throws -> Void = { invocation in
        let terminal = invocation.terminal
        let policy = try invocation["--config"].map { try Configuration(ConfigurationReader(file: $0)) }?.redaction
        let redactor = PatternRedactor(policy: policy ?? RedactionPolicy())
        let entities = invocation["--entities"].map { Set($0.split(separator: ",").map(String.init)) }
        for path in invocation.operands {
            var scores = PIIScores()
            var left = try invocation.number("--show", in: 0...10_000) ?? 0
            let texts = try JSONLines.read(
                path, as: LabelledText.self, expecting: "an object with \"text\" and \"spans\"")
            for text in texts where entities.map({ $0.contains(text.entity ?? "") }) ?? true {
                let before = scores.total
                let findings = try await redactor.findings(in: UnredactedText(text.text))
                scores.add(text, findings)
                let after = scores.total
                guard left > 0, after.missed > before.missed || after.wrong > before.wrong else { continue }
                left -= 1
                terminal.print("\(text.text.forTerminal)\n    \(findings.map { "\($0.kind.rawValue) \($0.range)" })")
            }
            terminal.print("\(path)\n\n\(scores.report)\n")
        }
    }
}
