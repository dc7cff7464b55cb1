public import OpenCXAccess
public import OpenCXCore

/// What the API is made of. What is left out, its operations are left out with.
public struct RESTParts: Sendable {
    /// The agent; it has an ``APIChannel`` where programs are to hold conversations.
    public var agent: Agent
    /// Who may use the API.
    public var keys: APIKeys
    /// What requests with an idempotency key were answered.
    public var memory: AnswerMemory
    /// How often each key may ask.
    public var limiter: RateLimiter
    /// The channel of programs; `nil` where there is none.
    public var channel: ChannelID?
    /// Where training scenarios and switches of autopilot are kept, which the agent looks at (``/OpenCXCore/TeamSettings``).
    public var documents: (any TeamDocumentStore)?
    /// Checks and takes up an OpenAPI document.
    public var importActions: (@Sendable (ActionImport) async throws -> ActionImportReport)?
    /// Makes a token for a contact in the chat widget.
    public var authenticateWidgetUser: (@Sendable (WidgetUser) async throws -> WidgetUserToken)?
    /// How long `send` waits for an answer.
    public var replyWait: Duration

    /// Makes a set of parts.
    ///
    /// - Parameters:
    ///   - agent: the agent.
    ///   - keys: who may use the API.
    ///   - memory: what requests with an idempotency key were answered.
    ///   - limiter: how often each key may ask; a hundred times a minute where it is left out.
    ///   - channel: the channel of programs; the agent's first ``APIChannel`` where it is left out.
    ///   - documents: where training scenarios and switches of autopilot are kept.
    ///   - replyWait: how long `send` waits for an answer.
    public init(
        agent: Agent, keys: APIKeys, memory: AnswerMemory, limiter: RateLimiter? = nil, channel: ChannelID? = nil,
        documents: (any TeamDocumentStore)? = nil, replyWait: Duration = .seconds(25)
    ) {
        self.agent = agent
        self.keys = keys
        self.memory = memory
        self.limiter = limiter ?? RateLimiter(.init(100, per: .seconds(60)), clock: agent.parts.clock)
        self.channel = channel ?? agent.parts.channels.first { $0 is APIChannel }?.id
        self.documents = documents
        self.replyWait = replyWait
    }

    var store: any Store { agent.parts.store }
    var now: Timestamp { agent.parts.clock.now() }
}

/// An OpenAPI document that a program wants to be taken up.
public struct ActionImport: Sendable {
    /// Names the API among others; an import under the same name replaces what the one before has brought.
    public var name: String
    /// The document, in JSON or YAML.
    public var document: [UInt8]
    /// Where its calls go, instead of where the document says.
    public var serverBaseURL: String?
    /// Whether the document is only to be checked.
    public var isTrial: Bool
}

/// What came of a document.
public struct ActionImportReport: Sendable {
    /// The actions that were found.
    public var actions: [ActionDefinition]
    /// The operations that were left out, and why.
    public var refused: [(operation: String, reason: String)]

    /// Makes a report.
    public init(actions: [ActionDefinition], refused: [(operation: String, reason: String)]) {
        self.actions = actions
        self.refused = refused
    }
}

/// Why a document was not taken up: a text for whoever sent it.
public struct ActionImportError: Error, Sendable, CustomStringConvertible {
    /// What is wrong and what to do about it.
    public var description: String

    /// Makes an error.
    public init(_ description: String) {
        self.description = description
    }
}

/// Somebody whom the embedding application vouches for.
public struct WidgetUser: Sendable {
    /// Who it is, with custom data: a verified handle.
    public var handle: ContactHandle
}

/// What the chat widget shows for a user.
public struct WidgetUserToken: Sendable {
    /// The token.
    public var token: Secret
    /// The contact it is for.
    public var contact: ContactID

    /// Makes a token.
    public init(token: Secret, contact: ContactID) {
        self.token = token
        self.contact = contact
    }
}
