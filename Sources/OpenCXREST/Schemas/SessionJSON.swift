internal import OpenCXCore

extension Session {
    func json(_ contact: Contact?) -> JSONValue {
        let (kind, assignee): (String, String?) =
            switch owner {
            case .ai: ("ai", nil)
            case .team: ("none", nil)
            case .person(let person): ("human", person.rawValue)
            }
        // "The AI", and nobody decided it: the customer said nothing more to an answer.
        let isAssumed = status == .closedResolved && closure?.actor == .ai && closure?.reason == .inactivity
        return [
            "id": .string(id.rawValue), "ticket_number": JSONValue(ticket.rawValue),
            "status": .string(status.rawValue),
            "ai_closure_type": isAssumed ? "assumed_resolved" : .null,
            "sentiment": JSONValue(handoff?.sentiment.rawValue),
            "channel": ["type": .string(channelKind.rawValue), "id": .string(channel.rawValue)],
            "contact": contact?.json ?? .null, "language": JSONValue(language?.rawValue),
            "subject": JSONValue(subject), "assignee_kind": .string(kind), "assignee_id": JSONValue(assignee),
            "is_handed_off": .bool(owner != .ai), "handoff": handoff?.json ?? .null, "tags": JSONValue(tags),
            "custom_data": JSONValue(attributes.mapValues(\.text)), "created_at": JSONValue(createdAt),
            "updated_at": JSONValue(updatedAt),
        ]
    }
}

extension HandoffRecord {
    fileprivate var json: JSONValue {
        [
            "summary": JSONValue(summary), "sentiment": .string(sentiment.rawValue),
            "reasons": JSONValue(reasons.map(\.rawValue)), "created_at": JSONValue(at),
        ]
    }

    /// The record as an event of a session.
    func event(of session: SessionID) -> JSONValue {
        [
            "session_id": .string(session.rawValue), "summary": JSONValue(summary),
            "explanation": JSONValue(explanation), "sentiment": .string(sentiment.rawValue),
            "reasons": JSONValue(reasons.map(\.rawValue)), "created_at": JSONValue(at),
        ]
    }
}
