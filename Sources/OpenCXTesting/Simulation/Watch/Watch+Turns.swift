internal import OpenCXCore

extension Watch {
    /// A worker takes a turn up.
    mutating func turnClaimed(_ claim: TurnClaim, now: Timestamp, until: Timestamp) -> [Problem] {
        let id = claim.session.id
        var problems = begun(in: id, "A turn")
        if let held = turns[id], held.until > now {
            problems.append(Problem(law: "serial", what: "\(claim.session.ticket): two turns at the same time"))
        }
        if claim.session.status != .open || claim.session.owner != .ai, claim.session.begunEffect == nil {
            problems.append(Problem(law: "owner", what: "\(claim.session.ticket): a turn in somebody else's session"))
        }
        if claim.session != sessions[id] {
            problems.append(Problem(law: "history", what: "\(claim.session.ticket): a turn got another session"))
        }
        turns[id] = Reservation(lease: claim.lease, until: until)
        return problems
    }

    mutating func turnExtended(
        _ id: SessionID, _ lease: LeaseToken, until: Timestamp, isOurs: Bool
    ) -> [Problem] {
        guard isOurs else { return [] }
        guard turns[id]?.lease == lease else {
            return [Problem(law: "serial", what: "a lease that was lost was extended")]
        }
        turns[id]?.until = until
        return []
    }

    mutating func turnAbandoned(_ id: SessionID, _ lease: LeaseToken, _ trace: Trace?) -> [Problem] {
        if turns[id]?.lease == lease { turns[id] = nil }
        return trace.map(leaks(in:)) ?? []
    }

    /// A turn asked whether it may change something.
    mutating func effectBegun(
        _ intent: EffectIntent, _ start: EffectStart, _ lease: LeaseToken, until: Timestamp, _ view: View
    ) -> [Problem] {
        let before = sessions[intent.session]
        let (new, found) = take(view, ai: true)
        var problems = found + leaks(in: intent.proposal.texts, "the ledger")
        func complain(_ law: String, _ what: String) {
            problems.append(Problem(law: law, what: "\(view.session.ticket): \(what)"))
        }
        if !new.isEmpty || start != .begun && before != view.session { complain("history", "the ledger changed more") }
        guard start == .begun else { return problems }
        if turns[intent.session]?.lease != lease {
            complain("serial", "a turn that had lost its lease begins a change")
        }
        if before?.owner != .ai || before?.status != .open {
            complain("owner", "the AI begins a change, and \(before?.owner as Any) owned it")
        }
        if before?.pendingAction?.proposal != intent.proposal {
            complain("consent", "a change begins that nobody asked for")
        }
        turns[intent.session]?.until = until
        return problems
    }

    /// A turn's result was handed to the store.
    mutating func turnEnded(_ commit: TurnCommit, _ outcome: TurnOutcome, _ view: View, api: SimulatedAPI) -> [Problem]
    {
        let id = commit.session
        let before = sessions[id]
        let lastCustomer = lastCustomer(id)
        let (new, found) = take(view, ai: true)
        var problems = found + leaks(in: commit.trace)
        func complain(_ law: String, _ what: String) {
            problems.append(Problem(law: law, what: "\(view.session.ticket): \(what)"))
        }
        guard turns[id]?.lease == commit.lease else {
            if !new.isEmpty || outcome != .leaseLost { complain("serial", "a turn that had lost its lease wrote") }
            return problems
        }
        turns[id] = nil
        let replies = new.compactMap(\.message).filter { $0.author == .ai }
        let handoff = new.contains { if case .handoff = $0.event { true } else { false } }
        if replies.count > 1 { complain("one answer", "a turn gave \(replies.count)") }
        if !replies.isEmpty || handoff {
            if before?.owner != .ai { complain("owner", "the AI answered, and \(before?.owner as Any) owned it") }
            if before?.status != .open { complain("owner", "the AI answered in a session that had ended") }
            let mayHaveChanged = commit.actions.contains {
                $0.outcome == .unknown || $0.outcome == .succeeded && $0.name != "order_status"
            }
            if lastCustomer != commit.customerSequence, !mayHaveChanged, view.session.channelKind != .email {
                complain("newest message", "the AI answered \(commit.customerSequence), not \(lastCustomer)")
            }
        }
        for reply in replies { problems += answer(reply, in: view.session, isHandoff: handoff) }
        for case .action(let record) in new.map(\.event) { problems += recorded(record, in: view.session, api) }
        guard case .committed = outcome else {
            if commit.reply != nil, !new.contains(where: { if case .withheld = $0.event { true } else { false } }) {
                complain("forgotten", "a reply was withheld without a word")
            }
            return problems
        }
        problems += covered(by: commit, view.session)
        if replies.isEmpty, !handoff { complain("forgotten", "a turn ended without answer or handoff") }
        if handoff { problems += handedOff(commit, view) }
        return problems
    }

