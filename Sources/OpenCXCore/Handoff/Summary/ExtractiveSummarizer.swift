/// Summarizes by quoting: what was asked, what was tried, what was done, and where it stands.
public struct ExtractiveSummarizer: HandoffSummarizer {
    /// Makes the built-in summarizer.
    public init() {}

    /// See ``HandoffSummarizer/summarize(_:)``.
    public func summarize(_ request: SummaryRequest) async throws -> HandoffSummary { Self.summary(of: request) }

    static func summary(of request: SummaryRequest) -> HandoffSummary {
        HandoffSummary(
            text: lines(request).joined(separator: "\n"),
            sentiment: sentiment(request.messages.filter { $0.author == .customer }, last: request.sentiment))
    }

    private static func lines(_ request: SummaryRequest) -> [RedactedText] {
        let customer = request.messages.filter { $0.author == .customer }.map(\.text)
        guard let first = customer.first(where: { !isManners($0) }) ?? customer.first, let last = customer.last else {
            return ["The customer has not written yet."]
        }
        var lines: [RedactedText] = ["Asked first: " + first.firstLine(280)]
        if last != first { lines.append("Wrote last: " + last.firstLine(280)) }
        let replies = request.messages.filter { $0.author == .ai }
        let titles = replies.flatMap(\.citations).map(\.title).reduce(into: [RedactedText]()) { titles, title in
            if !titles.contains(title) { titles.append(title) }
        }
        if !titles.isEmpty {
            lines.append("The AI answered from: " + Array(titles.prefix(6)).joined(separator: "; "))
        } else if let reply = replies.last {
            lines.append("The AI said last: " + reply.text.firstLine(160))
        }
        lines += request.actions.suffix(5).map { line($0) }
        lines.append("Where it stands: " + request.explanation.firstLine(280))
        return lines
    }

    private static func line(_ record: ActionRecord) -> RedactedText {
        let arguments = record.arguments.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let called = arguments.isEmpty ? record.name : "\(record.name) (\(arguments.joined(separator: ", ")))"
        let outcome =
            switch record.outcome {
            case .succeeded: "done"
            case .notFound: "not found"
            case .failed: "failed"
            case .badArguments: "not called, wrong arguments"
            case .unknown: "NOT KNOWN WHETHER IT WAS DONE"
            }
        let result = record.result.firstLine(160)
        let text = "Action: \(called): \(outcome)" + (result.isEmpty ? "" : ", ")
        return RedactedText(derived: text, from: record.result) + result
    }

    /// Hello and thanks say nothing of the subject, and nor does asking for a person.
    private static func isManners(_ text: RedactedText) -> Bool {
        SmallTalk.kind(of: text.text) != nil || HumanRequest.otherWords(in: text.text) == 0
    }

    /// Anger stays for a few messages; thanks count where they come last.
    private static func sentiment(_ messages: [Message], last: Sentiment) -> Sentiment {
        if last != .neutral { return last }
        let wasAngry = messages.suffix(3).contains { Frustration.measure($0.text, history: []).strength >= 0.6 }
        return wasAngry ? .angry : .neutral
    }
}

extension RedactedText {
    /// The text in one line, cut.
    func firstLine(_ limit: Int) -> RedactedText {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return RedactedText(derived: line.count > limit ? line.prefix(limit) + "…" : line, from: self)
    }
}
