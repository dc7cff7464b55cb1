/// A session that begins before its first message: a chat window that was opened, a conversation that a program prepares.
public struct SessionOpening: Sendable {
    /// Names the session. Opening it again under the same id changes nothing.
    public var session: SessionID
    /// The channel it runs on.
    public var channel: ChannelID
    /// What kind of channel that is.
    public var channelKind: ChannelKind
    /// The channel's own name for the conversation.
    public var thread: ThreadID
    /// The customer.
    public var contact: ContactReference
    /// The id to use if the customer turns out to be new.
    public var newContact: ContactID
    /// The language, where known.
    public var language: LanguageTag?
    /// What the conversation is about.
    public var subject: RedactedText?
    /// Custom data, by name.
    public var attributes: [String: RedactedText]
    /// The session's placeholder counts after redaction.
    public var placeholders: PlaceholderCounts
    /// When it ends, without a word to anybody, if nobody writes in it; `nil` for never.
    public var expiresAt: Timestamp?
    /// When it is opened.
    public var at: Timestamp

    /// Makes an opening from its parts.
    public init(
        session: SessionID, channel: ChannelID, channelKind: ChannelKind, thread: ThreadID, contact: ContactReference,
        newContact: ContactID, language: LanguageTag? = nil, subject: RedactedText? = nil,
        attributes: [String: RedactedText] = [:], placeholders: PlaceholderCounts = PlaceholderCounts(),
        expiresAt: Timestamp? = nil, at time: Timestamp
    ) {
        self.session = session
        self.channel = channel
        self.channelKind = channelKind
        self.thread = thread
        self.contact = contact
        self.newContact = newContact
        self.language = language
        self.subject = subject
        self.attributes = attributes
        self.placeholders = placeholders
        self.expiresAt = expiresAt
        at = time
    }
}

/// Whom a session is opened for.
public enum ContactReference: Sendable, Hashable {
    /// A contact that there is.
    case known(ContactID)
    /// Whoever the handle describes, found or made as for a message.
    case described(ContactHandle)
}

extension SessionOpening {
    /// Refuses to open a session where that cannot be.
    ///
    /// - Parameters:
    ///   - existing: the session of that id.
    ///   - wasRemoved: whether there was one that has been removed.
    ///   - latest: the session of the thread that began last.
    /// - Returns: the session when it has been opened before, and there is nothing to do.
    /// - Throws: ``StoreError``: with the code `superseded` when the thread has an open session, which goes on; with the code
    ///   `refused` when the id is another conversation's or a removed one's.
    public func existing(_ existing: Session?, wasRemoved: Bool, latest: Session?) throws(StoreError) -> Session? {
        if let existing {
            guard existing.channel == channel, existing.thread == thread, isFor(existing.contact) else {
                throw StoreError(.refused, "A session of another conversation has this id. Choose another one.")
            }
            return existing
        }
        if wasRemoved { throw StoreError(.refused, "The session of this id was removed. Choose another one.") }
        if let latest, latest.status == .open {
            throw StoreError(.superseded, "Ticket \(latest.ticket) is open in this conversation; go on there.")
        }
        return nil
    }

    private func isFor(_ other: ContactID) -> Bool {
        if case .known(let id) = contact { id == other } else { true }
    }
}

extension SessionChange {
    /// A session begins before its first message. Nobody is told; the first message does that.
    ///
    /// - Throws: ``StoreError`` with the code `refused` for more custom data than ``SessionLimits`` allows.
    public static func opening(
        _ opening: SessionOpening, contact: ContactID, ticket: TicketNumber
    ) throws(StoreError) -> SessionChange {
        var session = Session(
            id: opening.session, ticket: ticket, channel: opening.channel, channelKind: opening.channelKind,
            thread: opening.thread, contact: contact, language: opening.language, subject: opening.subject,
            placeholders: opening.placeholders, createdAt: opening.at)
        session.expiry = opening.expiresAt.map { SessionExpiry(at: $0, status: .closedUnresolved, by: .system) }
        var change = SessionChange(session, at: opening.at)
        try change.describe(opening.attributes)
        return change
    }
}
