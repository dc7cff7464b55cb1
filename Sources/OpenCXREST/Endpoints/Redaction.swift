internal import OpenCXAccess
internal import OpenCXCore

extension RESTAPI {
    static func redaction(_ parts: RESTParts) -> [Endpoint] {
        let done = Endpoint.Success(
            status: 200, description: "It is hidden.",
            schema: Schema.object([
                "success": Schema.bool, "message": Schema.text(), "itemId": Schema.id,
                "redactionType": Schema.choice(["message", "session"]), "affectedCount": Schema.integer(),
                "messagesRedacted": Schema.integer(),
            ]))
        let reason = Schema.text(0...1000, "For the caller's own records; it is not kept.")
        let details = """
            The words are replaced for good in the history and in what is still to be delivered; summaries and traces that were made \
            of them go too. While the AI answers in the session it is refused (409).
            """
        return [
            Endpoint(
                id: "redactMessage", method: .post, path: "/redaction/message", group: "Redaction",
                summary: "Hide an entry of a history",
                details: details + " The id is that of an item of the history.", scope: APIScope(.redaction, .write),
                body: Schema.object(["messageId": Schema.id, "reason": reason], required: ["messageId"]),
                success: [done], failures: [404],
                perform: { call in
                    let id = call.body["messageId"]?.string ?? ""
                    guard let place = HistoryJSON.parse(id),
                        try await parts.store.history(place.session, after: place.sequence - 1, limit: 1).first?
                            .sequence
                            == place.sequence
                    else { throw APIFailure.notFound("message") }
                    return try await hide(place.session, [place.sequence], id, "message", parts)
                }),
            Endpoint(
                id: "redactSession", method: .post, path: "/redaction/session", group: "Redaction",
                summary: "Hide everything that was said in a session",
                details: details + " The raw values behind placeholders go as well.",
                scope: APIScope(.redaction, .write),
                body: Schema.object(["sessionId": Schema.id, "reason": reason], required: ["sessionId"]),
                success: [done], failures: [404],
                perform: { call in
                    let id = call.body["sessionId"]?.string ?? ""
                    return try await hide(SessionID(id), nil, id, "session", parts)
                }),
        ]
    }

    private static func hide(
        _ session: SessionID, _ entries: Set<Int>?, _ id: String, _ type: String, _ parts: RESTParts
    ) async throws -> Reply {
        let hidden: HiddenEntries?
        do { hidden = try await parts.agent.hide(session, entries: entries) } catch let error as StoreError
            where error.code == .refused
        {
            throw APIFailure(409, error.message, headers: [("retry-after", "5")])
        }
        guard let hidden else { throw APIFailure.notFound(type) }
        return Reply(body: [
            "success": true, "message": "What was said is hidden.", "itemId": .string(id),
            "redactionType": .string(type), "affectedCount": JSONValue(hidden.entries),
            "messagesRedacted": JSONValue(hidden.messages),
        ])
    }
}
