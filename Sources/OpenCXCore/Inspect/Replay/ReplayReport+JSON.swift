extension ReplayReport {
    /// The report as JSON; `docs/Inspect.md` explains the keys. Turns without a change are counted, not listed.
    public var json: JSONValue {
        let turns = sessions.flatMap(\.turns)
        let counts = counts
        return [
            "turns": .integer(Int64(turnCount)), "changed": .integer(Int64(changedCount)),
            "would_ask_model": .integer(
                Int64(turns.count { if case .wouldAskModel = $0.stop { true } else { false } })),
            "would_call": .integer(Int64(turns.count { if case .wouldCall = $0.stop { true } else { false } })),
            "failed": .integer(Int64(turns.count { if case .failed = $0.stop { true } else { false } })),
            "left_out": [
                "unfinished": .integer(Int64(sessions.reduce(0) { $0 + $1.unfinished })),
                "too_old": .integer(Int64(sessions.reduce(0) { $0 + $1.tooOld })),
            ],
            "changes": .object(
                Dictionary(
                    uniqueKeysWithValues: counts.map { ($0.key.rawValue, JSONValue.integer(Int64($0.value))) })),
            "sessions": .array(sessions.compactMap(\.json)),
        ]
    }
}

extension ReplayedSession {
    /// `nil` when nothing about it is worth telling.
    fileprivate var json: JSONValue? {
        let told = turns.filter { !$0.changes.isEmpty || $0.stop != nil }
        if told.isEmpty { return nil }
        return [
            "session": .string(session.rawValue), "ticket": .integer(Int64(ticket.rawValue)),
            "turns": .array(told.map(\.json)),
        ]
    }
}

extension ReplayedTurn {
    fileprivate var json: JSONValue {
        [
            "turn": .integer(Int64(number)), "trace": .string(trace.rawValue), "at": .string(startedAt.description),
            "question": .string(question.text), "stopped": stop?.json ?? .null,
            "changes": .array(
                changes.map { change in
                    [
                        "aspect": .string(change.aspect.rawValue), "before": .array(change.before.map { .string($0) }),
                        "after": .array(change.after.map { .string($0) }),
                    ]
                }),
        ]
    }
}

extension ReplayedTurn.Stop {
    fileprivate var json: JSONValue {
        switch self {
        case .wouldAskModel(let name): ["because": "would_ask_model", "model": .string(name)]
        case .wouldCall(let action): ["because": "would_call", "action": .string(action)]
        case .failed(let stage, let reason):
            ["because": "failed", "stage": .string(stage), "reason": .string(reason)]
        }
    }
}
