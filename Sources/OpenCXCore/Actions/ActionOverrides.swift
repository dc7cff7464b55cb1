/// What the team says of a single action, in place of what its description says: of an operation of an OpenAPI document, of a
/// tool of an MCP server.
public struct ActionOverrides: Sendable {
    /// Whether it becomes an action.
    public var isEnabled: Bool
    /// Whether a call changes something, in place of what its description says or leads to expect.
    public var effect: ActionDefinition.Effect?
    /// What it does and when to use it, in place of its description.
    public var summary: String?
    /// Questions it answers, the way customers put them.
    public var examples: [String]
    /// How a success is worded without a language model; see ``ActionDefinition/replies``.
    public var replies: [LanguageTag: String]
    /// How the customer is asked before the call; see ``ActionDefinition/confirmations``.
    public var confirmations: [LanguageTag: String]
    /// The segments of customers that it exists for; empty for everybody.
    public var segments: Set<String>
    /// The kinds of channels that it exists on; `nil` for those that the other actions have.
    public var channels: Set<ChannelKind>?
    /// Whether the customer must say yes before a call that changes nothing; `nil` for what its description says. What changes
    /// something always needs a yes.
    public var asksFirst: Bool?

    /// Makes a set of overrides.
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
