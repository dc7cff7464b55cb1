/// Something a person of the team, the customer or a rule does to a session.
public enum TeamCommand: Sendable, Hashable {
    /// A person takes the session over; the AI is silent from now on.
    case takeOver(PersonID)
    /// A person answers. Takes the session over if somebody else owned it. The expiry says how it ends if the customer says
    /// nothing more. A message that is sent already, by the helpdesk that the conversation lives in, is only recorded.
    case reply(PersonID, Message, expiry: SessionExpiry? = nil, isSent: Bool = false)
    /// A person writes a note that the customer does not see.
    case note(PersonID, RedactedText)
    /// The session passes to somebody. The expiry says how it ends if that is the AI, and nothing waits for its answer.
    case assign(SessionOwner, by: PersonID, expiry: SessionExpiry? = nil)
    /// The session ends. The time says when the customer is asked for a rating, if they are. The helpdesk that told of it need not
    /// be told. Where the question is a message, that is the survey. With ``SessionStatus/open`` the session is opened again; the
    /// expiry says how it ends if it is the AI's, and nothing waits for an answer.
    case close(
        SessionStatus, by: HistoryEntry.Actor, ratingAt: Timestamp? = nil, toldBy: HelpdeskID? = nil,
        survey: Message? = nil, expiry: SessionExpiry? = nil)
    /// Something happened to the conversation in its helpdesk that changes nothing here.
    case log(RedactedText, by: HistoryEntry.Actor)
    /// The customer wants no reply to what they have written so far. Nothing happens where none is being made, or where a change has
    /// begun that has to be told of. The expiry says how the session ends if they say nothing more; the message is what they have
    /// read of the reply, which is kept.
    case stopReply(expiry: SessionExpiry? = nil, shown: Message? = nil)
    /// Labels come and go. Those that are there, or are not, are passed over.
    case tag(adding: [String], removing: [String], by: HistoryEntry.Actor)
    /// The customer says what they think of the session, which has ended. With a time it is the answer to a message that asked for it
    /// (``Session/survey``), and is refused unless that was asked since then and is not answered yet.
    case rate(CustomerRating, askedSince: Timestamp? = nil)
    /// The customer finds a message of the AI helpful, or not. Whoever gives the command has looked that it is one of the session.
    case vote(MessageID, isHelpful: Bool)
    /// The channel stores its own state, as JSON text.
    case checkpoint(RedactedText)
    /// Custom data is set, by name; an empty value removes it.
    case describe([String: RedactedText])
}
