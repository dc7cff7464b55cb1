/// What a language model gets to see and may do.
public struct Prompt: Sendable, Hashable {
    /// Who the model is and what holds for every answer.
    public var instructions: RedactedText
    /// The conversation, oldest first; the last turn is the one to answer.
    public var turns: [Turn]
    /// What it may call instead of answering.
    public var tools: [ModelTool]
    /// The form its answer must have; `nil` for plain text.
    public var responseForm: ResponseForm?
    /// How many tokens it may write.
    public var tokenLimit: Int
    /// How freely it chooses its words; sent only when set, for several models refuse it.
    public var temperature: Double?

    /// One step of a conversation.
    public enum Turn: Sendable, Hashable {
        /// The customer's side, with what the core has put beside it.
        case customer(RedactedText)
        /// What the model said and called.
        case model(RedactedText, calls: [Call])
        /// What a call gave, right after the turn that made it.
        case result(of: String, RedactedText, isError: Bool)
    }

    /// A call that the model made earlier.
    public struct Call: Sendable, Hashable {
        /// Names the call within the prompt.
        public var id: String
        /// The tool.
        public var name: String
        /// The arguments, placeholders and all.
        public var arguments: [String: RedactedText]

        /// Makes a call.
        public init(id: String, name: String, arguments: [String: RedactedText]) {
            self.id = id
            self.name = name
            self.arguments = arguments
        }
    }

    /// Makes a prompt from its parts.
    public init(
        instructions: RedactedText, turns: [Turn], tools: [ModelTool] = [], responseForm: ResponseForm? = nil,
        tokenLimit: Int = 1024, temperature: Double? = nil
    ) {
        self.instructions = instructions
        self.turns = turns
        self.tools = tools
        self.responseForm = responseForm
        self.tokenLimit = tokenLimit
        self.temperature = temperature
    }
}

/// Something that a model may call. Written by the team or the package, never by a customer.
public struct ModelTool: Sendable, Hashable {
    /// Its name: at most 64 ASCII letters, digits, hyphens and underscores.
    public var name: String
    /// What it does and when to use it.
    public var description: String
    /// The arguments as a JSON Schema, serialized.
    public var schema: [UInt8]
    /// Whether the schema is one that strict servers enforce: every member required, no others, plain types.
    public var isStrict: Bool

    /// Makes a tool from its parts.
    ///
    /// - Parameters:
    ///   - name: its name.
    ///   - description: what it does and when to use it.
    ///   - schema: a JSON Schema of an object.
    ///   - isStrict: whether strict servers can enforce the schema.
    public init(name: String, description: String, schema: JSONValue, isStrict: Bool = false) {
        self.name = name
        self.description = description
        self.schema = schema.serialized()
        self.isStrict = isStrict
    }
}

/// The form that a structured answer has.
public struct ResponseForm: Sendable, Hashable {
    /// Its name: at most 64 ASCII letters, digits, hyphens and underscores.
    public var name: String
    /// What it is for.
    public var description: String
    /// The JSON Schema of an object, serialized. Every member required and no others allowed, so that strict servers take it.
    public var schema: [UInt8]

    /// Makes a form from its parts.
    public init(name: String, description: String, schema: JSONValue) {
        self.name = name
        self.description = description
        self.schema = schema.serialized()
    }
}
