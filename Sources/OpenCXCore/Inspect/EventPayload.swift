extension ConversationEvent {
    /// What an endpoint is told: made from what never changes, so that every try says the same.
    ///
    /// The members are those of the product's payloads (OpenCX, webhook types), each event an object of its own.
    ///
    /// - Parameters:
    ///   - entry: the entry of the history that the event points to.
    ///   - session: the session; only what never changes is used of it.
    ///   - messageCount: how many messages there were up to the entry.
    func payload(of entry: HistoryEntry, in session: Session, messageCount: Int) -> JSONValue {
        var members: [String: JSONValue] = [
            "conversation_id": .string(session.id.rawValue),
            "ticket_number": .integer(Int64(session.ticket.rawValue)),
            "channel": .string(session.channelKind.rawValue),
            "contact_id": .string(session.contact.rawValue),
            "timestamp": .string(entry.at.description),
            "message_count": .integer(Int64(messageCount)),
        ]
        members.merge(details(of: entry.event), uniquingKeysWith: { $1 })
        return .object(members)
    }

    private func details(of event: HistoryEntry.Event) -> [String: JSONValue] {
        switch event {
        case .message(let message) where name == .started:
            ["first_message": .string(message.text.text), "assignee": ["type": "AI"]]
        case .message(let message):
            ["message": message.payload]
        case .handoff(let record):
            record.payload
        case .owner(let owner, let actor):
            [
                // The AI itself passes a session on without a record only when it cannot reach the customer.
                "reason": actor == .ai ? "message_undeliverable" : "human_agent_decided_to_take_over",
                "assignee": owner.payload,
            ]
        case .status(let status, let actor, let reason):
            [
                "resolution_status": status == .closedResolved ? "resolved" : "not_resolved",
                "closed_by": actor.payload, "closed_because": .string(reason?.rawValue ?? "decided"),
            ]
        case .prohibitedTopic(let match):
            ["topic": .string(match.topic), "score": .number(match.score)]
        case .deliveryFailed(let entry, let reason):
            ["delivery_id": .string(entry.rawValue), "error": .string(reason)]
        case .rated(let rating):
            [
                "score": .integer(Int64(rating.score)),
                "comment": rating.comment.map { .string($0.text) } ?? .null,
            ]
        default: [:]
        }
    }
}

extension Message {
    fileprivate var payload: JSONValue {
        var members: [String: JSONValue] = ["id": .string(id.rawValue), "text": .string(text.text)]
        if case .person(let person) = author { members["agent"] = ["name": .string(person.rawValue)] }
        if !attachments.isEmpty {
            members["attachments"] = .array(
                attachments.map { ["name": .string($0.name.text), "type": .string($0.mediaType)] })
        }
        if !citations.isEmpty {
            members["citations"] = .array(
                citations.map { citation in
                    var cited: [String: JSONValue] = ["title": .string(citation.title.text)]
                    cited["url"] = citation.url.map { .string($0) }
                    return .object(cited)
                })
        }
        return .object(members)
    }
}

extension HandoffRecord {
    fileprivate var payload: [String: JSONValue] {
        var members: [String: JSONValue] = [
            "reason": .string(trigger.rawValue), "reasons": .array(reasons.map { .string($0.rawValue) }),
            "summary": .string(summary.text), "explanation": .string(explanation.text),
            "user_sentiment": .string(sentiment.rawValue), "assignee": SessionOwner.team.payload,
        ]
        members["topic"] = topic.map { .string($0) }
        return members
    }
}

extension SessionOwner {
    fileprivate var payload: JSONValue {
        switch self {
        case .ai: ["type": "AI"]
        case .team: ["type": "none"]
        case .person(let person): ["type": "human", "name": .string(person.rawValue)]
        }
    }
}

extension HistoryEntry.Actor {
    fileprivate var payload: JSONValue {
        switch self {
        case .customer: ["type": "contact"]
        case .ai: ["type": "AI"]
        case .person(let person): ["type": "human", "name": .string(person.rawValue)]
        case .system: ["type": "system"]
        }
    }
}
