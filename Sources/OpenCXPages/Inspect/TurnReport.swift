internal import OpenCXCore

/// A turn for people: the question, a picture of where the time went, what was found and what was decided.
struct TurnReport: Sendable {
    let turn: TurnInspection

    private var events: [TraceStep.Event] { turn.trace.steps.map(\.event) }

    var html: HTML {
        group {
            question
            figures
            section(.class("card")) {
                h2 { "Where the time went" }
                TurnTimeline(turn: turn).html
            }
            decision
            classification
            passages
            proposals
            actions
            models
            prompts
            steps
        }
    }

    private var question: HTML {
        group {
            for case .question(let text, let language) in events {
                section(.class("card")) {
                    h2 { "The customer wrote" }
                    div(.class("said quote"), .dir("auto")) { HTML.said(text) }
                    if let language { p(.class("quiet-text")) { "Language: \(language.rawValue)" } }
                }
            }
        }
    }

    // MARK: In short

    private var figures: HTML {
        let uses = turn.trace.modelUses
        let total = turn.trace.steps.last?.offset ?? 0
        return ul(.class("tiles"), .aria(.label, "In short")) {
            tile(outcome.text, "Decision", style: outcome.style)
            tile(Moment.span(.milliseconds(total)), "Time")
            if let judgement {
                tile(Percent.text(judgement.confidence), "Confidence, needs \(Percent.text(judgement.threshold))")
            }
            if !uses.isEmpty {
                let read = uses.reduce(0) { $0 + ($1.usage.promptTokens ?? 0) }
                let written = uses.reduce(0) { $0 + ($1.usage.replyTokens ?? 0) }
                tile("\(read) + \(written)", "Tokens read and written")
                tile(turn.cost.map { "\(($0 * 100_000).rounded() / 100_000) \(turn.currency)" } ?? "unknown", "Cost")
            }
        }
    }

    private func tile(_ value: String, _ name: String, style: String = "") -> HTML {
        li(.class("tile", style)) {
            span(.class("tile-value")) { value }
            span(.class("tile-name")) { name }
        }
    }

    private var judgement: Judgement? {
        for case .judged(let judgement) in events.reversed() { return judgement }
        return nil
    }

    private var outcome: (text: String, style: String) {
        if case .withheld? = events.last(where: { if case .withheld = $0 { true } else { false } }) {
            return ("Withheld", "warn")
        }
        for case .decided(let decision) in events.reversed() {
            return switch decision {
            case .reply: ("Replied", "good")
            case .askBack: ("Asked back", "")
            case .handoff: ("Handed off", "warn")
            case .decline: ("Declined", "warn")
            }
        }
        return ("Not ended", "")
    }

    private var decision: HTML {
        section(.class("card")) {
            h2 { "Why" }
            dl(.class("facts wide")) {
                for event in events {
                    switch event {
                    case .decided(.handoff(let trigger)): fact("Handed off because of", Words.of(trigger))
                    case .decided(.decline(let trigger)): fact("Declined because of", Words.of(trigger))
                    case .judged(let judgement):
                        fact(
                            "Judgement",
                            judgement.isAccepted
                                ? "accepted"
                                : "refused: " + judgement.objections.map(\.rawValue).joined(separator: ", "))
                    case .withheld(let reason): fact("Withheld", "because \(Words.of(reason))")
                    case .failed(let stage, let reason): fact("Failed in \(stage)", reason)
                    case .overtaken: fact("Begun anew", "the customer wrote again")
                    default: HTML()
                    }
                }
                if events.contains(where: { if case .decided(.reply) = $0 { true } else { false } }) {
                    fact("Ended with", "a reply to the customer")
                }
            }
        }
    }

    private func fact(_ name: String, _ value: String) -> HTML {
        group {
            dt { name }
            dd { value }
        }
    }

    private var classification: HTML {
        section(.class("card")) {
            h2 { "Autopilot, signs and scenarios" }
            dl(.class("facts wide")) {
                for event in events {
                    switch event {
                    case .autopilot(let decision):
                        fact("Autopilot", Self.verdict(decision))
                    case .topics(let matches):
                        if let match = matches.gated {
                            fact("Nearest topic", "\(match.topic), \(Percent.text(match.score))")
                        }
                        if let match = matches.prohibited {
                            fact("Nearest prohibited topic", "\(match.topic), \(Percent.text(match.score))")
                        }
                    case .signals(let signals):
                        for signal in signals {
                            fact(
                                Words.of(signal.trigger),
                                "\(Percent.text(signal.strength)) (\(signal.evidence.text))")
                        }
                    case .scenarios(let behavioral, let matched):
                        fact(
                            "Scenarios that always apply",
                            behavioral.isEmpty ? "none" : behavioral.joined(separator: ", "))
                        fact(
                            "Scenarios that match",
                            matched.isEmpty
                                ? "none"
                                : matched.map { "\($0.name), \(Percent.text($0.score))" }.joined(separator: "; "))
                    default: HTML()
                    }
                }
            }
        }
    }

    private static func verdict(_ decision: AutopilotDecision) -> String {
        let topic = decision.matched.map { " (topic \($0.topic), \(Percent.text($0.score)))" } ?? ""
        return switch decision.verdict {
        case .ai: "the AI answers" + topic
        case .team(let trigger): "the team answers: \(Words.of(trigger).lowercased())" + topic
        }
    }

    // MARK: Knowledge

    private var passages: HTML {
        section(.class("card")) {
            h2 { "Knowledge" }
            for case .retrieved(let entries, let unknown) in events {
                p(.class("quiet-text")) {
                    "\(entries.count) passages, best first. \(Percent.text(unknown)) of the question's weight lies on words that none holds."
                }
                if !entries.isEmpty { RankedTable.html(entries) }
            }
            if !turn.excluded.isEmpty {
                h3 { "Found and kept from the AI" }
                div(
                    .class("table-frame"), .tabindex(0), .role("group"),
                    .aria(.label, "Passages that were kept from the AI")
                ) {
                    table {
                        caption(.class("visually-hidden")) { "Passages that were kept from the AI" }
                        thead {
                            tr {
                                th(.scope("col")) { "Passage" }
                                th(.scope("col")) { "Score" }
                                th(.scope("col")) { "Why not" }
                            }
                        }
                        tbody {
                            for passage in turn.excluded {
                                tr {
                                    th(.scope("row")) { "\(passage.entry.title.text) #\(passage.entry.ordinal)" }
                                    td(.class("number")) { Percent.two(passage.entry.score) }
                                    td { Self.reason(passage.reason) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static func reason(_ reason: ExcludedPassage.Reason) -> String {
        switch reason {
        case .draft: "its article is a draft"
        case .segment: "its article is for some customers only"
        case .language: "it is in another language"
        case .restrictedMeanwhile: "its article has been restricted meanwhile"
        case .rewrittenMeanwhile: "its article has been rewritten meanwhile"
        }
    }
}

/// Numbers for people.
enum Percent {
    static func text(_ share: Double) -> String { share.isFinite ? "\(Int((share * 100).rounded())) %" : "–" }

    static func two(_ number: Double) -> String {
        guard number.isFinite, abs(number) < 1e12 else { return "–" }
        let hundredths = Int((number * 100).rounded())
        let rest = abs(hundredths % 100)
        return "\(hundredths < 0 ? "-" : "")\(abs(hundredths) / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
