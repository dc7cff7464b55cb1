internal import OpenCXCore

// Every turn writes its trace; people who read one can wait for `Codable`.

extension Trace: StoredWritable {
    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("id", id)
            try json.member("session", session)
            try json.member("customerSequence", customerSequence)
            try json.member("startedAt", startedAt)
            try json.member("start", start)
            try json.member("steps", steps)
        }
    }
}

extension TraceStep: StoredWritable {
    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("offset", offset)
            try json.member("event", event)
        }
    }
}

extension TraceStep.Event: StoredWritable {
    func write(to json: JSONWriting) throws {
        switch self {
        case .question(let text, let language):
            try json.enumerationCase("question") { json in
                try json.member("_0", text)
                try json.member("language", language)
            }
        case .topics(let matches): try json.enumerationCase("topics") { try $0.member("_0", matches) }
        case .autopilot(let decision): try json.enumerationCase("autopilot") { try $0.member("_0", decision) }
        case .signals(let signals): try json.enumerationCase("signals") { try $0.member("_0", signals) }
        case .scenarios(let behavioral, let matched):
            try json.enumerationCase("scenarios") { json in
                try json.member("behavioral", behavioral)
                try json.member("matched", matched)
            }
        case .retrieved(let entries, let unknownShare):
            try json.enumerationCase("retrieved") { json in
                try json.member("_0", entries)
                try json.member("unknownShare", unknownShare)
            }
        case .actionsConsidered(let matches):
            try json.enumerationCase("actionsConsidered") { try $0.member("_0", matches) }
        case .prompt(let outline): try json.enumerationCase("prompt") { try $0.member("_0", outline) }
        case .asked(let model, let prompt):
            try json.enumerationCase("asked") { json in
                try json.member("model", model)
                try json.member("prompt", prompt)
            }
        case .modelAnswered(let use): try json.enumerationCase("modelAnswered") { try $0.member("_0", use) }
        case .drafted(let draft): try json.enumerationCase("drafted") { try $0.member("_0", draft) }
        case .acted(let record): try json.enumerationCase("acted") { try $0.member("_0", record) }
        case .judged(let judgement): try json.enumerationCase("judged") { try $0.member("_0", judgement) }
        case .decided(let decision): try json.enumerationCase("decided") { try $0.member("_0", decision) }
        default: try json.write(self)
        }
    }
}

extension TurnStart: StoredWritable {
    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("last", lastSequence)
            if settledSequence != 0 { try json.member("settled", settledSequence) }
            if clarifications != 0 { try json.member("clarifications", clarifications) }
            try json.coded("pendingAction", pendingAction)
            if failedAttempts != 0 { try json.member("failed", failedAttempts) }
            if isVerified { try json.member("verified", isVerified) }
            if hasOtherSenders { try json.member("others", hasOtherSenders) }
            try json.member("seed", seed)
        }
    }
}

extension TopicMatches: StoredWritable {
    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("gated", gated)
            try json.member("prohibited", prohibited)
        }
    }
}

extension TurnDecision: StoredWritable {
    func write(to json: JSONWriting) throws {
        switch self {
        case .reply: try json.enumerationCase("reply")
        case .askBack: try json.enumerationCase("askBack")
        case .handoff(let trigger): try json.enumerationCase("handoff") { try $0.member("_0", trigger) }
        case .decline(let trigger): try json.enumerationCase("decline") { try $0.member("_0", trigger) }
        }
    }
}

extension AnswerDraft: StoredWritable {
    func write(to json: JSONWriting) throws {
        switch self {
        case .answer(let answer): try json.enumerationCase("answer") { try $0.member("_0", answer) }
        case .act(let proposal): try json.enumerationCase("act") { try $0.member("_0", proposal) }
        default: try json.write(self)
        }
    }
}

extension ActionProposal: StoredWritable {
    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("name", name)
            try json.member("arguments", arguments)
        }
    }
}

extension Answer: StoredWritable {
    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("text", text)
            try json.member("sources", sources)
            try json.member("confidence", confidence)
            try json.member("basis", basis)
            try json.member("resolves", resolves)
            try json.member("model", model)
            try json.member("sentiment", sentiment)
            try json.member("language", language)
        }
    }
}

extension Answer.Basis: StoredWritable {}
extension Sentiment: StoredWritable {}

extension PassageID: StoredWritable {
    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("article", article)
            try json.member("ordinal", ordinal)
        }
    }
}

extension RankedEntry: StoredWritable {
    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("article", article)
            try json.member("ordinal", ordinal)
            try json.member("title", title)
            try json.member("score", score)
            try json.member("coverage", coverage)
        }
    }
}

extension AutopilotDecision: StoredWritable {
    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("verdict", verdict)
            try json.member("matched", matched)
        }
    }
}

extension AutopilotDecision.Verdict: StoredWritable {
    func write(to json: JSONWriting) throws {
        switch self {
        case .ai: try json.enumerationCase("ai")
        case .team(let trigger): try json.enumerationCase("team") { try $0.member("_0", trigger) }
        }
    }
}

extension TopicMatch: StoredWritable {
    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("topic", topic)
            try json.member("score", score)
        }
    }
}

extension HandoffSignal: StoredWritable {
    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("trigger", trigger)
            try json.member("strength", strength)
            try json.member("evidence", evidence)
        }
    }
}

extension HandoffTrigger: StoredWritable {}

extension ScenarioMatch: StoredWritable {
    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("name", name)
            try json.member("score", score)
        }
    }
}

extension ActionMatch: StoredWritable {
    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("name", name)
            try json.member("score", score)
        }
    }
}

extension ModelUse: StoredWritable {
    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("model", model)
            try json.member("finish", finish)
            try json.member("usage", usage)
            try json.member("milliseconds", milliseconds)
            try json.member("passedOver", passedOver)
            try json.member("record", record)
        }
    }
}

extension ModelReply.Finish: StoredWritable {}

extension ModelUsage: StoredWritable {
    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("promptTokens", promptTokens)
            try json.member("replyTokens", replyTokens)
            try json.member("cachedTokens", cachedTokens)
        }
    }
}

extension ModelRecord: StoredWritable {
    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("text", text)
            try json.member("calls", calls)
            try json.member("isRefusal", isRefusal)
        }
    }
}

extension ModelRecord.Call: StoredWritable {
    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("name", name)
            try json.member("arguments", arguments)
        }
    }
}

extension Judgement: StoredWritable {
    func write(to json: JSONWriting) throws {
        try json.object { json in
            try json.member("confidence", confidence)
            try json.member("threshold", threshold)
            try json.member("objections", objections)
        }
    }
}

extension Judgement.Objection: StoredWritable {}
