internal import OpenCXCore

extension Watch {
    /// Takes over what a session has become.
    ///
    /// - Returns: the new entries of its history, and what is wrong with the change, whoever made it.
    mutating func take(_ view: View, ai isAllowed: Bool) -> (new: [HistoryEntry], problems: [Problem]) {
        let session = view.session
        let before = histories[session.id] ?? []
        var problems: [Problem] = []
        func complain(_ law: String, _ what: String) {
            problems.append(Problem(law: law, what: "\(session.ticket): \(what)"))
        }
        if view.history.count < before.count || !view.history.starts(with: before) {
            complain("history", "what was written was rewritten")
        }
        let new = Array(view.history.dropFirst(before.count))
        for (place, entry) in zip(before.count..., new) where entry.sequence != place + 1 {
            complain("history", "entry \(place + 1) has the number \(entry.sequence)")
        }
        if session.lastSequence != view.history.count { complain("history", "the session counts otherwise") }
        let lastCustomer = view.history.last { $0.message?.author == .customer }?.sequence ?? 0
        if session.lastCustomerSequence != lastCustomer { complain("history", "another message counts as the last") }
        if let old = sessions[session.id] {
            if session.updatedAt < old.updatedAt { complain("history", "changed before its last change") }
            let joined = new.contains { if case .contactMerged(session.contact, _) = $0.event { true } else { false } }
            let isMoved = session.contact != old.contact && !joined
            if session.ticket != old.ticket || isMoved || session.thread != old.thread {
                complain("history", "became another session")
            }
        } else {
            order.append(session.id)
            if session.ticket.rawValue != 1000 + order.count { complain("history", "a ticket number was left out") }
        }
        if !isAllowed, new.contains(where: { $0.message?.author == .ai }) {
            complain("owner", "the AI wrote without a turn")
        }
        let texts = [session.subject?.text ?? ""] + session.attributes.flatMap { [$0, $1.text] }.sorted()
        problems += leaks(in: new.flatMap(\.texts) + texts, "the history of \(session.ticket)")
        problems += outbox(of: view, new)
        sessions[session.id] = session
        histories[session.id] = view.history
        return (new, problems)
    }

    /// Whether a person has sent it in the helpdesk that the conversation lives in.
    private func isSentElsewhere(_ message: Message, _ session: Session) -> Bool {
        guard session.home != nil, case .person = message.author else { return false }
        return message.text.text.hasPrefix(SimulatedFront.words)
    }

    /// What is to be delivered stands in the outbox as soon as it stands in the history.
    private mutating func outbox(of view: View, _ new: [HistoryEntry]) -> [Problem] {
        var problems: [Problem] = []
        for entry in view.pending where handoffs[entry.id] == nil && events[entry.id] == nil && endings[entry.id] == nil
        {
            switch entry.payload {
            case .message(let message):
                if let known = outboxed[message.id], known.id != entry.id {
                    problems.append(Problem(law: "outbox", what: "a message is to be sent twice: \(entry.id)"))
                }
                if outboxed[message.id] == nil {
                    outboxed[message.id] = entry
                    outboxOrder.append(entry.id)
                }
                problems += leaks(in: [message.text], "the outbox")
            case .handoff(_, let record):
                handoffs[entry.id] = entry
                handedOffAt[entry.id] = view.history.count
                outboxOrder.append(entry.id)
                problems += leaks(in: [record.summary, record.explanation], "the outbox")
            case .followUp, .ending:
                endings[entry.id] = entry
                outboxOrder.append(entry.id)
            case .event:
                events[entry.id] = entry
                outboxOrder.append(entry.id)
            }
        }
        problems += (expectsEvents ? announcements(of: new, in: view.session) : [])
        for message in new.compactMap(\.message) where message.author != .customer && outboxed[message.id] == nil {
            if isSentElsewhere(message, view.session) { continue }
            problems.append(Problem(law: "outbox", what: "\(view.session.ticket): a message is sent by nobody"))
        }
        return problems
    }

    /// The number of a session's last customer message.
    func lastCustomer(_ id: SessionID) -> Int {
        histories[id]?.last { $0.message?.author == .customer }?.sequence ?? 0
    }
}

extension HistoryEntry {
    /// Every text in it.
    var texts: [String] {
        switch event {
        case .message(let message): [message.text.text] + message.attachments.map(\.name.text)
        case .note(_, let text), .withheld(_, let text), .activity(let text, _): [text.text]
        case .handoff(let record): [record.explanation.text, record.summary.text]
        case .action(let record): record.texts
        case .deliveryFailed(_, let reason): [reason]
        case .helpdesk(_, let reference): [reference]
        case .rated(let rating): [rating.comment?.text ?? ""]
        case .tags(let added, let removed, _): added + removed
        case .checkpoint(let state): [state.text]
        default: []
        }
    }
}

extension ActionRecord {
    var texts: [String] {
        [result.text] + (arguments.map { ($0, $1.text) } + fields.map { ($0, $1.text) }).sorted { $0 < $1 }.map(\.1)
    }
}

extension ActionProposal {
    var texts: [String] { arguments.values.map(\.text) }
}