    /// No message is answered twice.
    private mutating func answer(_ reply: Message, in session: Session, isHandoff: Bool) -> [Problem] {
        let numbers = Customers.tokens(in: reply.text.text)
        let again = numbers.filter { spokenOf.contains($0) && !mistaken.contains($0) }
        spokenOf.formUnion(numbers)
        return again.isEmpty
            ? [] : [Problem(law: "one answer", what: "\(session.ticket): m\(again[0])q was answered twice")]
    }

    /// A turn has seen every message that it says it has dealt with.
    private mutating func covered(by commit: TurnCommit, _ session: Session) -> [Problem] {
        let question =
            commit.trace.steps.compactMap { step -> String? in
                if case .question(let text, _) = step.event { text.text } else { nil }
            }.first ?? ""
        let seen = Customers.tokens(in: question)
        let through = answeredThrough[session.id] ?? 0
        let missed = (histories[session.id] ?? []).filter {
            $0.sequence > through && $0.sequence <= commit.customerSequence && $0.message?.author == .customer
        }.compactMap { $0.message.flatMap { Customers.tokens(in: $0.text.text).first } }.filter { !seen.contains($0) }
        answeredThrough[session.id] = max(through, commit.customerSequence)
        return missed.isEmpty
            ? [] : [Problem(law: "forgotten", what: "\(session.ticket): m\(missed[0])q was passed over")]
    }

    /// What the history says of a change is what the shop knows.
    private func recorded(_ record: ActionRecord, in session: Session, _ api: SimulatedAPI) -> [Problem] {
        guard record.name != "order_status", !isMistaken(record.arguments["order"]?.text ?? "") else { return [] }
        let isDone = api.hasDone(record, in: session.id)
        switch record.outcome {
        case .succeeded where !isDone: break
        case .failed where isDone, .notFound where isDone: break
        default: return []
        }
        return [
            Problem(law: "effect told wrong", what: "\(session.ticket): \(record.name) is said to be \(record.outcome)")
        ]
    }

    private func handedOff(_ commit: TurnCommit, _ view: View) -> [Problem] {
        var problems: [Problem] = []
        if view.session.owner != .team {
            problems.append(Problem(law: "handoff", what: "\(view.session.ticket) was handed off to nobody"))
        }
        for helpdesk in view.session.home.map({ [$0] }) ?? commit.helpdesks {
            let isThere = view.pending.contains { entry in
                if case .handoff(helpdesk, commit.handoff) = entry.payload { true } else { false }
            }
            if !isThere {
                problems.append(Problem(law: "handoff", what: "\(view.session.ticket) is not in the outbox"))
            }
        }
        return problems
    }

    private func leaks(in trace: Trace) -> [Problem] {
        leaks(
            in: trace.steps.flatMap { step -> [String] in
                switch step.event {
                case .question(let text, _), .prompt(let text): [text.text]
                case .modelAnswered(let use):
                    [use.record?.text.text ?? ""] + (use.record?.calls ?? []).map(\.arguments.text)
                case .signals(let signals): signals.map(\.evidence.text)
                case .drafted(let draft): ["\(draft)"]
                case .acted(let record): record.texts
                case .failed(_, let reason): [reason]
                default: []
                }
            }, "a trace")
    }
}
