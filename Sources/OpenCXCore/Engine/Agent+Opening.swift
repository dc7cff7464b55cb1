/// A session that is to begin before its first message, as a channel or a program asks for it: not redacted, not stored.
public struct SessionRequest: Sendable {
    /// The id the session is to have; asking again under the same id gives the same session. `nil` for a new one.
    public var session: SessionID?
    /// The channel it runs on.
    public var channel: ChannelID
    /// What kind of channel that is.
    public var channelKind: ChannelKind
    /// The channel's own name for the conversation; `nil` to name it by the session's id.
    public var thread: ThreadID?
    /// The customer.
    public var contact: ContactReference
    /// The language, where known.
    public var language: LanguageTag?
    /// What the conversation is about.
    public var subject: UnredactedText?
    /// Custom data, by name.
    public var attributes: [String: UnredactedText]

    /// Makes a request from its parts.
    public init(
        session: SessionID? = nil, channel: ChannelID, channelKind: ChannelKind, thread: ThreadID? = nil,
        contact: ContactReference, language: LanguageTag? = nil, subject: UnredactedText? = nil,
        attributes: [String: UnredactedText] = [:]
    ) {
        self.session = session
        self.channel = channel
        self.channelKind = channelKind
        self.thread = thread
        self.contact = contact
        self.language = language
        self.subject = subject
        self.attributes = attributes
    }
}

/// Sessions and contacts that are there before anybody has written.
extension Agent {
    /// Opens a session before its first message. Nothing is answered and nobody is told until that message comes; it goes on with
    /// this session when it is one of the same thread. If none comes, the session ends by itself
    /// (``SessionLifecycle/closeUnusedAfter``).
    ///
    /// - Returns: the session; one that was opened before under the same id as it is now.
    /// - Throws: ``StoreError``: with the code `superseded` when the thread has an open session, with the code `refused` when the
    ///   id is another conversation's, the contact does not exist, or the custom data is more than ``SessionLimits`` allows.
    public func openSession(_ request: SessionRequest) async throws -> Session {
        let now = parts.clock.now()
        let id: SessionID = request.session ?? parts.ids.make()
        let known = try await parts.store.session(id)
        var counts = known?.placeholders ?? PlaceholderCounts()
        var subject: RedactedText?
        if let text = request.subject {
            subject = try await parts.redaction.redactForeign(text.withoutControls, in: id, counts: &counts)
        }
        let opening = SessionOpening(
            session: id, channel: request.channel, channelKind: request.channelKind,
            thread: request.thread ?? ThreadID(id.rawValue), contact: request.contact, newContact: parts.ids.make(),
            language: request.language, subject: subject,
            attributes: try await redact(request.attributes, in: id, counts: &counts), placeholders: counts,
            expiresAt: settings.lifecycle.closeUnusedAfter.map { now + $0 }, at: now)
        do {
            return try await parts.store.open(opening)
        } catch {
            await forgetIfRemoved(id)
            throw error
        }
    }

    /// Makes a contact, or finds the one that the handle describes and adds to it what is new, as a message of theirs would.
    ///
    /// - Returns: the contact, and whether it is a new one.
    /// - Throws: ``StoreError``.
    public func addContact(_ handle: ContactHandle) async throws -> (contact: Contact, isNew: Bool) {
        try await parts.store.addContact(handle, as: parts.ids.make(), at: parts.clock.now())
    }
}
