internal import HelpdeskSupport
internal import OpenCXCore

/// What matters of a ticket (developer.zendesk.com, Ticketing: Tickets).
struct ZendeskTicket: Sendable, Hashable {
    var id: Int64
    /// In lower case: `new`, `open`, `pending`, `hold`, `solved`, `closed`.
    var status: String
    var assignee: Int64?
    var requester: Int64?
    var subject: String?
    var description: String
    var externalID: String?
    var tags: [String]
    /// How it came in.
    var source: String?
    /// As Zendesk wrote it: it is compared there.
    var updatedAt: String?
    /// The tickets that follow this one, which Zendesk tells once it is closed.
    var followUps: [Int64]

    init?(_ json: JSONValue?) {
        guard let json, let id = json["id"]?.id else { return nil }
        self.id = id
        status = (json["status"]?.string ?? "open").lowercased()
        assignee = json["assignee_id"]?.id
        requester = json["requester_id"]?.id
        subject = json["subject"]?.string
        description = json["description"]?.string ?? ""
        externalID = json["external_id"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        tags = json["tags"]?.strings ?? []
        source = json["via"]?["channel"]?.string
        updatedAt = json["updated_at"]?.string
        followUps = (json["followup_ids"]?.array ?? []).compactMap(\.id)
    }

    /// Whether nothing can be changed any more; a follow-up has to be made.
    var isClosed: Bool { status == "closed" }
}

/// What matters of a comment.
struct ZendeskComment: Sendable, Hashable {
    var id: Int64
    var author: Int64?
    var isPublic: Bool
    /// As text, in every form that Zendesk gives.
    var text: String
    var createdAt: Timestamp?
    var body: String

    init?(_ json: JSONValue) {
        guard let id = json["id"]?.id else { return nil }
        self.id = id
        author = json["author_id"]?.id
        isPublic = json["public"]?.bool ?? false
        let plain = json["plain_body"]?.string
        let body = json["body"]?.string
        self.body = plain.map(Self.withoutEntities) ?? body ?? ""
        text = [body, plain, json["html_body"]?.string].compactMap(\.self).joined(separator: "\n")
        createdAt = json["created_at"]?.string.flatMap(ZendeskTime.timestamp)
    }

    /// Zendesk's plain texts keep the blanks of their HTML.
    private static func withoutEntities(_ text: String) -> String {
        text.replacing("&nbsp;", with: " ").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
            .replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
    }

    func holds(_ mark: String) -> Bool { text.contains(mark) }
}

/// What matters of a user.
struct ZendeskUser: Sendable, Hashable {
    var id: Int64
    var name: String?
    var email: String?
    var role: String
    var isVerified: Bool

    init?(_ json: JSONValue?) {
        // Without credentials that it takes, Zendesk shows a user without an id.
        guard let json, let id = json["id"]?.id else { return nil }
        self.id = id
        name = json["name"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        email = json["email"]?.string
        role = json["role"]?.string ?? "end-user"
        isVerified = json["verified"]?.bool ?? false
    }

    var isStaff: Bool { role != "end-user" }

    /// The name that people of the team go by.
    var person: PersonID { Self.person(name, id) }

    static func person(_ name: String?, _ id: Int64) -> PersonID {
        PersonID(name.map { PlainField.line($0, limit: 100) }.flatMap { $0.isEmpty ? nil : $0 } ?? "Zendesk user \(id)")
    }
}
