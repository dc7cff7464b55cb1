/// Something a person of the team, the customer or a rule does to a session.
public enum TeamCommand: Sendable, Hashable {
    /// A person takes the session over; the AI is silent from now on.
    case takeOver(PersonID)
    /// A person answers. Takes the session over if somebody else owned it. The expiry says how it ends if the customer says
    /// nothing more.
    case reply(PersonID, Message, expiry: SessionExpiry? = nil)
    /// A person writes a note that the customer does not see.
    case note(PersonID, RedactedText)
    /// The session passes to somebody.
    case assign(SessionOwner, by: PersonID)
    /// The session ends.
    case close(SessionStatus, by: HistoryEntry.Actor)
}
