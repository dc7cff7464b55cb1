internal import OpenCXCore

extension WidgetAPI {
    /// A session's history as the widget knows it: oldest first, each entry under an id that it keeps for ever. Notes, and what only
    /// the team is to know, are left out.
    func history(
        _ entries: [HistoryEntry], of session: Session, _ contact: Contact, _ request: WebhookRequest
    ) async throws -> [JSONValue] {
        var all: [JSONValue] = []
        var actions: [ActionRecord] = []
        for entry in entries {
            if let action = entry.action { actions.append(action) }
            if let message = entry.message {
                all.append(try await json(message, actions, session, contact, request))
                if message.author == .ai { actions = [] }
            } else if let system = try await system(entry, session) {
                all.append(system)
            }
        }
        return all
    }

    private func json(
        _ message: Message, _ actions: [ActionRecord], _ session: Session, _ contact: Contact, _ request: WebhookRequest
    ) async throws -> JSONValue {
        let sender: JSONValue
        var type = "message"
        switch message.author {
        case .customer: sender = ["kind": "user", "name": .optional(contact.name), "avatar": .null]
        case .ai:
            sender = [
                "kind": "ai", "name": .optional(settings.assistant.name),
                "avatar": .optional(settings.assistant.avatarURL),
            ]
        case .person(let person):
            sender = ["kind": "agent", "name": .string(try await agent.name(of: person)), "avatar": .null]
            type = "agent_message"
        }
        let calls = message.author == .ai ? shown(actions) : []
        return [
            "publicId": .string(message.id.rawValue), "type": .string(type),
            "content": ["text": .string(try await agent.text(of: message, in: session.id).reveal())], "sender": sender,
            "sentAt": .string(message.at.description),
            "actionCalls": calls.isEmpty ? .null : .array(calls.map(\.json)),
            "attachments": .array(try await attachments(of: message, session, request)),
            "systemMessagePayload": ["type": "none", "payload": .null],
        ]
    }

    /// Those of what the AI has called that the page may show.
    func shown(_ actions: [ActionRecord]) -> [ActionRecord] {
        actions.filter { settings.shownActions.contains($0.name) }
    }

    private func attachments(
        of message: Message, _ session: Session, _ request: WebhookRequest
    ) async throws -> [JSONValue] {
        var all: [JSONValue] = []
        let files = try await agent.files(of: message, in: session.id)
        for (attachment, file) in zip(message.attachments, files) {
            let place = try await agent.parts.redaction.restore(attachment.location, in: session.id).reveal()
            let url: String
            let id: String
            if let location = FileLocation(text: place) {
                (url, id) = (fileURL(location.id, request), location.id.rawValue)
            } else if place.hasPrefix("https://") {
                (url, id) = (place, WidgetVisitor.digest(place))
            } else {
                // Another channel's own notation, which no browser can follow.
                continue
            }
            all.append([
                "id": .string(id), "name": .string(file.name.reveal()),
                "size": .integer(Int64(attachment.byteCount ?? 0)), "type": .string(attachment.mediaType),
                "url": .string(url),
            ])
        }
        return all
    }

    // MARK: What happened besides messages

    private func system(_ entry: HistoryEntry, _ session: Session) async throws -> JSONValue? {
        var id = "\(session.id)-\(entry.sequence)"
        let type: String
        var payload: JSONValue = ["type": "none", "payload": .null]
        switch entry.event {
        case .ratingRequested:
            type = "csat_requested"
            payload = ["type": "csat_requested", "payload": .null]
        case .rated(let rating):
            type = "csat_submitted"
            // The page has shown it under this id already.
            id = rating.id?.rawValue ?? id
            payload = [
                "type": "csat_submitted",
                "payload": ["score": .integer(Int64(rating.score)), "feedback": .optional(rating.comment?.text)],
            ]
        case .checkpoint(let state):
            type = "state_checkpoint"
            // The agent restores the state that a session holds; here it is one of those before.
            var past = session
            past.checkpoint = state
            let restored = try await agent.checkpoint(of: past)?.reveal()
            payload = ["type": "state_checkpoint", "payload": restored ?? .null]
        case .handoff: type = "handoff"
        case .withheld(.stopped, _): type = "ai_response_cancelled"
        case .owner(let owner, let actor): type = TimelineWord.owner(owner, by: actor)
        case .status(let status, let actor, let reason): type = TimelineWord.status(status, by: actor, because: reason)
        // The rest is the team's, whatever else there may come to be.
        default: return nil
        }
        return [
            "publicId": .string(id), "type": .string(type), "content": ["text": .null],
            "sender": ["kind": "system", "name": .null, "avatar": .null], "sentAt": .string(entry.at.description),
            "actionCalls": .null, "attachments": [], "systemMessagePayload": payload,
        ]
    }
}

/// The product's words for what happens to a session.
enum TimelineWord {
    static func owner(_ owner: SessionOwner, by actor: HistoryEntry.Actor) -> String {
        switch (owner, actor) {
        case (.ai, _): "ai_resumed_by_system"
        case (.person(let owner), .person(let actor)) where owner == actor: "agent_took_session_from_ai"
        case (.person, .person): "agent_assigned_by_user"
        case (.person, _): "agent_assigned_by_system"
        case (.team, .person): "agent_unassigned_by_user"
        case (.team, _): "agent_unassigned_by_system"
        }
    }

    static func status(
        _ status: SessionStatus, by actor: HistoryEntry.Actor, because reason: ClosureReason?
    ) -> String {
        switch (status, actor) {
        case (.open, .person): "agent_reopened_session"
        case (.open, .ai): "ai_reopened_session"
        case (.open, _): "system_reopened_session"
        case (.closedResolved, .customer): "closed_resolved_by_contact"
        case (.closedResolved, .person): "closed_resolved_by_agent"
        case (.closedResolved, .ai):
            reason == .inactivity ? "ai_assumed_the_session_resolved" : "ai_decided_to_resolve_the_issue"
        case (.closedResolved, .system): "closed_resolved_by_system"
        case (.closedUnresolved, .person): "closed_unresolved_by_agent"
        case (.closedUnresolved, _): "closed_unresolved_by_system"
        }
    }
}

extension ActionRecord {
    /// A call and what came of it, as the widget knows it. Personal data in it stay masked, as in what the AI says.
    var json: JSONValue {
        [
            "actionName": .string(name), "args": .object(arguments.mapValues { .string($0.text) }),
            "result": resultJSON,
            "action": ["name": .string(name), "id": .string(name), "metadata": [:], "is_handoff_like": false],
        ]
    }

    var resultJSON: JSONValue {
        fields.isEmpty ? ["text": .string(result.text)] : .object(fields.mapValues { JSONValue(plainText: $0.text) })
    }
}
