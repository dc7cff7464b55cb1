internal import OpenCXCore

/// A session and its history in lines of text.
enum SessionReport {
    static func head(_ session: Session) -> String {
        var lines = [
            "ticket \(session.ticket)  session \(session.id)",
            "\(session.status.rawValue), owned by \(session.owner.label), on \(session.channel) since \(session.createdAt)",
        ]
        if let handoff = session.handoff {
            let reasons = handoff.reasons.map(\.rawValue).joined(separator: ", ")
            lines.append("handed off: \(reasons). \(handoff.explanation.text.forTerminal)")
            lines.append("customer sounds \(handoff.sentiment.rawValue)")
            lines += handoff.summary.text.forTerminal.split(whereSeparator: \.isNewline).map { "  \($0)" }
        }
        return lines.joined(separator: "\n")
    }

    static func line(_ entry: HistoryEntry) -> String {
        "\(entry.sequence)  \(entry.at)  \(what(entry.event).forTerminal)"
    }

    private static func what(_ event: HistoryEntry.Event) -> String {
        switch event {
        case .message(let message): "\(message.author.label): \(message.text.text)"
        case .note(let person, let text): "note by \(person): \(text.text)"
        case .handoff(let record): "handed off (\(record.trigger.rawValue)): \(record.explanation.text)"
        case .owner(let owner, _): "now owned by \(owner.label)"
        case .status(let status, let actor, let reason):
            "now \(status.rawValue), by \(actor.label)" + (reason == .inactivity ? ", nothing more was said" : "")
        case .withheld(let reason, let text): "reply withheld (\(reason.rawValue)): \(text.text)"
        case .action(let record): "action \(record.name) \(record.outcome.rawValue): \(record.result.text)"
        case .helpdesk(let helpdesk, let reference): "taken over by \(helpdesk) as \(reference)"
        case .prohibitedTopic(let match): "prohibited topic: \(match.topic)"
        case .activity(let text, let actor): "\(text.text), by \(actor.label)"
        case .deliveryFailed(_, let reason): "could not be delivered: \(reason)"
        case .delivery(let message, let stage): "\(message) \(stage.rawValue)"
        case .consent(let isGiven): "the customer wants \(isGiven ? "messages again" : "no more messages")"
        case .ratingRequested: "the customer was asked for a rating"
        case .rated(let rating): "rated \(rating.score) of 5" + (rating.comment.map { ": \($0.text)" } ?? "")
        case .vote(let message, let isHelpful): "the customer found \(message) \(isHelpful ? "" : "not ")helpful"
        case .tags(let added, let removed, let actor):
            "tags " + (added.map { "+\($0)" } + removed.map { "-\($0)" }).joined(separator: " ") + ", by \(actor.label)"
        case .checkpoint: "the channel stored its state"
        case .contactMerged(let contact, let former): "contact \(former) turned out to be \(contact)"
        }
    }
}

extension HistoryEntry.Actor {
    fileprivate var label: String {
        switch self {
        case .customer: "the customer"
        case .ai: "the AI"
        case .person(let person): person.rawValue
        case .system: "the system"
        }
    }
}
