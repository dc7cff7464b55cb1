extension TurnInspection {
    /// The turn as JSON; `docs/Inspect.md` explains the keys.
    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "turn": .integer(Int64(number)), "trace": .string(trace.id.rawValue),
            "session": .string(trace.session.rawValue), "customer_sequence": .integer(Int64(trace.customerSequence)),
            "started_at": .string(trace.startedAt.description),
            "stages": .array(
                stages.map { ["name": .string($0.name), "milliseconds": .integer($0.milliseconds)] }),
            "excluded": .array(excluded.map(\.json)),
            "prompts": .array(prompts.map(\.json)),
            "cost": cost.map { ["amount": .number($0), "currency": .string(currency)] } ?? .null,
            "passages": [], "proposals": [], "models": [], "actions": ["considered": [], "left_out": [], "called": []],
        ]
        for step in trace.steps { step.event.add(to: &members) }
        return .object(members)
    }
}

extension TraceStep.Event {
    fileprivate func add(to members: inout [String: JSONValue]) {
        func append(_ value: JSONValue, to list: String) {
            guard case .array(let values) = members[list] else { return members[list] = [value] }
            members[list] = .array(values + [value])
        }
        func setAction(_ key: String, _ change: ([JSONValue]) -> [JSONValue]) {
            guard case .object(var actions) = members["actions"], case .array(let values) = actions[key] else { return }
            actions[key] = .array(change(values))
            members["actions"] = .object(actions)
        }
        switch self {
        case .question(let text, let language):
            members["question"] = .string(text.text)
            members["language"] = language.map { .string($0.rawValue) } ?? .null
        case .autopilot(let decision): members["autopilot"] = decision.json
        case .signals(let signals):
            members["signals"] = .array(
                signals.map {
                    [
                        "trigger": .string($0.trigger.rawValue), "strength": .number($0.strength),
                        "evidence": .string($0.evidence.text),
                    ]
                })
        case .scenarios(let behavioral, let matched):
            members["scenarios"] = [
                "behavioral": .array(behavioral.map { .string($0) }),
                "matched": .array(matched.map { ["name": .string($0.name), "score": .number($0.score)] }),
            ]
        case .retrieved(let entries, let unknownShare):
            members["passages"] = .array(entries.map { .object($0.json) })
            members["unknown_share"] = .number(unknownShare)
        case .excluded, .prompt: break
        case .actionsConsidered(let matches):
            setAction("considered") { _ in
                matches.map { ["name": .string($0.name), "score": .number($0.score)] }
            }
        case .actionsLeftOut(let actions):
            setAction("left_out") { _ in
                actions.map { ["name": .string($0.name), "reason": .string($0.reason.rawValue)] }
            }
        case .asked(let model, let prompt):
            append(["asked": .string(model), "prompt": .string(prompt)], to: "models")
        case .modelAnswered(let use): append(use.json, to: "models")
        case .drafted(let draft): append(draft.json, to: "proposals")
        case .acted(let record): setAction("called") { $0 + [record.json] }
        case .judged(let judgement):
            members["judgement"] = [
                "accepted": .bool(judgement.isAccepted), "confidence": .number(judgement.confidence),
                "threshold": .number(judgement.threshold),
                "objections": .array(judgement.objections.map { .string($0.rawValue) }),
            ]
        case .failed(let stage, let reason):
            append(["stage": .string(stage), "reason": .string(reason)], to: "failures")
        case .decided(let decision): members["decision"] = decision.json
        case .withheld(let reason): members["withheld"] = .string(reason.rawValue)
        case .overtaken: members["overtaken"] = true
        }
    }
}

extension AutopilotDecision {
    fileprivate var json: JSONValue {
        let verdict: JSONValue =
            switch self.verdict {
            case .ai: "ai"
            case .team(let trigger): .string(trigger.rawValue)
            }
        return [
            "verdict": verdict,
            "topic": matched.map { ["name": .string($0.topic), "score": .number($0.score)] } ?? .null,
        ]
    }
}

extension RankedEntry {
    fileprivate var json: [String: JSONValue] {
        [
            "article": .string(article.rawValue), "ordinal": .integer(Int64(ordinal)), "title": .string(title.text),
            "score": .number(score), "coverage": .number(coverage),
        ]
    }
}

extension ExcludedPassage {
    fileprivate var json: JSONValue {
        .object(entry.json.merging(["reason": .string(reason.rawValue)], uniquingKeysWith: { $1 }))
    }
}

extension TurnInspection.RebuiltPrompt {
    fileprivate var json: JSONValue {
        ["as_sent": .bool(isAsSent), "digest": .string(prompt.digest), "text": .string(prompt.transcript.text)]
    }
}

extension ModelUse {
    fileprivate var json: JSONValue {
        func number(_ value: Int?) -> JSONValue { value.map { .integer(Int64($0)) } ?? .null }
        return [
            "answered": .string(model), "finish": .string(finish.rawValue), "milliseconds": .integer(milliseconds),
            "tokens": [
                "prompt": number(usage.promptTokens), "cached": number(usage.cachedTokens),
                "reply": number(usage.replyTokens),
            ],
            "passed_over": .array(passedOver.map { .string($0) }),
            "reply": record.map { record -> JSONValue in
                [
                    "text": .string(record.text.text), "refusal": .bool(record.isRefusal),
                    "calls": .array(
                        record.calls.map {
                            ["name": .string($0.name), "arguments": .string($0.arguments.text)]
                        }),
                ]
            } ?? .null,
        ]
    }
}

extension AnswerDraft {
    fileprivate var json: JSONValue {
        switch self {
        case .answer(let answer):
            [
                "kind": "answer", "text": .string(answer.text.text), "basis": .string(answer.basis.rawValue),
                "confidence": .number(answer.confidence),
                "sources": .array(answer.sources.map { .string($0.description) }),
            ]
        case .askBack(let text): ["kind": "ask_back", "text": .string(text.text)]
        case .act(let proposal): proposal.json(as: "act")
        case .confirm(let proposal, let question): proposal.json(as: "confirm", question)
        case .handoff(let trigger, let explanation, _):
            [
                "kind": "handoff", "trigger": .string(trigger.rawValue), "explanation": .string(explanation.text),
            ]
        }
    }
}

extension ActionProposal {
    fileprivate func json(as kind: String, _ question: RedactedText? = nil) -> JSONValue {
        var members: [String: JSONValue] = [
            "kind": .string(kind), "action": .string(name),
            "arguments": .object(arguments.mapValues { .string($0.text) }),
        ]
        members["text"] = question.map { .string($0.text) }
        return .object(members)
    }
}

extension ActionRecord {
    fileprivate var json: JSONValue {
        [
            "name": .string(name), "arguments": .object(arguments.mapValues { .string($0.text) }),
            "outcome": .string(outcome.rawValue), "result": .string(result.text), "changes": .bool(changes),
        ]
    }
}

extension TurnDecision {
    fileprivate var json: JSONValue {
        switch self {
        case .reply: ["kind": "reply"]
        case .askBack: ["kind": "ask_back"]
        case .handoff(let trigger): ["kind": "handoff", "trigger": .string(trigger.rawValue)]
        case .decline(let trigger): ["kind": "decline", "trigger": .string(trigger.rawValue)]
        }
    }
}
