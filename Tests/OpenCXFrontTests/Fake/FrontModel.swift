import OpenCXCore

/// As much of Front as the calls need: what there is, and what a call does to it.
struct FrontModel: Sendable {
    struct Teammate: Sendable {
        var id: String
        var name: String
        var type = "user"
        var isBlocked = false

        var json: JSONValue {
            [
                "id": .string(id), "email": .string("\(name.lowercased())@shop.example"), "first_name": .string(name),
                "last_name": "", "is_blocked": .bool(isBlocked), "type": .string(type),
            ]
        }
    }

    struct Conversation: Sendable, Equatable {
        var id: String
        var type = "conversation"
        var isArchived = false
        var isDeleted = false
        var assignee: String?
        var subject = "My order"
        var handle = "ada@example.com"
        var tags: Set<String> = []
        var comments: [String] = []
        var mergedInto: String?
        /// `assign`, `archive`, …: what was done to it, in order.
        var changes: [String] = []
    }

    struct Message: Sendable {
        var id: String
        var conversation: String
        var type = "email"
        var isInbound = true
        var author: String?
        var body = ""
        var text = ""
        var subject = "My order"
        var name: String? = "Ada Byron"
        var handle = "ada@example.com"
        var contact: String?
        var attachments: JSONValue = []
        var errorType: String?
        var at = 1_700_000_000.0
        var options: JSONValue = .null
    }

    var teammates = [
        Teammate(id: "tea_ai", name: "Fern"), Teammate(id: "tea_kim", name: "Kim"),
        Teammate(id: "tea_rule", name: "Rule", type: "rule"),
    ]
    var conversations: [String: Conversation] = [:]
    var messages: [Message] = []
    var tags: [(id: String, name: String)] = [("tag_1", "Billing"), ("tag_2", "vip")]
    var contacts: [(id: String, handle: String, name: String?)] = []
    var events: [String: JSONValue] = [:]
    var bases: [(id: String, type: String)] = []
    var articles: [String: Article] = [:]
    /// The size of a page, so that lists have several.
    var pageSize = 2
    var now = 1_700_000_000.0

    struct Article: Sendable {
        var base: String
        var slug = "/returns"
        var locales = ["en"]
        var name = "Returns"
        var status = "published"
        var content = "<h2>How</h2><p>Send it <b>back</b>.</p>"
        var updatedAt = 1_700_000_000.25
    }

    func teammate(_ id: String?) -> JSONValue { teammates.first { $0.id == id }?.json ?? .null }

    func json(_ conversation: Conversation) -> JSONValue {
        let status =
            conversation.isDeleted
            ? "deleted"
            : conversation.isArchived ? "archived" : conversation.assignee == nil ? "unassigned" : "assigned"
        return [
            "id": .string(conversation.id), "type": .string(conversation.type), "status": .string(status),
            "subject": .string(conversation.subject), "assignee": teammate(conversation.assignee),
            "recipient": ["handle": .string(conversation.handle), "role": "from"],
        ]
    }

    func json(_ message: Message) -> JSONValue {
        let contact: JSONValue =
            message.contact.map { ["related": ["contact": .string("https://shop.api.frontapp.com/contacts/\($0)")]] }
            ?? ["related": ["contact": .null]]
        return [
            "id": .string(message.id), "message_uid": .string("uid_\(message.id)"), "type": .string(message.type),
            "is_inbound": .bool(message.isInbound), "draft_mode": .null,
            "error_type": message.errorType.map(JSONValue.string) ?? .null, "created_at": .number(message.at),
            "subject": .string(message.subject), "author": teammate(message.author), "body": .string(message.body),
            "text": .string(message.text), "attachments": message.attachments,
            "recipients": [
                ["handle": "help@shop.example", "role": "to"],
                [
                    "handle": .string(message.handle), "name": message.name.map(JSONValue.string) ?? .null,
                    "role": "from",
                    "_links": contact,
                ],
            ],
        ]
    }
}
