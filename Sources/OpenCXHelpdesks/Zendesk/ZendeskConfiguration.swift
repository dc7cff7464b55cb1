internal import HelpdeskSupport
public import OpenCXCore

/// How we sign in to Zendesk.
public enum ZendeskCredentials: Sendable, Hashable {
    /// An API token, in the name of the user with this e-mail address.
    case apiToken(email: String, Secret)
    /// An OAuth access token.
    case accessToken(Secret)
}

/// A Zendesk account, and which part of it is ours.
public struct ZendeskConfiguration: Sendable {
    /// Where the account is: `https://acme.zendesk.com`.
    public var baseURL: String
    /// How we sign in. It should be as the user of ``agent``.
    public var credentials: ZendeskCredentials
    /// The user that the AI writes as: an agent of its own, that no person uses.
    public var agent: Int64
    /// The signing secrets of the webhooks that call us; each webhook has its own.
    public var signingSecrets: [Secret]
    /// The webhooks' ids, so that ``ZendeskHelpdesk/check()`` can compare their secrets; may be left out.
    public var webhooks: [String]
    /// Whether the AI answers tickets that are assigned to nobody, too.
    public var handlesUnassigned: Bool
    /// How tickets that are answered in place came in (Zendesk, ticket `via.channel`): `email`, `web`, …
    public var answeredSources: Set<String>
    /// The kinds of channels whose handoffs become tickets; all where it is `nil`. Beside Sunshine Conversations, which take the live
    /// ones, it is e-mail.
    public var handoffKinds: Set<ChannelKind>?
    /// The group that handed off tickets go to; the account's own rules decide without one.
    public var handoffGroup: Int64?
    /// A custom field of type text or number that gets our ticket number. The subject of tickets that we create has it anyway.
    public var ticketNumberField: Int64?
    /// Where people see a session, with `{ticket}` for its number and `{session}` for its id; linked in notes.
    public var sessionLink: String?
    /// Whether an address that a customer only claims is believed when the requester is looked for. Zendesk mails its answers to
    /// requesters: with this, somebody who types another one's address into a chat has answers sent there.
    public var believesClaimedAddresses: Bool

    /// Makes a configuration.
    public init(
        baseURL: String, credentials: ZendeskCredentials, agent: Int64, signingSecrets: [Secret] = [],
        webhooks: [String] = [], handlesUnassigned: Bool = false, answeredSources: Set<String> = ["email"],
        handoffGroup: Int64? = nil, ticketNumberField: Int64? = nil, sessionLink: String? = nil,
        believesClaimedAddresses: Bool = false
    ) {
        self.baseURL = baseURL
        self.credentials = credentials
        self.agent = agent
        self.signingSecrets = signingSecrets
        self.webhooks = webhooks
        self.handlesUnassigned = handlesUnassigned
        self.answeredSources = answeredSources
        self.handoffGroup = handoffGroup
        self.ticketNumberField = ticketNumberField
        self.sessionLink = sessionLink
        self.believesClaimedAddresses = believesClaimedAddresses
    }
}

extension ZendeskConfiguration {
    /// Whether a ticket is one that the AI may act on.
    func isOurs(_ ticket: ZendeskTicket) -> Bool {
        ticket.assignee == agent || (ticket.assignee == nil && handlesUnassigned)
    }

    /// The link to a session, where there is one.
    func link(to session: SessionID, _ ticket: TicketNumber) -> String? {
        SessionLink.url(sessionLink, session, ticket)
    }
}
