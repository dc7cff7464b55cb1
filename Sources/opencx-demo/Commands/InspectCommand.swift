internal import FoundationEssentials
internal import OpenCXCore

extension Command {
    static let inspect = Command(
        name: "inspect", summary: "show what the agent saw and why it decided so",
        operands: [Operand(name: "SESSION")],
        options: [
            Option(name: "--turn", value: "N", help: "only the Nth turn"),
            Option(name: "--json", value: nil, help: "print the traces as JSON"),
        ],
        discussion: "SESSION is a ticket number or a session id.",
        run: { invocation in
            let house = try await House.open(invocation)
            let session = try await house.session(invocation.operands[0])
            let all = Array(try await house.store.traces(session.id).enumerated())
            let turn = try invocation.number("--turn", in: 1...1_000_000)
            let traces = all.filter { turn == nil || $0.offset + 1 == turn }
            if traces.isEmpty {
                throw Failure("Ticket \(session.ticket) has \(all.count) turns; there is nothing to show.")
            }
            if invocation.has("--json") {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
                invocation.terminal.print(String(decoding: try encoder.encode(traces.map(\.element)), as: UTF8.self))
                return
            }
            invocation.terminal.print(SessionReport.head(session))
            for (number, trace) in traces {
                invocation.terminal.print("\nturn \(number + 1), \(trace.startedAt)")
                for step in trace.steps {
                    invocation.terminal.print("  +\(step.offset) ms  " + TraceReport.describe(step.event).forTerminal)
                }
            }
        })
}

/// A step of a trace in lines of text.
enum TraceReport {
    static func describe(_ event: TraceStep.Event) -> String {
        switch event {
        case .question(let text, let language): "question [\(language?.rawValue ?? "?")]: \(text.text)"
        case .topics(let matches): "topics: " + topics(matches)
        case .autopilot(let decision): "autopilot: \(verdict(decision))"
        case .signals(let signals):
            "signs: " + list(signals.map { "\($0.trigger.rawValue) \(percent($0.strength)) (\($0.evidence.text))" })
        case .scenarios(let behavioral, let matched):
            "scenarios: always \(list(behavioral)); matched " + list(matched.map { "\($0.name) \(percent($0.score))" })
        case .retrieved(let entries, let unknown):
            "found \(entries.count) passages, \(percent(unknown)) of the question unknown"
                + entries.map(describe).joined()
        case .actionsConsidered(let matches): "actions: " + list(matches.map { "\($0.name) \(percent($0.score))" })
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

    private static func topics(_ matches: TopicMatches) -> String {
        let gated = matches.gated.map { "\($0.topic) \(percent($0.score))" }
        let prohibited = matches.prohibited.map { "prohibited \($0.topic) \(percent($0.score))" }
        return list([gated, prohibited].compactMap(\.self))
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
        return "\(use.model) answered in \(use.milliseconds) ms, \(tokens), \(use.finish.rawValue)"
            + use.passedOver.map { "\n      before it, \($0)" }.joined()
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
