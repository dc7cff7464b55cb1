/// Something the agent can do for a customer through an API of the team's.
public struct ActionDefinition: Sendable, Hashable {
    /// Names the action: letters, digits, underscores and hyphens, at most 64.
    public var name: String
    /// What it does and when to use it, for the model and for the embedded matcher.
    public var summary: String
    /// What it does in a few words, for the customer who has to agree to it; without it, the summary.
    public var title: String?
    /// Questions it answers, the way customers put them.
    public var examples: [String]
    /// What it needs to know.
    public var parameters: [ActionParameter]
    /// Whether calling it changes anything.
    public var effect: Effect
    /// How the embedded answerer words a success, in Markdown by language; `{name}` stands for a member of the result.
    public var replies: [LanguageTag: String]
    /// How the customer is asked before something is changed, by language; `{name}` stands for an argument. Where a language is
    /// missing, the summary and the arguments are put into a general question.
    public var confirmations: [LanguageTag: String]
    /// Whether the customer must say yes before the call even though it changes nothing. What changes something always needs
    /// a yes.
    public var asksFirst: Bool
    /// The segments of customers that it exists for; empty for everybody. A customer who is not verified is in none.
    public var segments: Set<String>
    /// The kinds of channels that it exists on; empty for all.
    public var channels: Set<ChannelKind>
    /// Whether a language model should be offered it even where there are too many to offer all.
    public var isPinned: Bool
    /// Labels for people.
    public var tags: [String]
    /// What `#/$defs/Name` in the schemas of the parameters stands for.
    public var schemaDefinitions: [String: JSONValue]

    /// Whether calling an action changes anything.
    public enum Effect: Sendable, Hashable, Codable {
        /// It only looks something up; calling it twice does no harm.
        case lookup
        /// It changes something: called at most once for a message, and only after the customer said yes.
        case change
    }

    /// Makes a definition from its parts.
    public init(
        name: String, summary: String, title: String? = nil, examples: [String] = [],
        parameters: [ActionParameter] = [], effect: Effect,
        replies: [LanguageTag: String] = [:], confirmations: [LanguageTag: String] = [:], asksFirst: Bool = false,
        segments: Set<String> = [], channels: Set<ChannelKind> = [], isPinned: Bool = false, tags: [String] = [],
        schemaDefinitions: [String: JSONValue] = [:]
    ) {
        self.name = name
        self.summary = summary
        self.title = title
        self.examples = examples
        self.parameters = parameters
        self.effect = effect
        self.replies = replies
        self.confirmations = confirmations
        self.asksFirst = asksFirst
        self.segments = segments
        self.channels = channels
        self.isPinned = isPinned
        self.tags = tags
        self.schemaDefinitions = schemaDefinitions
    }
}

extension ActionDefinition {
    /// Whether the customer must say yes before it is called.
    public var needsYes: Bool { effect == .change || asksFirst }

    /// How a success is worded for a customer of this language, or in English where there is no such wording.
    func reply(in language: LanguageTag) -> String? {
        replies[language] ?? replies[LanguageTag(rawValue: language.primary)] ?? replies["en"]
    }

    /// Whether it exists on this kind of channel for a customer in these segments.
    func isAvailable(on channel: ChannelKind, in mine: Set<String>) -> Bool {
        (channels.isEmpty || channels.contains(channel)) && (segments.isEmpty || !segments.isDisjoint(with: mine))
    }
}
