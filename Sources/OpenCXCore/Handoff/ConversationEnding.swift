/// The end of a session on its way to a helpdesk that has its conversation, with the raw values put back.
public struct ConversationEnding: Sendable {
    /// The same for every try of the same ending; deterministic, so that it survives a crash.
    public var idempotencyKey: String
    /// Whether an earlier try may have got through, as a whole or in part.
    public var isRetry: Bool
    /// The session.
    public var session: SessionID
    /// The session's number.
    public var ticket: TicketNumber
    /// The channel the customer is on.
    public var channel: ChannelID
    /// What kind of channel that is.
    public var channelKind: ChannelKind
    /// The helpdesk's own name for the conversation.
    public var reference: String
    /// How it ended.
    public var status: SessionStatus
    /// Who ended it.
    public var actor: HistoryEntry.Actor
    /// What it was about, with raw values.
    public var summary: UnredactedText
    /// How the customer felt.
    public var sentiment: Sentiment
    /// The session's tags.
    public var tags: [String]

    /// Makes an ending from its parts.
    public init(
        idempotencyKey: String, isRetry: Bool = false, session: SessionID, ticket: TicketNumber, channel: ChannelID,
        channelKind: ChannelKind, reference: String, status: SessionStatus, actor: HistoryEntry.Actor,
        summary: UnredactedText, sentiment: Sentiment, tags: [String]
    ) {
        self.idempotencyKey = idempotencyKey
        self.isRetry = isRetry
        self.session = session
        self.ticket = ticket
        self.channel = channel
        self.channelKind = channelKind
        self.reference = reference
        self.status = status
        self.actor = actor
        self.summary = summary
        self.sentiment = sentiment
        self.tags = tags
    }
}

/// What a helpdesk made of an ending.
public enum EndingOutcome: Sendable, Hashable {
    /// It is noted there.
    case done
    /// The conversation was left as it is, because somebody else has it, say. The history tells the words.
    case left(String)
}
