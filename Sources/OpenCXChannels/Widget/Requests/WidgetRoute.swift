/// What a request asks for.
enum WidgetRoute: Hashable {
    case config
    case createUnverifiedContact
    case listSessions
    case createSession
    case send
    case poll(String)
    case upload
    case vote
    case resolve
    case checkpoint
    case rate
    case history(String)
    case executeAction
    case file(String)
    case stream
    case resume(String)
    case stop(String)
    case turns(String)
    /// Something of the streaming API that is not offered.
    case notOffered(NotOffered)

    enum NotOffered: Hashable {
        case pageReply, dictation, connection, connectionAttempt
    }

    static let prefix = "/backend/widget/"

    /// What the paths look like.
    static let patterns =
        [
            "config", "sessions", "create-session", "upload", "checkpoint", "submit-csat", "poll/{session}",
            "files/{file}", "contact/create-unverified", "chat/send", "chat/vote", "session/resolve", "action/execute",
            "session/history/{session}",
        ].map { prefix + "v2/" + $0 }
        + [
            "chat/stream", "chat/{session}/stream", "chat/{session}/stop", "chat/{session}/messages",
            "chat/{session}/page-reply", "dictation/sessions", "connections/{server}/start",
            "connections/{server}/attempts/{attempt}",
        ].map { prefix + "v5/" + $0 }

    /// The methods and what each asks for; `nil` for a path where there is nothing.
    static func methods(at path: String) -> [String: WidgetRoute]? {
        guard path.hasPrefix(prefix) else { return nil }
        let parts = path.dropFirst(prefix.count).split(separator: "/", omittingEmptySubsequences: false).map(
            String.init)
        return parts.first == "v2"
            ? v2(Array(parts.dropFirst())) : parts.first == "v5" ? v5(Array(parts.dropFirst())) : nil
    }

    private static func v2(_ parts: [String]) -> [String: WidgetRoute]? {
        switch (parts.count, parts.first) {
        case (1, "config"): ["GET": .config]
        case (1, "sessions"): ["GET": .listSessions]
        case (1, "create-session"): ["POST": .createSession]
        case (1, "upload"): ["POST": .upload]
        case (1, "checkpoint"): ["POST": .checkpoint]
        case (1, "submit-csat"): ["POST": .rate]
        case (2, "poll"): ["GET": .poll(parts[1])]
        case (2, "files"): ["GET": .file(parts[1])]
        case (2, "contact") where parts[1] == "create-unverified": ["POST": .createUnverifiedContact]
        case (2, "chat") where parts[1] == "send": ["POST": .send]
        case (2, "chat") where parts[1] == "vote": ["POST": .vote]
        case (2, "session") where parts[1] == "resolve": ["POST": .resolve]
        case (2, "action") where parts[1] == "execute": ["POST": .executeAction]
        case (3, "session") where parts[1] == "history": ["GET": .history(parts[2])]
        default: nil
        }
    }

    private static func v5(_ parts: [String]) -> [String: WidgetRoute]? {
        switch (parts.count, parts.first, parts.last) {
        case (2, "chat", "stream"): ["POST": .stream]
        case (3, "chat", "stream"): ["GET": .resume(parts[1])]
        case (3, "chat", "stop"): ["POST": .stop(parts[1])]
        case (3, "chat", "messages"): ["GET": .turns(parts[1])]
        case (3, "chat", "page-reply"): ["POST": .notOffered(.pageReply)]
        case (2, "dictation", "sessions"): ["POST": .notOffered(.dictation)]
        case (3, "connections", "start"): ["POST": .notOffered(.connection)]
        case (4, "connections", _) where parts[2] == "attempts": ["GET": .notOffered(.connectionAttempt)]
        default: nil
        }
    }
}
