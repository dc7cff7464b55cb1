internal import HelpdeskSupport
public import OpenCXCore

/// How Front is reached, and for whom the AI answers there.
public struct FrontConfiguration: Sendable {
    /// An API token with the scopes that `docs/Front.md` lists (Front: Settings, Developers, API tokens).
    public var token: Secret
    /// The teammate that the AI answers as, `tea_…`. It answers in conversations that are assigned to this teammate.
    public var teammate: String
    /// Whether the AI also answers in conversations that nobody is assigned to.
    public var handlesUnassigned: Bool
    /// The key that Front signs application webhooks with (the application's settings, Basic information); `nil` to take none.
    public var signingKey: Secret?
    /// The secret that Front signs rule webhooks with (Settings, Developers, API tokens: API secret); `nil` to take none.
    public var ruleSecret: Secret?
    /// Whether a sender's e-mail address, or what a chat says of its visitor, is taken for true. Front does not tell whether it has
    /// checked them, so by default such contacts are claimed only, and no action is done in their name. Telephone numbers of text
    /// messages and WhatsApp are true either way.
    public var trustsSenders: Bool
    /// Whether a sender whom Front does not know becomes one of its contacts.
    public var createsContacts: Bool
    /// Tags that a conversation gets when it is handed off, besides the session's.
    public var handoffTags: [String]
    /// Where people read a session, for the comments in Front: `https://support.example.com/inbox/{ticket}`. `{ticket}` is
    /// the session's number, `{session}` its id; `nil` for no link.
    public var sessionURL: String?
    /// Where the API begins.
    public var baseURL: String

    /// Makes a configuration.
    public init(
        token: Secret, teammate: String, handlesUnassigned: Bool = false, signingKey: Secret? = nil,
        ruleSecret: Secret? = nil, trustsSenders: Bool = false, createsContacts: Bool = true,
        handoffTags: [String] = [], sessionURL: String? = nil, baseURL: String = "https://api2.frontapp.com"
    ) {
        self.token = token
        self.teammate = teammate
        self.handlesUnassigned = handlesUnassigned
        self.signingKey = signingKey
        self.ruleSecret = ruleSecret
        self.trustsSenders = trustsSenders
        self.createsContacts = createsContacts
        self.handoffTags = handoffTags
        self.sessionURL = sessionURL
        self.baseURL = baseURL
    }

    /// Where people read this session.
    func link(to session: SessionID, _ ticket: TicketNumber) -> String? {
        SessionLink.url(sessionURL, session, ticket)
    }
}
