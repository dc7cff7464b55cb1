/// What a turn decided, in the few points in which two runs of it are compared.
struct TurnOutline: Sendable, Hashable {
    /// By aspect; what was not reached is not there.
    var points: [ReplayChange.Aspect: [String]] = [:]

    init(_ events: [TraceStep.Event], reply: RedactedText?, summary: RedactedText?, isComplete: Bool) {
        for event in events { add(event) }
        // What was not done is a point of its own, once the turn has come to its end.
        guard isComplete else { return }
        for aspect in [ReplayChange.Aspect.actions, .judgement, .handoff] where points[aspect] == nil {
            points[aspect] = []
        }
        points[.answer] = reply.map { [$0.text] } ?? []
        // Where only one of the two hands off, that is told already.
        points[.summary] = summary.map { [$0.text] }
    }

    private mutating func add(_ event: TraceStep.Event) {
        switch event {
        case .autopilot(let decision):
            let verdict =
                switch decision.verdict {
                case .ai: "ai"
                case .team(let trigger): trigger.rawValue
                }
            points[.topicGate] = [verdict] + (decision.matched.map { [$0.topic] } ?? [])
        case .signals(let signals):
            points[.signals] = signals.map(\.trigger.rawValue).sorted()
        case .scenarios(let behavioral, let matched):
            points[.scenarios] = behavioral + matched.map(\.name)
        case .retrieved(let entries, _):
            points[.passages] = entries.map { "\($0.article)#\($0.ordinal)" }
        case .acted(let record):
            points[.actions, default: []].append("\(record.name): \(record.outcome.rawValue)")
        case .judged(let judgement):
            points[.judgement] =
                judgement.isAccepted ? ["accepted"] : ["refused"] + judgement.objections.map(\.rawValue)
        case .decided(.reply): points[.decision] = ["reply"]
        case .decided(.askBack): points[.decision] = ["ask_back"]
        case .decided(.decline(let trigger)): points[.decision] = ["decline", trigger.rawValue]
        case .decided(.handoff(let trigger)):
            points[.decision] = ["handoff"]
            points[.handoff] = [trigger.rawValue]
        default: break
        }
    }

    /// In what the other one differs, as far as both have come.
    func changes(to other: TurnOutline) -> [ReplayChange] {
        ReplayChange.Aspect.allCases.compactMap { aspect in
            // A search or a judgement that one of them never got to follows from an earlier point that is told.
            guard let before = points[aspect], let after = other.points[aspect], before != after else { return nil }
            return ReplayChange(aspect: aspect, before: before, after: after)
        }
    }
}
