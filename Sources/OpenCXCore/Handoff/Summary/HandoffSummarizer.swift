/// Tells a person who takes over what the conversation was about.
///
/// ``ExtractiveSummarizer`` works without a language model, ``ModelSummarizer`` with one.
public protocol HandoffSummarizer: Sendable {
    /// Summarizes a conversation that is handed off.
    ///
    /// - Throws: when it cannot at the moment; the agent then takes the extractive summary.
    func summarize(_ request: SummaryRequest) async throws -> HandoffSummary
}

/// A conversation to be summarized, redacted.
public struct SummaryRequest: Sendable {
    /// What was said, oldest first.
    public var messages: [Message]
    /// What was called for the customer, oldest first.
    public var actions: [ActionRecord]
    /// Why the AI stops.
    public var explanation: RedactedText
    /// How the customer's last message sounds.
    public var sentiment: Sentiment
    /// Redaction, clock and trace of the turn.
    public var context: TurnContext

    /// Makes a request from its parts.
    public init(
        messages: [Message], actions: [ActionRecord], explanation: RedactedText, sentiment: Sentiment,
        context: TurnContext = .detached
    ) {
        self.messages = messages
        self.actions = actions
        self.explanation = explanation
        self.sentiment = sentiment
        self.context = context
    }
}

/// What a conversation was about, and how the customer sounds.
public struct HandoffSummary: Sendable, Hashable {
    /// The summary.
    public var text: RedactedText
    /// How the customer sounds over the conversation.
    public var sentiment: Sentiment

    /// Makes a summary.
    public init(text: RedactedText, sentiment: Sentiment) {
        self.text = text
        self.sentiment = sentiment
    }
}
