internal import OpenCXCore

/// Somebody who works in Front, or something that works there for them (Front, Teammate).
struct FrontTeammate: Sendable, Hashable {
    var id: String
    var email: String?
    var name: String?
    /// `user`, `visitor`, `rule`, `api`, `ai`, …; `nil` in older answers.
    var type: String?
    var isBlocked: Bool

    init?(_ value: JSONValue?) {
        guard let value, let id = value["id"]?.string else { return nil }
        self.id = id
        email = value["email"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        let names = [value["first_name"]?.string, value["last_name"]?.string].compactMap { $0 }.filter { !$0.isEmpty }
        name = names.isEmpty ? nil : names.joined(separator: " ")
        type = value["type"]?.string
        isBlocked = value["is_blocked"] == true
    }

    /// Whether a person is behind it. Rules, macros and applications write as teammates, too.
    var isPerson: Bool { type == nil || type == "user" || type == "visitor" }

    /// How the team knows them: by the address that they are known by elsewhere as well.
    var person: PersonID { PersonID(email ?? id) }
}

/// A conversation (Front, Conversation).
struct FrontConversation: Sendable {
    var id: String
    /// `conversation`, `discussion` or `task`.
    var type: String?
    /// `unassigned`, `assigned`, `archived` or `deleted`.
    var status: String?
    var subject: String?
    var assignee: FrontTeammate?
    /// Whom the conversation is with.
    var recipient: FrontRecipient?

    init?(_ value: JSONValue) {
        guard let id = value["id"]?.string, FrontID.isValid(id) else { return nil }
        self.id = id
        type = value["type"]?.string
        status = value["status"]?.string
        subject = value["subject"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        assignee = FrontTeammate(value["assignee"])
        recipient = value["recipient"].flatMap(FrontRecipient.init)
    }

    /// Discussions and tasks are the team's own.
    var isWithCustomer: Bool { type == nil || type == "conversation" }
}

/// An end of a message (Front, Recipient).
struct FrontRecipient: Sendable {
    var handle: String
    var name: String?
    /// `from`, `to`, `cc`, `bcc` or `reply-to`.
    var role: String?
    /// The contact that Front has for it.
    var contact: String?

    init?(_ value: JSONValue) {
        guard let handle = value["handle"]?.string, !handle.isEmpty else { return nil }
        self.handle = handle
        name = value["name"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        role = value["role"]?.string
        contact = value["_links"]?["related"]?["contact"]?.string.flatMap { FrontID.last(of: "contacts", in: $0) }
    }
}

/// A comment: what the team tells itself (Front, Comment).
struct FrontComment: Sendable {
    var id: String
    var body: String

    init?(_ value: JSONValue) {
        guard let id = value["id"]?.string, let body = value["body"]?.string else { return nil }
        self.id = id
        self.body = body
    }
}

extension JSONValue {
    /// The items, when this is a list.
    var items: [JSONValue] {
        if case .array(let items) = self { items } else { [] }
    }

    /// Seconds since 1970 as Front writes them, with a fraction.
    var seconds: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
}
