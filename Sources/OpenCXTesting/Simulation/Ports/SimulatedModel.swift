internal import OpenCXCore

/// Answers and classifies as the seed wants it: well, badly, slowly, or not at all.
struct SimulatedModel: Answerer, MessageClassifier {
    let gate: Gate

    func classify(_ request: ClassificationRequest) async throws -> Classification {
        let world = gate.world
        let isEmbedded = try await think("classify", [request.question] + request.history.map(\.text))
        if isEmbedded { return try await EmbeddedClassifier().classify(request) }
        return world.with { state in
            guard state.random.chance(0.04) else { return Classification() }
            let signal = HandoffSignal(trigger: .explicitRequest, strength: 1, evidence: "a word")
            return Classification(signals: [signal], sentiment: .angry)
        }
    }

    func draft(for request: AnswerRequest) async throws -> AnswerDraft {
        let world = gate.world
        let isEmbedded = try await think("draft", [request.question] + request.history.map(\.text))
        if isEmbedded { return try await EmbeddedAnswerer().draft(for: request) }
        return world.with { $0.draft(for: request) }
    }

    /// Takes its time, and fails sometimes.
    ///
    /// - Returns: whether the built-in parts are to do the work.
    private func think(_ what: String, _ texts: [RedactedText]) async throws -> Bool {
        let world = gate.world
        let (latency, fails) = world.with { state in
            state.complain(state.watch.leaks(in: texts, "what the model gets to see"))
            let fails = state.isStormy && state.random.chance(state.weather.modelFails)
            let latency = state.latency(slow: state.weather.modelIsSlow)
            if let question = texts.first { state.interrupt(question, within: latency) }
            return (latency, fails)
        }
        try await gate.pause(latency)
        if fails {
            world.with { $0.note("p\(gate.process) \(what) fails") }
            throw BrokenConnection()
        }
        return world.with { $0.weather.isEmbedded }
    }
}

extension WorldState {
    fileprivate mutating func draft(for request: AnswerRequest) -> AnswerDraft {
        if let pending = request.pendingAction, request.results.isEmpty, request.question.text.hasPrefix("Yes") {
            if random.chance(0.95) { return .act(pending.proposal) }
        }
        if let result = request.results.last {
            guard result.outcome == .succeeded else { return .handoff(.actionFailed, explanation: result.result) }
            return answer(to: request, basis: .action)
        }
        if let proposal = proposal(for: request) { return proposal }
        switch random.below(20) {
        case 0: return .handoff(.lowConfidence, explanation: "The script has no answer.")
        case 1: return answer(to: request, confidence: 0.1)
        case 2, 3: return .askBack(RedactedText(derived: "Could you say more? \(reference(to: request.question))"))
        default: return answer(to: request)
        }
    }

    private mutating func proposal(for request: AnswerRequest) -> AnswerDraft? {
        let text = request.question.text
        guard let place = text.range(of: "FH-"), random.chance(0.95) else { return nil }
        let code = String(text[place.lowerBound...].prefix(8))
        let arguments = ["order": RedactedText(derived: code)]
        func proposal(_ name: String) -> ActionProposal { ActionProposal(name: name, arguments: arguments) }
        if text.contains("cancel") { return .confirm(proposal("cancel_order"), question: Self.question(code)) }
        // The core asks the customer all the same.
        if text.contains("money") { return .act(proposal("refund_order")) }
        return .act(proposal("order_status"))
    }

    private static func question(_ code: String) -> RedactedText {
        RedactedText(derived: "Shall I cancel \(code)? Please answer yes or no.")
    }

    private mutating func answer(
        to request: AnswerRequest, confidence: Double = 1, basis: Answer.Basis = .smallTalk
    ) -> AnswerDraft {
        let said = request.results.last.map { " \($0.result.text)" } ?? ""
        let text = "Answer \(random.below(1_000_000)) \(reference(to: request.question))\(said)"
        return .answer(
            Answer(
                text: RedactedText(derived: text), confidence: confidence, basis: basis, resolves: random.chance(0.1)))
    }

    private func reference(to question: RedactedText) -> String {
        "to " + Customers.tokens(in: question.text).map { "m\($0)q" }.joined(separator: " ")
    }
}

extension String {
    /// Where a short text stands in this one; the standard library's own search is in a module that the core does without.
    fileprivate func range(of part: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(part) { return start..<index(start, offsetBy: part.count) }
            start = index(after: start)
        }
        return nil
    }
}
