internal import HelpdeskSupport
public import OpenCXCore

/// How a ``HubSpotAccount`` reaches HubSpot, and HubSpot reaches it.
public struct HubSpotConfiguration: Sendable {
    /// What calls are made with.
    public var credentials: HubSpotCredentials
    /// The client secret of the app whose webhooks come in; HubSpot signs them with it.
    public var clientSecret: Secret
    /// The target URL of the app's webhooks, with its query if it has one: what the outside sees, not what is seen
    /// behind a proxy. Signatures are made over it.
    public var publicURL: String
    /// The user in whose name the AI writes, and to whom conversations are assigned that it answers: a number, the `7`
    /// of `A-7`.
    public var aiUserID: String
    /// The same user as an owner of tickets, which is another number. ``HubSpotAccount/check()`` tells it.
    public var aiOwnerID: String?
    /// Whether the AI answers conversations that nobody is assigned to.
    public var answersUnassigned: Bool
    /// The inboxes whose conversations the AI answers; none for all of the account's.
    public var inboxIDs: Set<String>
    /// The account whose events are taken, where an app is installed in several; `nil` for any.
    public var portalID: String?
    /// Whether a mail's sender, or the address that a chat's visitor gave, counts as checked. HubSpot does not tell
    /// whether it is, so this is for accounts that take messages from customers only who have signed in.
    public var trustsSenders: Bool
    /// Where tickets go, and what they carry.
    public var tickets: HubSpotTicketSettings
    /// The actor that a conversation is assigned to at a handoff, `A-` and a user's id. Only HubSpot's trial version
    /// 2026-09-beta can assign conversations, so `nil` leaves it alone: the handoff is the comment and the ticket's
    /// owner.
    public var handoffAssignee: String?
    /// Whether what a person sends from a ticket in HubSpot also goes to the customer on the session's own channel.
    /// Off where that channel is the mailbox that HubSpot has sent it from already.
    public var passesRepliesOn: Bool
    /// Whether signatures of versions 1 and 2 are taken, for subscriptions that have no other.
    public var acceptsOlderSignatures: Bool
    /// Where people read a session, for the link in comments and tickets: `https://support.example.com/inbox/{ticket}`.
    /// `{ticket}` is the session's number, `{session}` its id; `nil` for no link.
    public var sessionURL: String?
    /// Where the API begins.
    public var baseURL: String

    /// Makes a configuration.
    public init(
        credentials: HubSpotCredentials, clientSecret: Secret, publicURL: String, aiUserID: String,
        aiOwnerID: String? = nil, answersUnassigned: Bool = false, inboxIDs: Set<String> = [],
        portalID: String? = nil, trustsSenders: Bool = false,
        tickets: HubSpotTicketSettings = HubSpotTicketSettings(), handoffAssignee: String? = nil,
        passesRepliesOn: Bool = true, acceptsOlderSignatures: Bool = false,
        sessionURL: String? = nil, baseURL: String = "https://api.hubapi.com"
    ) {
        self.credentials = credentials
        self.clientSecret = clientSecret
        self.publicURL = publicURL
        self.aiUserID = aiUserID
        self.aiOwnerID = aiOwnerID
        self.answersUnassigned = answersUnassigned
        self.inboxIDs = inboxIDs
        self.portalID = portalID
        self.trustsSenders = trustsSenders
        self.tickets = tickets
        self.handoffAssignee = handoffAssignee
        self.passesRepliesOn = passesRepliesOn
        self.acceptsOlderSignatures = acceptsOlderSignatures
        self.sessionURL = sessionURL
        self.baseURL = baseURL
    }

    /// Where people read this session.
    func link(to session: SessionID, _ ticket: TicketNumber) -> String? {
        SessionLink.url(sessionURL, session, ticket)
    }
}
