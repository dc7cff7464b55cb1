public import OpenCXCore

/// How an OpenAPI document becomes actions: where its API is, how to authenticate, what is bound, what is allowed.
public struct OpenAPISettings: Sendable {
    /// Where the API is, in place of what the document says: `https://api.example.com/v2`.
    public var serverBaseURL: String?
    /// Where the document came from; addresses in it that are relative start from here.
    public var documentURL: String?
    /// Values for the variables in the document's server addresses.
    public var serverVariables: [String: String]
    /// Whether plain HTTP is taken to this machine itself. Everything else is HTTPS.
    public var allowsLoopbackHTTP: Bool
    /// Credentials, by the names that the document gives its security schemes.
    public var credentials: [String: OpenAPICredential]
    /// Headers that go with every call.
    public var headers: [(name: String, value: Secret)]
    /// Headers that tell the API what the call is made for.
    public var contextHeaders: Set<ContextHeader>
    /// What `x-opencx-org-id` says.
    public var organization: String?
    /// Whether an operation without `operationId` gets a name made of its method and path.
    public var derivesNames: Bool
    /// The kinds of channels that the actions exist on; empty for all. An imported document gives actions to the web chat only,
    /// unless the team wants more.
    public var channels: Set<ChannelKind>
    /// Arguments that are the verified customer's own, by the document's names for parameters and members of the body.
    public var bindings: [ActionBinding]
    /// What the team allows arguments to be.
    public var limits: [ActionLimit]
    /// What customers call a parameter, by the document's name for it and by language; without it, its title in the document or
    /// the words of its name. The embedded answerer asks with it for what is missing.
    public var labels: [String: [LanguageTag: String]]
    /// What is different for single operations, by `operationId` or, where there is none, by the derived name. By default GET,
    /// HEAD and OPTIONS look something up and the rest changes something, and `x-open-require-form-submission` asks first.
    public var operations: [String: ActionOverrides]
    /// How many bytes of a response are read; what is longer is cut.
    public var responseLimit: Int

    /// Makes settings.
    public init(
        serverBaseURL: String? = nil, documentURL: String? = nil, serverVariables: [String: String] = [:],
        allowsLoopbackHTTP: Bool = false, credentials: [String: OpenAPICredential] = [:],
        headers: [(name: String, value: Secret)] = [], contextHeaders: Set<ContextHeader> = [],
        organization: String? = nil, derivesNames: Bool = false, channels: Set<ChannelKind> = [.web],
        bindings: [ActionBinding] = [], limits: [ActionLimit] = [], labels: [String: [LanguageTag: String]] = [:],
        operations: [String: ActionOverrides] = [:], responseLimit: Int = 1 << 20
    ) {
        self.serverBaseURL = serverBaseURL
        self.documentURL = documentURL
        self.serverVariables = serverVariables
        self.allowsLoopbackHTTP = allowsLoopbackHTTP
        self.credentials = credentials
        self.headers = headers
        self.contextHeaders = contextHeaders
        self.organization = organization
        self.derivesNames = derivesNames
        self.channels = channels
        self.bindings = bindings
        self.limits = limits
        self.labels = labels
        self.operations = operations
        self.responseLimit = responseLimit
    }

    /// A header that tells the API what a call is made for.
    public enum ContextHeader: String, Sendable, Hashable, CaseIterable {
        /// The session's id.
        case session = "x-opencx-session-id"
        /// The session's number.
        case ticket = "x-opencx-ticket-number"
        /// ``OpenAPISettings/organization``.
        case organization = "x-opencx-org-id"
        /// The verified customer's id in the team's own system; left out for anybody else.
        case externalUser = "x-opencx-external-user-id"
    }
}

/// What an API takes for proof of who calls.
public enum OpenAPICredential: Sendable, Hashable {
    /// A key, for a scheme of the type `apiKey`.
    case apiKey(Secret)
    /// A name and a password, for HTTP's basic scheme.
    case basic(user: String, password: Secret)
    /// A token, for HTTP's bearer scheme, `oauth2` and `openIdConnect`.
    case bearer(Secret)
}
