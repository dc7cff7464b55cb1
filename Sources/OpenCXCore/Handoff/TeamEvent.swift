/// What somebody of the team did to a conversation outside of the built-in inbox: in the helpdesk that it lives in, or that it was
/// handed off to.
public struct TeamEvent: Sendable {
    /// The conversation it was done to. One that no session belongs to is not ours, and nothing is recorded.
    public var conversation: Conversation
    /// The provider's id of the event: the same event told again has the same id, and is recorded once.
    public var providerID: String
    /// What was done.
    public var activity: Activity

    /// Names a conversation.
    public enum Conversation: Sendable, Hashable {
        /// The conversation of the channel that tells of it, in its own terms.
        case thread(ThreadID)
        /// The ticket of the helpdesk that tells of it: ``HelpdeskReceipt/reference``.
        case ticket(String)
        /// A session, where the helpdesk carries our own id.
        case session(SessionID)
    }

    /// What a person can do.
    public enum Activity: Sendable {
        /// They answered. What a channel tells, the customer has read already: it is recorded, and not sent again. What a helpdesk
        /// tells goes to the customer on the session's own channel. The AI is silent from now on.
        case replied(by: PersonID, UnredactedText, attachments: [InboundAttachment] = [])
        /// They wrote a note that the customer does not see.
        case noted(by: PersonID, UnredactedText)
        /// They took the conversation over; the AI is silent from now on.
        case took(PersonID)
        /// They ended it.
        case ended(SessionStatus, by: PersonID?)
        /// They opened it again.
        case reopened(by: PersonID?)
        /// Something that changes nothing for the session: who is assigned, which tags there are. It is told in the history.
        case changed(UnredactedText, by: PersonID?)
    }

    /// Makes an event from its parts.
    public init(_ activity: Activity, in conversation: Conversation, providerID: String) {
        self.conversation = conversation
        self.providerID = providerID
        self.activity = activity
    }
}

/// Who has a conversation in the helpdesk that it lives in.
public enum ConversationHolder: Sendable, Hashable {
    /// The AI: it may answer.
    case ai
    /// A person. A message is kept in the session that it goes on with, if there is one, which passes to the person; it begins none.
    case person(PersonID)
    /// Nobody whom the AI answers for. The same; the session passes to the team.
    case nobody
}
