public import OpenCXCore

/// What somebody may do on the team's side.
public enum TeamPermission: String, Sendable, Hashable, CaseIterable {
    /// Sees the inbox, sessions and what was written in them.
    case viewSessions
    /// Sees figures about all of them.
    case viewInsights
    /// Sees articles and tries searches.
    case viewKnowledge
    /// Answers customers, takes over, assigns, notes, tags, resolves.
    case answerCustomers
    /// Sees what the AI saw and how it decided, and replays it.
    case inspect
    /// Hides what a customer wrote.
    case redact
    /// Forgets a customer for good.
    case erase
    /// Brings articles up to date, adds and removes training scenarios.
    case changeKnowledge
    /// Decides what the AI answers.
    case changeAutopilot
    /// Decides which calls the AI can make.
    case changeActions
    /// Drives deliveries again, and tests webhooks.
    case operate
    /// Adds and removes members and API keys.
    case manageAccess
}

extension TeamRole {
    /// Everything that the role may do.
    public var permissions: Set<TeamPermission> {
        switch self {
        case .viewer: [.viewSessions, .viewInsights, .viewKnowledge]
        case .agent: TeamRole.viewer.permissions.union([.answerCustomers, .inspect, .redact])
        case .admin: Set(TeamPermission.allCases)
        }
    }

    /// Whether the role may do it.
    public func allows(_ permission: TeamPermission) -> Bool { permissions.contains(permission) }
}
