public import OpenCXCore

/// How a server's tools become actions: which, for whom, what is bound, what is allowed, how long things may take.
public struct MCPSettings: Sendable {
    /// The tools that become actions, by the server's names; `nil` for all of them.
    public var allowedTools: Set<String>?
    /// What is different for single tools, by the server's names.
    public var tools: [String: MCPToolSettings]
    /// Whether a tool that says of itself that it only reads (`readOnlyHint`) is believed. Everything else changes something.
    public var trustsReadOnlyHint: Bool
    /// What the names of the actions begin with, where several servers are used: `shop_`.
    public var namePrefix: String
    /// The kinds of channels that the actions exist on; empty for all.
    public var channels: Set<ChannelKind>
    /// Arguments that are the verified customer's own.
    public var bindings: [MCPBinding]
    /// What the team allows arguments to be.
    public var limits: [MCPLimit]
    /// How long a call of a tool may take.
    public var callTimeout: Duration
    /// How long anything else may take: to connect, to list the tools.
    public var timeout: Duration
    /// How long a list of tools is used before it is read again, where the server does not say that it changed.
    public var listLifetime: Duration
    /// How many bytes one message of the server, or one answer over HTTP, may have.
    public var messageLimit: Int
    /// How many tools are taken.
    public var toolLimit: Int

    /// Makes settings.
    public init(
        allowedTools: Set<String>? = nil, tools: [String: MCPToolSettings] = [:], trustsReadOnlyHint: Bool = true,
        namePrefix: String = "", channels: Set<ChannelKind> = [.web], bindings: [MCPBinding] = [],
        limits: [MCPLimit] = [], callTimeout: Duration = .seconds(60), timeout: Duration = .seconds(20),
        listLifetime: Duration = .seconds(300), messageLimit: Int = 4 << 20, toolLimit: Int = 500
    ) {
        self.allowedTools = allowedTools
        self.tools = tools
        self.trustsReadOnlyHint = trustsReadOnlyHint
        self.namePrefix = namePrefix
        self.channels = channels
        self.bindings = bindings
        self.limits = limits
        self.callTimeout = callTimeout
        self.timeout = timeout
        self.listLifetime = listLifetime
        self.messageLimit = messageLimit
        self.toolLimit = toolLimit
    }
}

/// Binds an argument to a fact of the verified customer (law 10): a model neither sees nor sets it.
///
/// A binding for a tool that has no such argument keeps the tool from becoming an action: what should have been bound must not
/// be open under another name.
public struct MCPBinding: Sendable, Hashable {
    /// The argument by the server's name.
    public var argument: String
    /// The tool by the server's name; `nil` for all that have such an argument.
    public var tool: String?
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

    /// Binds an argument, of one tool or of all.
    public init(_ argument: String, of tool: String? = nil, to fact: Fact) {
        self.argument = argument
        self.tool = tool
        self.fact = fact
    }
}

/// Limits an argument: amounts, lists of values. Enforced before the call, whatever the server would take.
///
/// A limit for a tool that has no such argument keeps the tool from becoming an action.
public struct MCPLimit: Sendable, Hashable {
    /// The argument by the server's name; with dots for a member inside: `refund.amount`.
    public var argument: String
    /// The tool by the server's name; `nil` for all that have such an argument.
    public var tool: String?
    /// The smallest number allowed.
    public var minimum: Double?
    /// The largest number allowed.
    public var maximum: Double?
    /// The only values allowed.
    public var allowed: [JSONValue]?

    /// Limits an argument, of one tool or of all.
    public init(
        _ argument: String, of tool: String? = nil, minimum: Double? = nil, maximum: Double? = nil,
        allowed: [JSONValue]? = nil
    ) {
        self.argument = argument
        self.tool = tool
        self.minimum = minimum
        self.maximum = maximum
        self.allowed = allowed
    }
}

/// What is different for one tool.
public struct MCPToolSettings: Sendable {
    /// Whether it becomes an action.
    public var isEnabled: Bool
    /// Whether a call changes something, in place of what the tool says of itself.
    public var effect: ActionDefinition.Effect?
    /// What it does and when to use it, in place of the server's description.
    public var summary: String?
    /// Questions it answers, the way customers put them.
    public var examples: [String]
    /// How a success is worded without a language model; see ``/OpenCXCore/ActionDefinition/replies``.
    public var replies: [LanguageTag: String]
    /// How the customer is asked before the call; see ``/OpenCXCore/ActionDefinition/confirmations``.
    public var confirmations: [LanguageTag: String]
    /// The segments of customers that it exists for; empty for everybody.
    public var segments: Set<String>
    /// The kinds of channels that it exists on; `nil` for those of ``MCPSettings/channels``.
    public var channels: Set<ChannelKind>?
    /// Whether the customer must say yes before the call even where it changes nothing.
    public var asksFirst: Bool

    /// Makes settings.
    public init(
        isEnabled: Bool = true, effect: ActionDefinition.Effect? = nil, summary: String? = nil,
        examples: [String] = [], replies: [LanguageTag: String] = [:], confirmations: [LanguageTag: String] = [:],
        segments: Set<String> = [], channels: Set<ChannelKind>? = nil, asksFirst: Bool = false
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
