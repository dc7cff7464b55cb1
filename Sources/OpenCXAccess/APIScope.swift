/// What an API key can be good for: one kind of things, to read or to write. Writing does not include reading.
public struct APIScope: Hashable, Sendable, CustomStringConvertible {
    /// A kind of things.
    public enum Resource: String, Sendable, Hashable, CaseIterable {
        /// Calls that the AI can make.
        case actions
        /// What the AI answers.
        case autopilot
        /// Sessions, their history, and messages into them.
        case chatSessions = "chat-sessions"
        /// Customers.
        case contacts
        /// Customers' ratings.
        case csat
        /// Figures about handoffs.
        case handoffAnalytics = "handoff-analytics"
        /// Articles.
        case helpCenter = "help-center"
        /// Hiding what customers wrote.
        case redaction
        /// Tags of sessions.
        case tags
        /// Training scenarios.
        case training
        /// Endpoints that are told of events.
        case webhooks
        /// Tokens for the chat widget.
        case widget
    }

    /// To read or to write.
    public enum Access: String, Sendable, Hashable, CaseIterable {
        /// Changes nothing.
        case read
        /// Changes something.
        case write
    }

    /// The kind of things.
    public var resource: Resource
    /// To read or to write.
    public var access: Access

    /// Makes a scope from its parts.
    public init(_ resource: Resource, _ access: Access) {
        self.resource = resource
        self.access = access
    }

    /// Reads `resource:read` or `resource:write`; `nil` for what is no scope.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let resource = Resource(rawValue: String(parts[0])),
            let access = Access(rawValue: String(parts[1]))
        else { return nil }
        self.init(resource, access)
    }

    /// `resource:read` or `resource:write`.
    public var description: String { "\(resource.rawValue):\(access.rawValue)" }

    /// Every scope there is.
    public static var all: [APIScope] {
        Resource.allCases.flatMap { resource in Access.allCases.map { APIScope(resource, $0) } }
    }
}
