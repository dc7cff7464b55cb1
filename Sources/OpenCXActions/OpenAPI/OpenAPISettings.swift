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
    /// Arguments that are the verified customer's own.
    public var bindings: [OpenAPIBinding]
    /// What the team allows arguments to be.
    public var limits: [OpenAPILimit]
    /// What customers call a parameter, by the document's name for it and by language; without it, its title in the document or
    /// the words of its name. The embedded answerer asks with it for what is missing.
    public var labels: [String: [LanguageTag: String]]
    /// What is different for single operations, by `operationId` or, where there is none, by the derived name.
    public var operations: [String: OpenAPIOperationSettings]
    /// How many bytes of a response are read; what is longer is cut.
    public var responseLimit: Int

    /// Makes settings.
    public init(
        serverBaseURL: String? = nil, documentURL: String? = nil, serverVariables: [String: String] = [:],
        allowsLoopbackHTTP: Bool = false, credentials: [String: OpenAPICredential] = [:],
        headers: [(name: String, value: Secret)] = [], contextHeaders: Set<ContextHeader> = [],
        organization: String? = nil, derivesNames: Bool = false, channels: Set<ChannelKind> = [.web],
        bindings: [OpenAPIBinding] = [], limits: [OpenAPILimit] = [], labels: [String: [LanguageTag: String]] = [:],
        operations: [String: OpenAPIOperationSettings] = [:], responseLimit: Int = 1 << 20
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

/// Binds an argument to a fact of the verified customer (law 10): a model neither sees nor sets it.
public struct OpenAPIBinding: Sendable, Hashable {
    /// The parameter or member of the body by the document's name; with dots for a member inside another: `customer.id`.
    public var parameter: String
    /// The operation by `operationId`; `nil` for all that have such a parameter.
    public var operation: String?
    /// Where the value comes from.
    public var fact: Fact

    /// A fact of the verified customer.
    public enum Fact: Sendable, Hashable {
        /// The e-mail address.
        case email
        /// The telephone number.
        case phone
        /// The id in the team's own system.
        case customID
    }

    /// Binds a parameter, of one operation or of all.
    public init(_ parameter: String, of operation: String? = nil, to fact: Fact) {
        self.parameter = parameter
        self.operation = operation
        self.fact = fact
    }
}

/// Limits an argument: amounts, lists of values. Enforced before the call, whatever the API would take.
public struct OpenAPILimit: Sendable, Hashable {
    /// The parameter or member of the body by the document's name; with dots for a member inside another: `refund.amount`.
    public var parameter: String
    /// The operation by `operationId`; `nil` for all that have such a parameter.
    public var operation: String?
    /// The smallest number allowed.
    public var minimum: Double?
    /// The largest number allowed.
    public var maximum: Double?
    /// The only values allowed.
    public var allowed: [JSONValue]?

    /// Limits a parameter, of one operation or of all.
    public init(
        _ parameter: String, of operation: String? = nil, minimum: Double? = nil, maximum: Double? = nil,
        allowed: [JSONValue]? = nil
    ) {
        self.parameter = parameter
        self.operation = operation
        self.minimum = minimum
        self.maximum = maximum
        self.allowed = allowed
    }
}

/// What is different for one operation.
public struct OpenAPIOperationSettings: Sendable {
    /// Whether it becomes an action.
    public var isEnabled: Bool
    /// Whether a call changes something; by default GET, HEAD and OPTIONS look something up and the rest changes something.
    public var effect: ActionDefinition.Effect?
    /// What it does and when to use it, in place of the document's description.
    public var summary: String?
    /// Questions it answers, the way customers put them.
    public var examples: [String]
    /// How a success is worded without a language model; see ``/OpenCXCore/ActionDefinition/replies``.
    public var replies: [LanguageTag: String]
    /// How the customer is asked before the call; see ``/OpenCXCore/ActionDefinition/confirmations``.
    public var confirmations: [LanguageTag: String]
    /// The segments of customers that it exists for; empty for everybody.
    public var segments: Set<String>
    /// The kinds of channels that it exists on, in place of ``OpenAPISettings/channels``.
    public var channels: Set<ChannelKind>?
    /// Whether the customer must say yes first; in place of `x-open-require-form-submission`. What changes something always
    /// needs a yes.
    public var asksFirst: Bool?

    /// Makes settings for an operation.
    public init(
        isEnabled: Bool = true, effect: ActionDefinition.Effect? = nil, summary: String? = nil,
        examples: [String] = [], replies: [LanguageTag: String] = [:], confirmations: [LanguageTag: String] = [:],
        segments: Set<String> = [], channels: Set<ChannelKind>? = nil, asksFirst: Bool? = nil
    ) {
        self.isEnabled = isEnabled
        self.effect = effect
        self.summary = summary
        self.examples = examples
        self.replies = replies
        self.confirmations = confirmations
        self.segments = segments
        self.channels = channels
        self.asksFirst = asksFirst
    }
}
