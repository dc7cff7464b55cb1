/// A customer's message as a channel parsed it: not redacted, not stored.
public struct InboundMessage: Sendable {
    /// The channel it came in on.
    public var channel: ChannelID
    /// What kind of channel that is.
    public var channelKind: ChannelKind
    /// The conversation it belongs to, in the channel's own terms.
    public var thread: ThreadID
    /// The provider's id of the message: the same message delivered again has the same id, and no other message of the channel has it,
    /// in whatever conversation; it would be taken for a repetition, and dropped. Where the provider counts in each conversation anew,
    /// put the conversation in front. `nil` where the channel has none; then equal text in the same conversation within 24 hours counts
    /// as the same message.
    public var providerID: String?
    /// Who wrote it.
    public var sender: ContactHandle
    /// What was written.
    public var text: UnredactedText
    /// What the conversation is about, where the channel says so.
    public var subject: UnredactedText?
    /// Files that came with it.
    public var attachments: [InboundAttachment]
    /// The language, where the channel knows it.
    public var language: LanguageTag?
    /// The id that the message is to have, where the channel's own page shows it under one before it is sent. The channel sees to
    /// it that no two messages of a session have the same; a good ``providerID`` does.
    public var id: MessageID?
    /// What the AI has said on the channel's page before the customer wrote. It becomes the beginning of the session's history, if
    /// nothing was said in the session yet.
    public var openingWords: [OpeningWords]
    /// The helpdesk that the conversation lives in, where it does. Handoffs and the end of its session go there and to no other
    /// helpdesk, and the thread is its name there.
    public var helpdesk: HelpdeskID?
    /// Who has the conversation there.
    public var holder: ConversationHolder

    /// Makes a message from its parts.
    public init(
        channel: ChannelID, channelKind: ChannelKind, thread: ThreadID, providerID: String?, sender: ContactHandle,
        text: UnredactedText, subject: UnredactedText? = nil, attachments: [InboundAttachment] = [],
        language: LanguageTag? = nil, id: MessageID? = nil, openingWords: [OpeningWords] = [],
        helpdesk: HelpdeskID? = nil, holder: ConversationHolder = .ai
    ) {
        self.id = id
        self.openingWords = openingWords
        self.helpdesk = helpdesk
        self.holder = holder
        self.channel = channel
        self.channelKind = channelKind
        self.thread = thread
        self.providerID = providerID
        self.sender = sender
        self.text = text
        self.subject = subject
        self.attachments = attachments
        self.language = language
    }
}

extension InboundMessage {
    /// The provider's id, where answers refer to it: by mail.
    var keptProviderID: String? {
        channelKind == .email ? providerID.flatMap { $0.utf8.count <= 1000 ? $0 : nil } : nil
    }
}

/// What a channel's page has said in the AI's name before the customer wrote, not redacted yet.
public struct OpeningWords: Sendable {
    /// The id under which the page shows it.
    public var id: MessageID
    /// What was said.
    public var text: UnredactedText

    /// Makes opening words from their parts.
    public init(id: MessageID, text: UnredactedText) {
        self.id = id
        self.text = text
    }
}

/// A file that came with a message, its name not redacted yet.
public struct InboundAttachment: Sendable {
    /// The file's name.
    public var name: UnredactedText
    /// The media type, as the channel gave it.
    public var mediaType: String
    /// The size in bytes, where known.
    public var byteCount: Int?
    /// Where the bytes are.
    public var place: AttachmentPlace

    /// Where the bytes are, in the notation of whoever has them; not redacted.
    public var location: String { place.location }

    /// Makes an attachment from its parts.
    public init(name: UnredactedText, mediaType: String, byteCount: Int? = nil, place: AttachmentPlace) {
        self.name = name
        self.mediaType = mediaType
        self.byteCount = byteCount
        self.place = place
    }

    /// Makes an attachment whose bytes are anywhere but in a store of this server's (``AttachmentPlace/elsewhere(_:)``).
    public init(name: UnredactedText, mediaType: String, byteCount: Int? = nil, location: String) {
        self.init(
            name: name, mediaType: mediaType, byteCount: byteCount, place: .elsewhere(UnredactedText(location)))
    }
}
