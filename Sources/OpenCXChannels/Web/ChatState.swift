internal import OpenCXCore

/// A conversation as its page may see it, as JSON.
struct ChatState {
    let agent: Agent
    let session: Session
    let entries: [HistoryEntry]
    /// The last entry that the page has, where there is no newer one.
    let after: Int

    var last: Int { entries.last?.sequence ?? after }

    /// What a page shows besides messages; it is told anew when this has changed.
    var situation: [String: JSONValue] {
        let owner =
            switch session.owner {
            case .ai: "ai"
            case .team: "team"
            case .person: "person"
            }
        let hasEnded = session.status != .open
        return [
            "session": .string(session.id.rawValue), "ticket": .integer(Int64(session.ticket.rawValue)),
            "status": .string(session.status.rawValue), "owner": .string(owner), "working": .bool(session.awaitsAI),
            "rating": session.rating.map { .integer(Int64($0.score)) } ?? .null,
            "asks_rating": .bool(hasEnded && session.rating == nil && session.ratingRequestedAt != nil),
        ]
    }

    func json() async throws -> JSONValue {
        var messages: [JSONValue] = []
        for entry in entries {
            guard let message = entry.message else { continue }
            messages.append(try await json(message, entry.sequence))
        }
        var members = situation
        members["last"] = .integer(Int64(last))
        members["messages"] = .array(messages)
        return .object(members)
    }

    private func json(_ message: Message, _ sequence: Int) async throws -> JSONValue {
        var author = "ai"
        var name = JSONValue.null
        switch message.author {
        case .customer: author = "customer"
        case .ai: break
        case .person(let person): (author, name) = ("person", .string(try await agent.name(of: person)))
        }
        let citations = message.citations.map { citation -> JSONValue in
            ["title": .string(citation.title.text), "url": citation.url.map(JSONValue.string) ?? .null]
        }
        var members: [String: JSONValue] = [
            "sequence": .integer(Int64(sequence)), "id": .string(message.id.rawValue), "author": .string(author),
            "name": name,
            "text": .string(try await agent.text(of: message, in: session.id).reveal()),
            "citations": .array(citations), "at": .string(message.at.description),
        ]
        let files = try await agent.files(of: message, in: session.id).map(Self.json)
        if !files.isEmpty { members["files"] = .array(files) }
        return .object(members)
    }

    private static func json(_ file: OutboundFile) -> JSONValue {
        let own = WebFileLocation.id(of: file.location.reveal()).map { "/v1/files/\($0)" }
        return [
            "name": .string(file.name.reveal()), "type": .string(file.mediaType),
            "bytes": file.byteCount.map { .integer(Int64($0)) } ?? .null,
            "url": (own ?? file.webAddress).map(JSONValue.string) ?? .null,
        ]
    }
}
