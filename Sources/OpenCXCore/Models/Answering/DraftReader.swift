/// Makes a draft of what a model replied; redacts every word of it on the way.
struct DraftReader {
    let request: AnswerRequest
    let handles: CitationHandles

    enum Outcome {
        case draft(AnswerDraft)
        /// Not usable: what is wrong, how the turn ends if that does not change, and what to tell the model.
        case wrong(RedactedText, HandoffTrigger, [Prompt.Turn])
    }

    func read(_ reply: ModelReply) async throws -> Outcome {
        if reply.isRefusal {
            return .draft(.handoff(.aiDecision, explanation: "The model declined to answer."))
        }
        // One at a time: what the model asks for next may depend on what the first call gives.
        if let call = reply.calls.first { return try await read(call) }
        do {
            return .draft(try await draft(ModelAnswerForm(reading: reply.text.reveal()), model: reply.model))
        } catch let malformed as ModelAnswerForm.Malformed {
            let isCut = reply.finish == .length
            let problem: RedactedText = isCut ? "It was cut off at the token limit; be brief." : malformed.problem
            let said = try await request.context.redact(reply.text).prefix(2000)
            return .wrong(
                "The model's reply was not usable: " + problem, .lowConfidence,
                [
                    .model(said.isEmpty ? "(nothing)" : said, calls: []),
                    .customer(
                        "Your reply could not be used: " + problem
                            + " Reply again, as one JSON object of the form asked for."),
                ])
        }
    }

    private func read(_ call: ModelCall) async throws -> Outcome {
        do {
            return .draft(.act(try await ActionTool.proposal(call, for: request)))
        } catch let bad as ActionTool.BadCall {
            // The model's own name for the call need not be fit for another vendor's model.
            let id = "call_\(request.results.count + 1)_again"
            let isKnown = request.actions.contains { $0.name == call.name }
            let correction: [Prompt.Turn] =
                isKnown
                ? [
                    .model(.empty, calls: [Prompt.Call(id: id, name: call.name, arguments: [:])]),
                    .result(of: id, "Not called. " + bad.problem, isError: true),
                ]
                : [.model("(a call of a tool)", calls: []), .customer("Not called. " + bad.problem)]
            return .wrong("The model called an action wrongly. " + bad.problem, .actionFailed, correction)
        }
    }

    private func draft(_ form: ModelAnswerForm, model: String) async throws -> AnswerDraft {
        let (words, inline) = handles.extract(from: form.text)
        let text = try await redact(words)
        switch form.kind {
        case .question:
            return .askBack(text)
        case .handoff:
            let note = try await request.context.redact(UnredactedText(form.note ?? "")).prefix(1000)
            let reason = form.reason ?? .insufficientKnowledge
            return .handoff(
                reason.trigger, explanation: note.isEmpty ? "The model handed off and did not say why." : note,
                reasons: [reason])
        case .answer, .smallTalk:
            return .answer(answer(form, text, inline: inline, model: model))
        }
    }

    /// What the team has published and the model was shown.
    var published: [RedactedText] {
        request.passages.map(\.markdown) + (request.behavioral + request.matched.map(\.scenario)).map(\.content)
    }

    /// Redacts words of the model's; what the team has published stays as it is.
    func redact(_ words: String) async throws -> RedactedText {
        try await request.context.redact(UnredactedText(words), sparing: published)
    }

    /// The answer that a form makes.
    ///
    /// - Parameters:
    ///   - form: what the model wrote.
    ///   - text: its text, redacted and without handles.
    ///   - inline: the handles that stood in the text.
    ///   - model: the model.
    func answer(_ form: ModelAnswerForm, _ text: RedactedText, inline: [String], model: String) -> Answer {
        var sources: [PassageID] = []
        var citesScenario = false
        for handle in form.citations + inline {
            switch handles.target(of: handle) {
            case .passage(let id): if !sources.contains(id) { sources.append(id) }
            case .scenario: citesScenario = true
            }
        }
        let basis = basis(form, hasSources: !sources.isEmpty, citesScenario: citesScenario)
        return Answer(
            text: text, sources: sources, confidence: Self.confidence, basis: basis,
            resolves: form.resolves && basis == .smallTalk, model: model, sentiment: form.sentiment,
            language: form.language)
    }

    /// How far a model's answer is trusted before it is compared with its sources.
    static let confidence = 0.9

    private func basis(_ form: ModelAnswerForm, hasSources: Bool, citesScenario: Bool) -> Answer.Basis {
        if hasSources { return .knowledge }
        if form.kind == .smallTalk { return .smallTalk }
        if citesScenario { return .scenario }
        if request.results.contains(where: { $0.outcome == .succeeded || $0.outcome == .notFound }) { return .action }
        // Without any source the judgement refuses it, unless the customer said nothing but "hello".
        return SmallTalk.kind(of: request.question.text) == nil ? .knowledge : .smallTalk
    }
}
