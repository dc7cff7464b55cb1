public import OpenCXCore

/// How a server's tools become actions: which, for whom, what is bound, what is allowed, how long things may take.
public struct MCPSettings: Sendable {
    /// The tools that become actions, by the server's names; `nil` for all of them.
    public var allowedTools: Set<String>?
    /// What is different for single tools, by the server's names.
    public var tools: [String: ActionOverrides]
    /// Whether a tool that says of itself that it only reads (`readOnlyHint`) is believed. Everything else changes something.
    public var trustsReadOnlyHint: Bool
    /// What the names of the actions begin with, where several servers are used: `shop_`.
    public var namePrefix: String
    /// The kinds of channels that the actions exist on; empty for all.
    public var channels: Set<ChannelKind>
    /// Arguments that are the verified customer's own, by the server's names. A binding for a tool that has no such argument
    /// keeps the tool from becoming an action.
    public var bindings: [ActionBinding]
    /// What the team allows arguments to be, by the server's names. A limit for a tool that has no such argument keeps the tool
    /// from becoming an action.
    public var limits: [ActionLimit]
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
        allowedTools: Set<String>? = nil, tools: [String: ActionOverrides] = [:], trustsReadOnlyHint: Bool = true,
        namePrefix: String = "", channels: Set<ChannelKind> = [.web], bindings: [ActionBinding] = [],
        limits: [ActionLimit] = [], callTimeout: Duration = .seconds(60), timeout: Duration = .seconds(20),
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
