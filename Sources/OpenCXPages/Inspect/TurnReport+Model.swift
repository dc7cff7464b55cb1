internal import OpenCXCore

/// What was proposed, called and asked.
extension TurnReport {
    private var events: [TraceStep.Event] { turn.trace.steps.map(\.event) }

    var proposals: HTML {
        section(.class("card")) {
            h2 { "What was proposed" }
            for case .drafted(let draft) in events { proposal(draft) }
            if !events.contains(where: { if case .drafted = $0 { true } else { false } }) {
                p(.class("nothing")) { "Nothing: the turn ended before an answer was drafted." }
            }
        }
    }

    private func proposal(_ draft: AnswerDraft) -> HTML {
        switch draft {
        case .answer(let answer):
            group {
                p {
                    span(.class("badge")) { "\(answer.basis.rawValue) answer" }
                    span(.class("badge")) { "confidence \(Percent.text(answer.confidence))" }
                }
                div(.class("said quote"), .dir("auto")) { HTML.said(answer.text) }
                if !answer.sources.isEmpty {
                    p(.class("quiet-text")) { "Rests on \(answer.sources.map(\.description).joined(separator: ", "))." }
                }
            }
        case .askBack(let text):
            group {
                p { span(.class("badge")) { "question back" } }
                div(.class("said quote"), .dir("auto")) { HTML.said(text) }
            }
        case .act(let proposal): call("Call", proposal)
        case .confirm(let proposal, let question):
            group {
                call("Ask before calling", proposal)
                div(.class("said quote"), .dir("auto")) { HTML.said(question) }
            }
        case .handoff(let trigger, let explanation, _):
            p {
                span(.class("badge warn")) { "handoff" }
                " \(Words.of(trigger)): "
                HTML.redacted(explanation)
            }
        }
    }

    private func call(_ what: String, _ proposal: ActionProposal) -> HTML {
        group {
            p {
                span(.class("badge")) { what.lowercased() }
                " "
                code { proposal.name }
            }
            arguments(proposal.arguments)
        }
    }

    private func arguments(_ arguments: [String: RedactedText]) -> HTML {
        dl(.class("facts wide")) {
            for (name, value) in arguments.sorted(by: { $0.key < $1.key }) {
                dt { name }
                dd { HTML.redacted(value) }
            }
        }
    }

    var actions: HTML {
        let relevant = events.contains { event in
            switch event {
            case .acted: true
            case .actionsConsidered(let matches): !matches.isEmpty
            case .actionsLeftOut(let left): !left.isEmpty
            default: false
            }
        }
        return section(.class("card").when(relevant), .hidden.when(!relevant)) {
            h2 { "Actions" }
            for event in events {
                switch event {
                case .actionsConsidered(let matches):
                    if !matches.isEmpty {
                        p {
                            "Considered: "
                            matches.map { "\($0.name) (\(Percent.text($0.score)))" }.joined(separator: ", ")
                        }
                    }
                case .actionsLeftOut(let left):
                    if !left.isEmpty {
                        p {
                            "Left out: "
                            left.map { "\($0.name) (other \($0.reason.rawValue))" }.joined(separator: ", ")
                        }
                    }
                case .acted(let record):
                    h3 {
                        code { record.name }
                        " "
                        span(.class("badge", record.outcome == .succeeded ? "good" : "warn")) {
                            Words.of(record.outcome)
                        }
                    }
                    arguments(record.arguments)
                    if !record.result.isEmpty { pre(.tabindex(0)) { HTML.redacted(record.result) } }
                default: HTML()
                }
            }
        }
    }

    var models: HTML {
        let uses = turn.trace.modelUses
        return section(.class("card").when(!uses.isEmpty), .hidden.when(uses.isEmpty)) {
            h2 { "Language model" }
            for (place, use) in uses.enumerated() {
                h3 { "Request \(place + 1): \(use.model)" }
                p(.class("quiet-text")) {
                    "\(Moment.span(.milliseconds(use.milliseconds))), \(use.usage.promptTokens ?? 0) tokens read "
                        + "(\(use.usage.cachedTokens ?? 0) cached), \(use.usage.replyTokens ?? 0) written, \(use.finish.rawValue)"
                }
                for failure in use.passedOver { p(.class("notice warn")) { "Before it: \(failure)" } }
                if let record = use.record {
                    if !record.text.isEmpty { pre(.tabindex(0)) { HTML.redacted(record.text) } }
                    for call in record.calls {
                        p {
                            "Calls "
                            code { call.name }
                        }
                        pre(.tabindex(0)) { HTML.redacted(call.arguments) }
                    }
                }
            }
        }
    }

    var prompts: HTML {
        section(.class("card").when(!turn.prompts.isEmpty), .hidden.when(turn.prompts.isEmpty)) {
            h2 { "Prompts" }
            for (place, prompt) in turn.prompts.enumerated() {
                details {
                    summary {
                        "Prompt \(place + 1), \(prompt.prompt.transcript.text.utf8.count) bytes: "
                            + (prompt.isAsSent
                                ? "word for word as it was sent"
                                : "put together anew, for articles or configuration have changed since")
                    }
                    pre(.tabindex(0)) { HTML.redacted(prompt.prompt.transcript) }
                }
            }
        }
    }

    var steps: HTML {
        section(.class("card")) {
            details {
                summary { "Every step as it was recorded" }
                ol(.class("steps")) {
                    for step in turn.trace.steps {
                        li {
                            code { "+\(step.offset) ms" }
                            " \(Self.name(of: step.event))"
                        }
                    }
                }
                p(.class("quiet-text")) { "Trace \(turn.trace.id), begun \(turn.trace.startedAt)." }
            }
        }
    }

    static func name(of event: TraceStep.Event) -> String {
        switch event {
        case .question: "the question"
        case .topics: "topics compared"
        case .autopilot: "autopilot"
        case .signals: "signs of a needed handoff"
        case .scenarios: "scenarios"
        case .retrieved(let entries, _): "\(entries.count) passages found"
        case .excluded(let passages): "\(passages.count) passages kept out"
        case .actionsConsidered(let matches): "\(matches.count) actions considered"
        case .actionsLeftOut(let left): "\(left.count) actions left out"
        case .prompt: "prompt built"
        case .asked(let model, _): "asked \(model)"
        case .modelAnswered(let use): "\(use.model) answered"
        case .drafted: "proposal"
        case .acted(let record): "called \(record.name)"
        case .judged(let judgement): judgement.isAccepted ? "accepted" : "refused"
        case .failed(let stage, _): "failed in \(stage)"
        case .decided: "decided"
        case .withheld: "withheld"
        case .overtaken: "the customer wrote again"
        }
    }
}
