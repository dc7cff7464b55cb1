internal import OpenCXCore

/// What a webhook tells. Front says that it tells everything, and users see it tell less, so it is a hint: ids are taken from it, and
/// what matters is read.
struct FrontEvent: Sendable {
    /// What happened.
    enum Kind: Sendable, Hashable {
        case inbound, outbound, archived, reopened, deleted, restored, assigned, unassigned, tagged, untagged, merged
        /// A message of ours did not arrive.
        case deliveryFailed(isPassing: Bool)
        /// The configuration was saved, or what does not matter here.
        case other
    }

    var kind: Kind
    /// `evt_…`
    var id: String?
    /// `cnv_…`
    var conversation: String?
    /// `conversation`, `discussion` or `task`, when it is told.
    var conversationType: String?
    /// The message that it is about.
    var message: String?
    /// Who wrote that, when it is told.
    var author: FrontTeammate?
    /// Who did it; nobody for rules and programs.
    var actor: FrontTeammate?
    /// Whom the conversation was assigned to.
    var assignee: FrontTeammate?
    /// The tag.
    var tag: String?

    /// Reads what Front posted.
    ///
    /// - Throws: `malformed` for what has not the form of an event.
    init(_ body: [UInt8], from origin: FrontSignature.Origin) throws(ChannelError) {
        let value: JSONValue
        do { value = try JSONValue(parsing: body) } catch {
            throw ChannelError(.malformed, "The body is no JSON.")
        }
        guard let type = value["type"]?.string else {
            throw ChannelError(.malformed, "The body is no event of Front's.")
        }
        switch origin {
        case .rule: self.init(value, type: type)
        case .application:
            guard let payload = value["payload"], payload != .null else {
                // `sync` says that the configuration was saved; others without an event tell nothing either.
                self.init(.null, type: "sync")
                return
            }
            // The event's own type is finer: an application's `message_delivery_failed` is either of two.
            self.init(payload, type: payload["type"]?.string ?? type)
            if kind == .other { kind = Self.kind(of: type) }
        }
    }

    /// Reads an event as the API gives it.
    init(_ event: JSONValue, type: String? = nil) {
        kind = Self.kind(of: type ?? event["type"]?.string ?? "")
        id = Self.id(event["id"])
        let target = event["target"]
        conversation = Self.id(event["conversation"]?["id"])
        conversationType = event["conversation"]?["type"]?.string
        if target?["_meta"]?["type"]?.string.map({ $0 == "message" }) ?? true {
            message = Self.id(target?["data"]?["id"]).flatMap { $0.hasPrefix("msg_") ? $0 : nil }
            author = FrontTeammate(target?["data"]?["author"])
        }
        if event["source"]?["_meta"]?["type"]?.string == "teammate" {
            actor = FrontTeammate(event["source"]?["data"])
        }
        if target?["_meta"]?["type"]?.string == "teammate" { assignee = FrontTeammate(target?["data"]) }
        if target?["_meta"]?["type"]?.string == "tag" { tag = target?["data"]?["name"]?.string }
    }

    private static func id(_ value: JSONValue?) -> String? {
        value?.string.flatMap { FrontID.isValid($0) ? $0 : nil }
    }

    /// The names of events in the API and in rules, and those of application webhooks.
    private static func kind(of type: String) -> Kind {
        switch type {
        case "inbound", "inbound_received": .inbound
        case "outbound", "out_reply", "outbound_sent": .outbound
        case "archive", "conversation_archived": .archived
        case "reopen", "conversation_reopened": .reopened
        case "trash", "conversation_deleted": .deleted
        case "restore", "conversation_restored": .restored
        case "assign", "assignee_changed": .assigned
        case "unassign": .unassigned
        case "tag", "tag_added": .tagged
        case "untag", "tag_removed": .untagged
        case "conversations_merged": .merged
        // The channel did not take it, which may pass; or the recipient's server does not want it.
        case "sending_error", "message_delivery_failed": .deliveryFailed(isPassing: true)
        case "message_bounce_error": .deliveryFailed(isPassing: false)
        default: .other
        }
    }
}
