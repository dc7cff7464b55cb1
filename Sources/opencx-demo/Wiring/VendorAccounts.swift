internal import FoundationEssentials
internal import OpenCXCore
internal import OpenCXCurl

/// The vendors' accounts that a configuration names: their channels, their helpdesks, their articles, and how to look at them.
struct VendorAccounts: Sendable {
    var channels: [any Channel] = []
    var helpdesks: [any Helpdesk] = []
    var sources: [any KnowledgeSource] = []
    /// What requests at `/hooks/` and a name are for, in order: each reads what is meant for it.
    var hooks: [String: [Target]] = [:]
    var checks: [Check] = []

    /// Who reads a vendor's request.
    enum Target: Sendable {
        case channel(ChannelID)
        case helpdesk(HelpdeskID)
    }

    /// Looks at an account.
    struct Check: Sendable {
        var name: String
        var findings: @Sendable () async -> [ConnectionFinding]
    }

    /// No accounts.
    init() {}

    init(
        _ configuration: Configuration, clock: any AgentClock,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        let http = CurlHTTPClient(CurlConfiguration(addresses: .unrestricted))
        for settings in configuration.front {
            let secrets = Secrets(environment: environment, owner: "Front (\"\(settings.id)\")")
            try addFront(settings, secrets, http, clock)
        }
        for settings in configuration.zendesk {
            let secrets = Secrets(environment: environment, owner: "Zendesk (\"\(settings.id)\")")
            try addZendesk(settings, secrets, http, clock, beside: configuration.sunshine)
        }
        for settings in configuration.sunshine {
            try addSunshine(settings, Secrets(environment: environment, owner: "Sunshine (\"\(settings.id)\")"), http)
        }
        for settings in configuration.hubspot {
            let secrets = Secrets(environment: environment, owner: "HubSpot (\"\(settings.id)\")")
            try addHubSpot(settings, secrets, http, clock)
        }
        var seen: Set<HelpdeskID> = []
        for helpdesk in helpdesks where !seen.insert(helpdesk.id).inserted {
            throw Failure("Two helpdesks are called \"\(helpdesk.id)\". Give each an \"id\" of its own.")
        }
    }
}
