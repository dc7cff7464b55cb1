internal import OpenCXAccess
internal import OpenCXCore

extension RESTAPI {
    static func csat(_ parts: RESTParts) -> [Endpoint] {
        [
            Endpoint(
                id: "getScore", method: .get, path: "/csat/scores/session/{session_id}", group: "CSAT",
                summary: "How a customer has rated a session", details: "Null where they have not.",
                scope: APIScope(.csat, .read),
                success: [
                    .init(
                        status: 200, description: "The rating.", schema: Schema.optional(Schema.named("Score")))
                ],
                perform: { call in
                    Reply(body: try await score(of: try await session(call, parts, "session_id"), parts))
                }),
            Endpoint(
                id: "submitScore", method: .post, path: "/csat/scores/session/{session_id}", group: "CSAT",
                summary: "Hand in how the customer rates a session that has ended",
                details: "A newer rating takes the place of the one before. An open session is not rated (422).",
                scope: APIScope(.csat, .write),
                body: Schema.object(
                    ["score": Schema.integer(1...5), "comment": Schema.text(0...4000)], required: ["score"]),
                success: [.init(status: 200, description: "The rating.", schema: Schema.named("Score"))],
                perform: { call in
                    let session = try await session(call, parts, "session_id")
                    guard case .integer(let score)? = call.body["score"],
                        let after = try await parts.agent.rate(
                            session.id, score: Int(score),
                            comment: call.body["comment"]?.string.map(UnredactedText.init))
                    else { throw APIFailure.notFound("session") }
                    return Reply(body: try await Self.score(of: after, parts))
                }),
        ]
    }

    private static func score(of session: Session, _ parts: RESTParts) async throws -> JSONValue {
        guard let rating = session.rating else { return .null }
        let contact = try await parts.store.contact(session.contact)
        return [
            "session_id": .string(session.id.rawValue), "score": JSONValue(rating.score),
            "comment": JSONValue(rating.comment), "channel": .string(session.channelKind.rawValue),
            "created_at": JSONValue(rating.at), "contact": contact?.json ?? .null,
        ]
    }
}
