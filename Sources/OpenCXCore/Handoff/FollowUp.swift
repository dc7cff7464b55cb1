/// What a customer wrote after the handoff, on its way to the helpdesk that has it, with the raw values put back.
public struct FollowUp: Sendable {
    /// The same for every try of the same follow-up; deterministic, so that it survives a crash.
    public var idempotencyKey: String
    /// Whether an earlier try may have got through.
    public var isRetry: Bool
    /// The session.
    public var session: SessionID
    /// The session's number.
    public var ticket: TicketNumber
    /// The helpdesk's own name for the conversation.
    public var reference: String
    /// What was written.
    public var line: TranscriptLine
    /// The names of the files that came with it.
    public var files: [UnredactedText]

    /// Makes a follow-up from its parts.
    public init(
        idempotencyKey: String, isRetry: Bool = false, session: SessionID, ticket: TicketNumber, reference: String,
        line: TranscriptLine, files: [UnredactedText] = []
    ) {
        self.idempotencyKey = idempotencyKey
        self.isRetry = isRetry
        self.session = session
        self.ticket = ticket
        self.reference = reference
        self.line = line
        self.files = files
    }
}
