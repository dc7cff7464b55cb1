internal import OpenCXCore

/// What a visitor says about a conversation, besides what they write in it.
extension WidgetAPI {
    /// `POST /chat/vote`
    func vote(_ fields: Fields, _ visitor: WidgetVisitor) async throws -> JSONValue {
        let (session, _) = try await session(fields.required("sessionId"), of: visitor)
        let isHelpful: Bool
        switch try fields.required("action") {
        case "upvote": isHelpful = true
        case "downvote": isHelpful = false
        default: throw WidgetProblem.malformed("\"action\" must be \"upvote\" or \"downvote\".")
        }
        let id = MessageID(try fields.required("messagePublicId"))
        let isThere = try await entries(of: session).contains {
            $0.message.map { $0.id == id && $0.author == .ai } == true
        }
        guard isThere, try await agent.vote(on: id, in: session.id, isHelpful: isHelpful) != nil else {
            throw WidgetProblem(404, "There is no such message of the assistant in this session.")
        }
        return ["messagePublicId": .string(id.rawValue), "success": true]
    }

    /// `POST /session/resolve`
    func resolve(_ fields: Fields, _ visitor: WidgetVisitor) async throws -> JSONValue {
        let (session, contact) = try await session(fields.required("session_id"), of: visitor)
        guard let after = try await agent.close(session.id, by: .customer) else { throw WidgetProblem.noSession }
        return try await json(after, contact)
    }

    /// `POST /checkpoint`
    func checkpoint(_ fields: Fields, _ visitor: WidgetVisitor) async throws -> JSONValue {
        let (session, _) = try await session(fields.required("session_id"), of: visitor)
        guard let payload = try fields.object("payload") else {
            throw WidgetProblem.malformed("\"payload\" is missing.")
        }
        guard try await agent.checkpoint(UnredactedJSON(.object(payload)), in: session.id) != nil else {
            throw WidgetProblem.noSession
        }
        return ["success": true]
    }

    /// `POST /submit-csat`
    func rate(_ fields: Fields, _ visitor: WidgetVisitor) async throws -> JSONValue {
        let (session, _) = try await session(fields.required("session_id"), of: visitor)
        guard let number = try fields.number("score"), let score = Int(exactly: number),
            CustomerRating.scores.contains(score)
        else { throw WidgetProblem.malformed("\"score\" must be a whole number from 1 to 5.") }
        // The page shows the rating at once, under this id; in the history it must not come a second time.
        let id = try fields.id("system_message_uuid").map { MessageID($0) }
        let feedback = try fields.text("feedback", limit: SessionLimits.commentBytes)
        let comment = feedback.flatMap { $0.isEmpty ? nil : UnredactedText($0) }
        guard try await agent.rate(session.id, score: score, comment: comment, id: id) != nil else {
            throw WidgetProblem.noSession
        }
        return ["success": true]
    }
}
