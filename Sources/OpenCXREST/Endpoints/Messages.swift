internal import OpenCXAccess
internal import OpenCXCore

extension RESTAPI {
    static func messages(_ parts: RESTParts) -> [Endpoint] {
        guard let channel = parts.channel else { return [] }
        return [
            Endpoint(
                id: "sendMessage", method: .post, path: "/chat/sessions/{id}/send", group: "Sessions",
                summary: "Write into a session as its contact, and wait for the answer",
                details: """
                    Waits up to \(parts.replyWait.components.seconds) seconds. Where the answer takes longer (202), or a person \
                    is to give it, it stands in the history, and a webhook tells of it. Only sessions of the kind `api` are \
                    written into here (409). A session that has ended for good is followed by another one, which the answer \
                    names.
                    """,
                scope: APIScope(.chatSessions, .write),
                body: Schema.object([
                    "sender": Schema.choice(["contact"]),
                    "message": Schema.object(["type": Schema.choice(["text"]), "text": Schema.text(1...100_000)]),
                ]),
                success: [
                    .init(status: 200, description: "What came of it.", schema: sent),
                    .init(status: 202, description: "The message is stored; its answer takes longer.", schema: sent),
                ],
                perform: { try await send($0, on: channel, parts) })
        ]
    }

    private static let sent = Schema.object([
        "success": Schema.bool,
        "data": Schema.object([
            "success": Schema.bool,
            "code": Schema.optional(Schema.choice(["session_assigned_to_human_agent", "pending"])),
            "message_id": Schema.id,
            "autopilotResponse": Schema.optional(
                Schema.object([
                    "id": Schema.id, "type": Schema.choice(["text"]),
                    "value": Schema.object(["error": Schema.bool, "content": Schema.text()]),
                    "mightSolveUserIssue": Schema.bool, "completelyAndFullyCoveredUserIssue": Schema.bool,
                    "sources": Schema.list(
                        Schema.object(["title": Schema.text(), "url": Schema.optional(Schema.text())])),
                ])),
            "uiResponse": Schema.null,
            "sessionIsHandedOff": Schema.bool,
            "resolveArgs": Schema.optional(
                Schema.object([
                    "status": Schema.named("SessionStatus"), "summary": Schema.text(),
                    "sentiment": Schema.named("Sentiment"),
                ])),
            "session": Schema.named("Session"),
        ]),
    ])

    private static func send(_ call: Call, on channel: ChannelID, _ parts: RESTParts) async throws -> Reply {
        let session = try await session(call, parts)
        guard session.channel == channel else {
            throw APIFailure(409, "The customer writes in this session on another channel; programs cannot.")
        }
        guard let contact = try await parts.store.contact(session.contact) else { throw APIFailure.notFound("session") }
        let message = InboundMessage(
            channel: channel, channelKind: session.channelKind, thread: session.thread,
            // A repetition of the same request is the same message, whatever became of the first try.
            providerID: "rest/\(session.id)/\(call.repetition ?? parts.agent.parts.ids.makeID())",
            sender: ContactHandle(
                email: contact.email, phone: contact.phone, customID: contact.customID, name: contact.name,
                isVerified: contact.isVerified),
            text: UnredactedText(call.body["message"]?["text"]?.string ?? ""))
        let accepted = try await parts.agent.receive(message).0
        let end = parts.now + parts.replyWait
        while true {
            // Listening before looking, so that nothing falls in between.
            let events = parts.agent.events(in: accepted.session)
            guard let session = try await parts.store.session(accepted.session) else {
                throw APIFailure.notFound("session")
            }
            let isSettled =
                session.settledSequence >= accepted.sequence || session.owner != .ai || session.status != .open
            if isSettled || parts.now >= end { return try await reply(to: accepted, session, isSettled, parts) }
            // Another process on the same store is not heard here, so look again every second.
            await parts.agent.wait(for: events, of: session.id, until: min(end, parts.now + .seconds(1)))
            try Task.checkCancellation()
        }
    }

    private static func reply(
        to accepted: AcceptedMessage, _ session: Session, _ isSettled: Bool, _ parts: RESTParts
    ) async throws -> Reply {
        let entries = try await parts.store.history(session.id, after: accepted.sequence, limit: 100)
        let answer = entries.compactMap(\.message).last { $0.author == .ai }
        let isHandedOff = session.owner != .ai
        let code: String? =
            if answer != nil { nil } else if isHandedOff { "session_assigned_to_human_agent" } else {
                isSettled ? nil : "pending"
            }
        let data: JSONValue = [
            "success": true, "code": JSONValue(code), "message_id": .string(accepted.message.rawValue),
            "autopilotResponse": answer.map { json($0, session, entries) } ?? .null, "uiResponse": .null,
            "sessionIsHandedOff": .bool(isHandedOff),
            "resolveArgs": try await resolveArguments(session, parts),
            "session": try await session.json(parts),
        ]
        return Reply(status: isSettled ? 200 : 202, body: ["success": true, "data": data])
    }

    /// With what the session was ended, as a helpdesk is told.
    private static func resolveArguments(_ session: Session, _ parts: RESTParts) async throws -> JSONValue {
        if session.status == .open { return .null }
        let explanation = session.handoff?.explanation ?? ""
        let summary = try await parts.agent.extractiveSummary(of: session, explanation: explanation)
        return [
            "status": .string(session.status.rawValue), "summary": JSONValue(summary.text),
            "sentiment": .string(summary.sentiment.rawValue),
        ]
    }

    private static func json(_ answer: Message, _ session: Session, _ entries: [HistoryEntry]) -> JSONValue {
        // Small talk, a question of the AI's own and a handoff solve nothing.
        let hasGround = !answer.citations.isEmpty || entries.contains { $0.action?.outcome == .succeeded }
        let isAnswer = session.owner == .ai && session.clarifications == 0 && session.pendingAction == nil
        return [
            "id": .string(answer.id.rawValue), "type": "text",
            "value": ["error": false, "content": JSONValue(answer.text)],
            "mightSolveUserIssue": .bool(hasGround && isAnswer),
            "completelyAndFullyCoveredUserIssue": .bool(session.status == .closedResolved),
            "sources": .array(answer.citations.map { ["title": JSONValue($0.title), "url": JSONValue($0.url)] }),
        ]
    }
}
