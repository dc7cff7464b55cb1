/// A channel that can show a reply while it grows.
///
/// What it is given has passed judgement as far as it goes; the message that counts comes with ``Channel/send(_:)`` like any
/// other, under the same ``Message/id``. So a channel that shows what it is given, and forgets it when the message with that id
/// comes, shows each reply once. Replies grow on the channels of ``AgentSettings/streamedChannels`` only.
public protocol StreamingChannel: Channel {
    /// Shows a piece of a reply, or hands it on to somebody who does. Called while the turn runs, so it returns at once: what it
    /// cannot hand on, it drops, for the message comes anyway. ``ReplyBroadcast`` is such a place.
    func show(_ piece: ReplyPiece)
}

/// A piece of a reply that grows, or its end.
public struct ReplyPiece: Sendable, Hashable {
    /// The message that it becomes.
    public var message: MessageID
    /// The session; at most one reply of a session grows at a time.
    public var session: SessionID
    /// The session's number.
    public var ticket: TicketNumber
    /// The conversation, in the channel's own terms.
    public var thread: ThreadID
    /// What there is to show.
    public var content: Content

    /// What there is to show.
    public enum Content: Sendable, Hashable {
        /// A reply begins with this text. It takes the place of any other of the session that was shown and has not ended: the
        /// turn has begun anew, maybe in another process.
        case began(RedactedText)
        /// More text of it, as CommonMark.
        case grew(RedactedText)
        /// It is stored, and the message on its way; it begins with what was shown.
        case committed(Message)
        /// What was shown is not said after all: it did not pass judgement as a whole, a person took over, or the customer wrote
        /// again. The message is what is said instead, if anything is.
        case retracted(replacement: Message?)
    }

    /// Makes a piece.
    public init(
        message: MessageID, session: SessionID, ticket: TicketNumber, thread: ThreadID, content: Content
    ) {
        self.message = message
        self.session = session
        self.ticket = ticket
        self.thread = thread
        self.content = content
    }
}
