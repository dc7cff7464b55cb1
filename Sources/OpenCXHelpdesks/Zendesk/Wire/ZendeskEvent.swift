internal import HelpdeskSupport
internal import OpenCXCore

/// What a webhook tells of a ticket (developer.zendesk.com, Webhooks: Ticket events). Ids are texts here.
struct ZendeskEvent: Sendable {
    enum Kind: Sendable {
        case created
        case commented(Comment)
        case status(from: String?, to: String)
        case assignee(Int64?)
        case group(Int64?)
        case tags(added: [String], removed: [String])
    }

    struct Comment: Sendable {
        var id: Int64
        var author: Int64
        var authorName: String?
        var isStaff: Bool
        var isPublic: Bool
        var text: String
        var attachments: [InboundAttachment]
    }

    /// The ticket as it was after what happened.
    var ticket: ZendeskTicket
    var kind: Kind
    /// Who did it, where Zendesk says so.
    var actor: Int64?
    var requester: Int64?
    /// The event's own id.
    private var id: String
    private var saysExternalID: Bool

    /// Reads a webhook; `nil` for one about something else.
    ///
    /// - Throws: `ChannelError`, `malformed`.
    init?(_ request: WebhookRequest) throws(ChannelError) {
        guard request.method == "POST", let json = try? JSONValue(parsing: request.body),
            let type = json["type"]?.string
        else {
            throw ChannelError(
                .malformed, "Zendesk posts events as JSON to this address. Subscribe the webhook to ticket events.")
        }
        let prefix = "zen:event-type:ticket."
        guard type.hasPrefix(prefix) else { return nil }
        guard let id = json["id"]?.string, !id.isEmpty, let ticket = ZendeskTicket(json["detail"]),
            let event = json["event"]
        else {
            throw ChannelError(.malformed, "A ticket event needs an id, the ticket's details and what happened.")
        }
        guard let kind = try Self.kind(of: type.dropFirst(prefix.count), event) else { return nil }
        self.id = id
        self.ticket = ticket
        self.kind = kind
        actor = json["detail"]?["actor_id"]?.id
        requester = json["detail"]?["requester_id"]?.id
        saysExternalID = json["detail"]?["external_id"] != nil
    }

    private static func kind(of type: Substring, _ event: JSONValue) throws(ChannelError) -> Kind? {
        switch type {
        case "created": return .created
        case "comment_added":
            guard let comment = event["comment"], let id = comment["id"]?.id, let isPublic = comment["is_public"]?.bool,
                let author = comment["author"]?["id"]?.id
            else {
                throw ChannelError(.malformed, "A comment needs an id, its author, and whether it is public.")
            }
            return .commented(
                Comment(
                    id: id, author: author, authorName: comment["author"]?["name"]?.string,
                    isStaff: comment["author"]?["is_staff"]?.bool ?? false, isPublic: isPublic,
                    text: comment["body"]?.string ?? "",
                    attachments: (comment["attachments"]?.array ?? []).prefix(20).compactMap(attachment)))
        case "status_changed":
            guard let status = event["current"]?.string else { return nil }
            return .status(from: event["previous"]?.string?.lowercased(), to: status.lowercased())
        case "agent_assignment_changed": return .assignee(event["current"]?.id)
        case "group_assignment_changed": return .group(event["current"]?.id)
        case "tags_changed":
            return .tags(added: event["tags_added"]?.strings ?? [], removed: event["tags_removed"]?.strings ?? [])
        default: return nil
        }
    }

    private static func attachment(_ json: JSONValue) -> InboundAttachment? {
        guard let url = json["content_url"]?.string, url.hasPrefix("https://") else { return nil }
        let name = json["filename"]?.string ?? json["file_name"]?.string ?? "attachment"
        let size: Int? = if case .integer(let size)? = json["size"] { Int(exactly: size) } else { nil }
        return InboundAttachment(
            name: UnredactedText(PlainField.line(name)),
            mediaType: PlainField.line(json["content_type"]?.string ?? "application/octet-stream", limit: 100),
            byteCount: size, location: url)
    }
}

extension ZendeskEvent {
    private static let finished: Set<String> = ["solved", "closed"]
    private static let unfinished: Set<String> = ["new", "open", "pending", "hold"]

    /// The session whose handoff made this ticket; `nil` for any other ticket, such as one that the AI answers in place, of which
    /// its channel tells.
    ///
    /// - Parameter sources: how tickets that are answered in place come in.
    func handedOffConversation(answeredSources sources: Set<String>) -> TeamEvent.Conversation? {
        if let session = ticket.externalID { return .session(SessionID(session)) }
        let isHandedOff = ticket.tags.contains(ZendeskTag.handedOff) && ticket.source.map(sources.contains) != true
        return !saysExternalID && isHandedOff ? .ticket(String(ticket.id)) : nil
    }

    /// What people of the team did, with the provider's id for each. What the AI's own user does is none of it, nor are notes.
    func activities(agent: Int64) -> [(id: String, activity: TeamEvent.Activity)] {
        switch kind {
        case .created: return []
        case .commented(let comment):
            guard comment.isPublic, comment.isStaff, comment.author != agent else { return [] }
            let person = ZendeskUser.person(comment.authorName, comment.author)
            var told: [(id: String, activity: TeamEvent.Activity)] = [
                (
                    "comment-\(comment.id)",
                    .replied(by: person, UnredactedText(comment.text), attachments: comment.attachments)
                )
            ]
            // An answer that solves the ticket makes two events, which come in any order; and an answer opens a session again.
            if Self.finished.contains(ticket.status) {
                told.append(("comment-\(comment.id)-solved", .ended(.closedResolved, by: person)))
            }
            return told
        case .status(let before, let now):
            let wasFinished = before.map(Self.finished.contains) ?? false
            if actor == agent { return [] }
            if Self.finished.contains(now) {
                return wasFinished ? [] : [(id, .ended(.closedResolved, by: nil))]
            }
            // A customer who writes again opens the ticket; their message says what that means.
            guard wasFinished, Self.unfinished.contains(now), actor == nil || actor != requester else { return [] }
            return [(id, .reopened(by: nil))]
        case .assignee(let user):
            if actor == agent { return [] }
            let words =
                user == nil
                ? "Unassigned in Zendesk."
                : user == agent
                    ? "Assigned to the AI in Zendesk."
                    : "Assigned to user \(user ?? 0) in Zendesk."
            return [(id, .changed(UnredactedText(words), by: nil))]
        case .group(let group):
            if actor == agent { return [] }
            let words = group.map { "Moved to group \($0) in Zendesk." } ?? "Taken out of its group in Zendesk."
            return [(id, .changed(UnredactedText(words), by: nil))]
        case .tags(let added, let removed):
            if actor == agent { return [] }
            // Ours are known, and tell people nothing.
            let parts = [("Tags added in Zendesk: ", added), ("tags removed: ", removed)]
                .map { ($0.0, $0.1.filter { !$0.hasPrefix(ZendeskTag.base) }) }.filter { !$0.1.isEmpty }
            if parts.isEmpty { return [] }
            let words = parts.map {
                $0.0 + $0.1.prefix(20).map { PlainField.line($0, limit: 80) }.joined(separator: ", ")
            }
            return [(id, .changed(UnredactedText(words.joined(separator: "; ") + "."), by: nil))]
        }
    }
}
