internal import OpenCXCore

/// What we write into metadata. Zendesk keeps it and shows it to no customer.
enum SunshineMark {
    /// On a conversation and on a message: which handoff or follow-up made it.
    static let key = "opencx"
    /// On a conversation: our session, its number, and the external id of its user.
    static let session = "opencx_session"
    static let ticket = "opencx_ticket"
    static let user = "opencx_user"
}

/// Words of the switchboard.
enum SunshineControl {
    /// The kind of switchboard integration that people work in, and the source of what they write.
    static let agentWorkspace = "zd:agentWorkspace"
    /// The one after the active one.
    static let next = "next"
}

/// What matters of a conversation.
struct SunshineConversation: Sendable, Hashable {
    struct Active: Sendable, Hashable {
        var id: String?
        var name: String?
        var type: String?
    }

    var id: String
    /// Who answers; `nil` where nobody was told to.
    var active: Active?
    var mark: String?
    var user: String?

    init?(_ json: JSONValue?) {
        guard let json, let id = json["id"]?.string.flatMap(SunshineAPI.segment) else { return nil }
        self.id = id
        if let now = json["activeSwitchboardIntegration"], now != .null {
            active = Active(
                id: now["id"]?.string, name: now["name"]?.string, type: now["integrationType"]?.string)
        }
        mark = json["metadata"]?[SunshineMark.key]?.string
        user = json["metadata"]?[SunshineMark.user]?.string
    }
}

/// What matters of a message that is there.
struct SunshineMessage: Sendable, Hashable {
    /// Whose message one of ours is.
    enum Author: Sendable {
        case business
        /// A user, by external id.
        case user(String)

        var json: JSONValue {
            switch self {
            case .business: ["type": "business", "displayName": "AI"]
            case .user(let id): ["type": "user", "userExternalId": .string(id)]
            }
        }
    }

    var id: String
    var mark: String?
    /// Whether somebody in the agent workspace wrote it, and not a bot, an integration or we.
    var isByTeam: Bool

    init?(_ json: JSONValue?) {
        guard let json, let id = json["id"]?.string, !id.isEmpty else { return nil }
        self.id = id
        mark = json["metadata"]?[SunshineMark.key]?.string
        isByTeam =
            mark == nil && json["author"]?["type"]?.string == "business"
            && json["source"]?["type"]?.string == SunshineControl.agentWorkspace
    }
}

extension JSONValue {
    var array: [JSONValue]? {
        if case .array(let values) = self { values } else { nil }
    }
}
