internal import OpenCXCore

extension WidgetAPI {
    /// A session as the widget knows it.
    func json(_ session: Session, _ known: Contact? = nil) async throws -> JSONValue {
        var contact = known
        if contact == nil { contact = try await agent.parts.store.contact(session.contact) }
        let last = try await lastMessage(of: session)
        let checkpoint = try await agent.checkpoint(of: session)?.reveal()
        var lastText = JSONValue.null
        if let last { lastText = .string(try await agent.text(of: last, in: session.id).reveal()) }
        return [
            "id": .string(session.id.rawValue), "ticketNumber": .integer(Int64(session.ticket.rawValue)),
            "title": .optional(session.subject?.text), "createdAt": .string(session.createdAt.description),
            "updatedAt": .string(session.updatedAt.description), "isHandedOff": .bool(session.owner != .ai),
            "isOpened": .bool(session.status == .open),
            "assignee": try await assignee(of: session, last), "channel": .string(session.channelKind.rawValue),
            "isVerified": .bool(contact?.isVerified == true), "lastMessage": lastText,
            "modeId": .optional(mode(of: session)?.id), "latestStateCheckpointPayload": checkpoint ?? .null,
            "sessionAttributes": .object(session.attributes.mapValues { JSONValue(plainText: $0.text) }),
            "customStatus": .null,
        ]
    }

    /// Who answers. Where the customer spoke last and the AI is not at it, nobody does: the widget takes an "ai" there for a reply
    /// on its way, and lets the customer write nothing more until it comes.
    private func assignee(of session: Session, _ last: Message?) async throws -> JSONValue {
        switch session.owner {
        case .ai where last?.author == .customer && !session.awaitsAI:
            ["kind": "none", "name": .null, "avatarUrl": .null]
        case .ai:
            [
                "kind": "ai", "name": .optional(settings.assistant.name),
                "avatarUrl": .optional(settings.assistant.avatarURL),
            ]
        case .team: ["kind": "none", "name": .null, "avatarUrl": .null]
        case .person(let person):
            ["kind": "human", "name": .string(try await agent.name(of: person)), "avatarUrl": .null]
        }
    }

    private func lastMessage(of session: Session) async throws -> Message? {
        var end = session.lastSequence
        // What lies behind the last message is mostly little: who owns the session, that it was closed and rated.
        while end > 0 {
            let start = max(0, end - 30)
            let entries = try await agent.parts.store.history(session.id, after: start, limit: end - start)
            if let message = entries.last(where: { $0.message != nil })?.message { return message }
            end = start
        }
        return nil
    }

    /// The mode that a session is in: the team, or a program of theirs, puts it there by a tag.
    func mode(of session: Session) -> WidgetSettings.Mode? {
        settings.modes.first { session.tags.contains($0.tag) }
    }
}

extension WidgetSettings.Mode {
    /// What marks a session as being in this mode: `mode:` and the mode's id.
    public var tag: String { "mode:\(id)" }
}
