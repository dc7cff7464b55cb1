internal import FoundationEssentials
internal import OpenCXCore

extension Command {
    static let inspect = Command(
        name: "inspect", summary: "show what the agent saw and why it decided so",
        operands: [Operand(name: "SESSION")],
        options: [
            Option(name: "--turn", value: "N", help: "only the Nth turn"),
            Option(name: "--prompts", value: nil, help: "print what the language model read, word for word"),
            Option(name: "--json", value: nil, help: "print everything as JSON; see docs/Inspect.md"),
        ],
        discussion: """
            SESSION is a ticket number or a session id. Prompts are put together again with the configuration and the
            articles as they are now; it is said when that is not what was sent.
            """,
        run: { invocation in
            let house = try await House.open(invocation, syncs: false)
            let session = try await house.session(invocation.operands[0])
            guard let recorded = try await RecordedSession(session.id, from: house.store) else {
                throw Failure("The session is gone.")
            }
            let parts = try await Rehearsal.parts(house.configuration, house.store, house.index, invocation.terminal)
            let inspector = Inspector(parts, prices: house.configuration.prices)
            let wanted = try invocation.number("--turn", in: 1...1_000_000)
            var turns: [TurnInspection] = []
            for number in recorded.traces.indices.map({ $0 + 1 }) where wanted == nil || number == wanted {
                if let turn = try await inspector.inspect(turn: number, of: recorded) { turns.append(turn) }
            }
            if turns.isEmpty {
                throw Failure("Ticket \(session.ticket) has \(recorded.traces.count) turns; there is nothing to show.")
            }
            if invocation.has("--json") {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
                let bytes = try encoder.encode(JSONValue.array(turns.map(\.json)))
                invocation.terminal.print(String(decoding: bytes, as: UTF8.self))
                return
            }
            invocation.terminal.print(SessionReport.head(session))
            for turn in turns {
                invocation.terminal.print("\nturn \(turn.number), \(turn.trace.startedAt)")
                for step in turn.trace.steps {
                    invocation.terminal.print("  +\(step.offset) ms  " + TraceReport.describe(step.event).forTerminal)
                }
                for line in TraceReport.besides(turn, prompts: invocation.has("--prompts")) {
                    invocation.terminal.print("  " + line.forTerminal)
                }
            }
        })
}

/// A step of a trace in lines of text.
enum TraceReport {
    static func describe(_ event: TraceStep.Event) -> String {
        switch event {
        case .question(let text, let language): "question [\(language?.rawValue ?? "?")]: \(text.text)"
        case .autopilot(let decision): "autopilot: \(verdict(decision))"
        case .signals(let signals):
            "signs: " + list(signals.map { "\($0.trigger.rawValue) \(percent($0.strength)) (\($0.evidence.text))" })
        case .scenarios(let behavioral, let matched):
            "scenarios: always \(list(behavioral)); matched " + list(matched.map { "\($0.name) \(percent($0.score))" })
        case .retrieved(let entries, let unknown):
            "found \(entries.count) passages, \(percent(unknown)) of the question unknown"
                + entries.map(describe).joined()
        case .actionsConsidered(let matches): "actions: " + list(matches.map { "\($0.name) \(percent($0.score))" })
        case .excluded(let passages):
            "kept from the AI: " + list(passages.map { "\($0.entry.title.text) (\($0.reason.rawValue))" })
        case .actionsLeftOut(let actions):
            "actions left out: " + list(actions.map { "\($0.name) (\($0.reason.rawValue))" })
        case .asked(let model, let prompt): "asked \(model), prompt \(prompt)"
        case .prompt(let prompt): "prompt:\n" + prompt.text
        case .modelAnswered(let use): describe(use)
        case .drafted(let draft): "proposed: \(describe(draft))"
        case .acted(let record): "called \(record.name): \(record.outcome.rawValue)"
        case .judged(let judgement):
            "judged: confidence \(percent(judgement.confidence)), needs \(percent(judgement.threshold)), "
                + (judgement.isAccepted ? "accepted" : "refused \(list(judgement.objections.map(\.rawValue)))")
        case .failed(let stage, let reason): "failed in \(stage): \(reason)"
        case .decided(let decision): "decided: \(describe(decision))"
        case .withheld(let reason): "withheld: \(reason.rawValue)"
        case .overtaken: "the customer wrote again: begun anew"
        }
    }

