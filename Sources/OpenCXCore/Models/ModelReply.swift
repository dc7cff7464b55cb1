/// What a language model said: text of unknown content, to be redacted like any other.
public struct ModelReply: Sendable {
    /// The text; of a structured answer, the JSON.
    public var text: UnredactedText
    /// The tools it wants called, in order.
    public var calls: [ModelCall]
    /// Whether it declined to answer; the text may say why.
    public var isRefusal: Bool
    /// Why it stopped.
    public var finish: Finish
    /// What it cost.
    public var usage: ModelUsage
    /// The model that answered.
    public var model: String
    /// The models of a chain that failed before it, and how.
    public var passedOver: [String]

    /// Why a model stopped.
    public enum Finish: String, Sendable, Hashable, Codable {
        /// It was done.
        case stop
        /// It wants tools called.
        case toolCalls = "tool_calls"
        /// It reached the token limit: the text is cut.
        case length
        /// A filter or the model itself stopped it.
        case refused
        /// For a reason that is not known here.
        case other
    }

    /// Makes a reply.
    public init(
        text: UnredactedText, calls: [ModelCall] = [], isRefusal: Bool = false, finish: Finish = .stop,
        usage: ModelUsage = ModelUsage(), model: String, passedOver: [String] = []
    ) {
        self.text = text
        self.calls = calls
        self.isRefusal = isRefusal
        self.finish = finish
        self.usage = usage
        self.model = model
        self.passedOver = passedOver
    }
}

/// A tool that a model wants called; not checked yet.
public struct ModelCall: Sendable {
    /// The vendor's name for the call.
    public var id: String
    /// The tool.
    public var name: String
    /// The arguments as the model wrote them: JSON, if all is well.
    public var arguments: UnredactedText

    /// Makes a call.
    public init(id: String, name: String, arguments: UnredactedText) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }
}

/// What a reply cost in tokens, as far as the vendor says.
public struct ModelUsage: Sendable, Hashable, Codable {
    /// Tokens read, those from the vendor's cache included.
    public var promptTokens: Int?
    /// Tokens written.
    public var replyTokens: Int?
    /// Tokens read from the vendor's cache.
    public var cachedTokens: Int?

    /// Makes a count.
    public init(promptTokens: Int? = nil, replyTokens: Int? = nil, cachedTokens: Int? = nil) {
        self.promptTokens = promptTokens
        self.replyTokens = replyTokens
        self.cachedTokens = cachedTokens
    }
}
