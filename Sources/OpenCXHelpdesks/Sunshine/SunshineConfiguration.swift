internal import HelpdeskSupport
public import OpenCXCore

/// An app of Sunshine Conversations: the messaging side of a Zendesk account.
public struct SunshineConfiguration: Sendable {
    /// Where the API is: `https://acme.zendesk.com/sc`, or `https://api.smooch.io` for accounts from before Zendesk took it over.
    public var baseURL: String
    /// The app's id, as the page of the API keys shows it.
    public var appID: String
    /// The id of an API key of the app (`app_…`). Keys of a single integration may not pass control.
    public var keyID: String
    /// The key's secret.
    public var keySecret: Secret
    /// The secrets of the webhooks that call us; each conversations integration has its own. Without one, no webhook is believed.
    public var webhookSecrets: [Secret]
    /// Which switchboard integration people work in: the name or id of one that is an agent workspace of Zendesk's, or `next` for the
    /// one that follows the default one.
    public var agentWorkspace: String
    /// The id of the conversations integration that has our webhook, so that ``SunshineHelpdesk/check()`` can look at it.
    public var integration: String?
    /// A custom ticket field of type text or number that gets our ticket number. The first message has it anyway.
    public var ticketNumberField: Int64?
    /// Where people see a session, with `{ticket}` for its number and `{session}` for its id; linked in the first message.
    public var sessionLink: String?

    /// Makes a configuration.
    public init(
        baseURL: String, appID: String, keyID: String, keySecret: Secret, webhookSecrets: [Secret] = [],
        agentWorkspace: String = "next", integration: String? = nil, ticketNumberField: Int64? = nil,
        sessionLink: String? = nil
    ) {
        self.baseURL = baseURL
        self.appID = appID
        self.keyID = keyID
        self.keySecret = keySecret
        self.webhookSecrets = webhookSecrets
        self.agentWorkspace = agentWorkspace
        self.integration = integration
        self.ticketNumberField = ticketNumberField
        self.sessionLink = sessionLink
    }
}

extension SunshineConfiguration {
    /// Whether people have a conversation.
    func isWithTeam(_ conversation: SunshineConversation) -> Bool {
        guard let active = conversation.active else { return false }
        if agentWorkspace == SunshineControl.next { return active.type == SunshineControl.agentWorkspace }
        return [active.id, active.name, active.type].contains(agentWorkspace)
    }

    /// The link to a session, where there is one.
    func link(to session: SessionID, _ ticket: TicketNumber) -> String? {
        SessionLink.url(sessionLink, session, ticket)
    }
}