    /// What is known of a turn besides its steps.
    static func besides(_ turn: TurnInspection, prompts: Bool) -> [String] {
        var lines = ["stages: " + list(turn.stages.map { "\($0.name) \($0.milliseconds) ms" })]
        let recorded = Set(turn.trace.excluded)
        let filtered = turn.excluded.filter { !recorded.contains($0) }
        if !filtered.isEmpty {
            lines.append("not for this customer, by the knowledge as it is now:" + filtered.map(describe).joined())
        }
        let uses = turn.trace.modelUses
        if !uses.isEmpty {
            let read = uses.reduce(0) { $0 + ($1.usage.promptTokens ?? 0) }
            let written = uses.reduce(0) { $0 + ($1.usage.replyTokens ?? 0) }
            let cost = turn.cost.map { ", \(($0 * 1_000_000).rounded() / 1_000_000) \(turn.currency)" }
            lines.append("\(uses.count) requests to a model: \(read) + \(written) tokens\(cost ?? ", price unknown")")
        }
        for (place, prompt) in turn.prompts.enumerated() {
            let text = prompt.prompt.transcript.text
            lines.append(
                "prompt \(place + 1): \(text.utf8.count) bytes, "
                    + (prompt.isAsSent
                        ? "word for word as sent" : "put together anew; articles or configuration have changed"))
            if prompts { lines += text.split(separator: "\n", omittingEmptySubsequences: false).map { "  | \($0)" } }
        }
        return lines
    }

    private static func describe(_ passage: ExcludedPassage) -> String {
        describe(passage.entry) + " (\(passage.reason.rawValue))"
    }

    private static func verdict(_ decision: AutopilotDecision) -> String {
        let topic = decision.matched.map { ", topic \($0.topic) \(percent($0.score))" } ?? ""
        return switch decision.verdict {
        case .ai: "the AI answers" + topic
        case .team(let trigger): "the team answers (\(trigger.rawValue))" + topic
        }
    }

    private static func describe(_ entry: RankedEntry) -> String {
        "\n      \(entry.title.text) #\(entry.ordinal): score \(rounded(entry.score)), covers \(percent(entry.coverage))"
    }

    private static func describe(_ use: ModelUse) -> String {
        let tokens = "\(use.usage.promptTokens ?? 0) + \(use.usage.replyTokens ?? 0) tokens"
        let calls = (use.record?.calls ?? []).map { "\n      calls \($0.name) \($0.arguments.text)" }.joined()
        return "\(use.model) answered in \(use.milliseconds) ms, \(tokens), \(use.finish.rawValue)"
            + use.passedOver.map { "\n      before it, \($0)" }.joined() + calls
    }

    private static func describe(_ draft: AnswerDraft) -> String {
        switch draft {
        case .answer(let answer):
            "\(answer.basis.rawValue) answer, confidence \(percent(answer.confidence)): \(answer.text.text)"
        case .askBack(let text): "ask back: \(text.text)"
        case .act(let proposal): "call \(proposal.name)"
        case .confirm(let proposal, _): "ask whether to call \(proposal.name)"
        case .handoff(let trigger, let why, _): "hand off (\(trigger.rawValue)): \(why.text)"
        }
    }

    private static func describe(_ decision: TurnDecision) -> String {
        switch decision {
        case .reply: "reply"
        case .askBack: "ask back"
        case .handoff(let trigger): "hand off (\(trigger.rawValue))"
        case .decline(let trigger): "decline to hand off (\(trigger.rawValue))"
        }
    }

    private static func list(_ items: [String]) -> String { items.isEmpty ? "none" : items.joined(separator: ", ") }

    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

    private static func rounded(_ number: Double) -> Double { (number * 100).rounded() / 100 }
}
