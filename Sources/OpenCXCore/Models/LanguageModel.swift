/// A language model behind an API or in the process. Takes only redacted text.
public protocol LanguageModel: Sendable {
    /// Names the model, for the trace.
    var name: String { get }

    /// Continues a conversation.
    ///
    /// - Throws: whatever keeps it from answering; the turn is then tried again or handed off.
    func complete(_ prompt: Prompt) async throws -> ModelReply
}

/// What a language model gets to see.
public struct Prompt: Sendable, Hashable {
    /// Who the model is and what holds for every answer.
    public var instructions: RedactedText
    /// The conversation, oldest first; the last turn is the one to answer.
    public var turns: [Turn]

    /// One side's words.
    public struct Turn: Sendable, Hashable {
        /// Whether the model said it.
        public var isModel: Bool
        /// What was said.
        public var text: RedactedText

        /// Makes a turn.
        public init(isModel: Bool, text: RedactedText) {
            self.isModel = isModel
            self.text = text
        }
    }

    /// Makes a prompt from its parts.
    public init(instructions: RedactedText, turns: [Turn]) {
        self.instructions = instructions
        self.turns = turns
    }
}

/// What a language model said: text of unknown content, to be redacted like any other.
public struct ModelReply: Sendable {
    /// The text.
    public var text: UnredactedText
    /// Tokens read, where the model says so.
    public var promptTokens: Int?
    /// Tokens written, where the model says so.
    public var replyTokens: Int?

    /// Makes a reply.
    public init(text: UnredactedText, promptTokens: Int? = nil, replyTokens: Int? = nil) {
        self.text = text
        self.promptTokens = promptTokens
        self.replyTokens = replyTokens
    }
}

/// Turns texts into vectors whose nearness is nearness of meaning. Takes only redacted text.
public protocol Embedder: Sendable {
    /// Names the model: vectors of different models must not be mixed.
    var name: String { get }

    /// One vector for each text, all of the same length.
    func embed(_ texts: [RedactedText]) async throws -> [[Float]]
}
