/// Something the agent can do for a customer through an API of the team's.
public struct ActionDefinition: Sendable, Hashable {
    /// Names the action: lower-case letters, digits and underscores.
    public var name: String
    /// What it does and when to use it, for the model and for the embedded matcher.
    public var summary: String
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

    /// Whether calling an action changes anything.
    public enum Effect: Sendable, Hashable, Codable {
        /// It only looks something up; calling it twice does no harm.
        case lookup
        /// It changes something: called at most once for a message, and only after the customer said yes.
        case change
    }

    /// Makes a definition from its parts.
    public init(
        name: String, summary: String, examples: [String] = [], parameters: [ActionParameter] = [], effect: Effect,
        replies: [LanguageTag: String] = [:], confirmations: [LanguageTag: String] = [:]
    ) {
        self.name = name
        self.summary = summary
        self.examples = examples
        self.parameters = parameters
        self.effect = effect
        self.replies = replies
        self.confirmations = confirmations
    }
}

/// What an action needs to know, and where that comes from.
public struct ActionParameter: Sendable, Hashable {
    /// The argument's name.
    public var name: String
    /// What it is, in words for the customer: "order number".
    public var label: String
    /// The label in other languages.
    public var translations: [LanguageTag: String]
    /// Where the value comes from.
    public var source: Source

    /// Where an argument comes from.
    public enum Source: Sendable, Hashable {
        /// The conversation: a code of this form, where `#` is a digit, `@` a letter, and the rest stands for itself,
        /// whatever its capitals.
        case code(String)
        /// The verified contact's e-mail address. Bound by the platform, never by a model.
        case contactEmail
        /// The verified contact's telephone number. Bound by the platform, never by a model.
        case contactPhone
        /// The verified contact's custom id. Bound by the platform, never by a model.
        case contactCustomID
    }

    /// Makes a parameter from its parts.
    public init(name: String, label: String, source: Source, translations: [LanguageTag: String] = [:]) {
        self.name = name
        self.label = label
        self.source = source
        self.translations = translations
    }

    /// The label in a language, or the plain one where there is none.
    public func label(in language: LanguageTag) -> String {
        translations[language] ?? translations[LanguageTag(rawValue: language.primary)] ?? label
    }

    /// Whether the value names the customer and so comes from the verified contact only (law 10).
    public var isBoundByPlatform: Bool {
        if case .code = source { false } else { true }
    }
}

/// An action with its arguments, as the AI proposed it; placeholders stand for personal data.
public struct ActionProposal: Sendable, Hashable, Codable {
    /// The action.
    public var name: String
    /// The arguments taken from the conversation. Those that name the customer are added by the platform.
    public var arguments: [String: RedactedText]

    /// Makes a proposal from its parts.
    public init(name: String, arguments: [String: RedactedText]) {
        self.name = name
        self.arguments = arguments
    }
}

/// An action that waits for the customer's yes.
public struct PendingAction: Sendable, Hashable, Codable {
    /// What would be done.
    public var proposal: ActionProposal
    /// The customer's message that it was proposed for.
    public var proposedAt: Int
    /// From when on a yes is no answer to the question any more.
    public var expiresAt: Timestamp

    /// Makes a pending action.
    public init(proposal: ActionProposal, proposedAt: Int, expiresAt: Timestamp) {
        self.proposal = proposal
        self.proposedAt = proposedAt
        self.expiresAt = expiresAt
    }
}
