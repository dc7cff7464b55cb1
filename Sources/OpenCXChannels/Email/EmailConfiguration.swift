public import OpenCXCore

/// How an ``EmailChannel`` sends and whom it trusts.
public struct EmailConfiguration: Sendable {
    /// The team's addresses that customers write to; answers come from the one that was written to, else from the first.
    public var addresses: [String]
    /// The name beside the address.
    public var name: String?
    /// What stands under each answer.
    public var signature: String?
    /// Signs the ids of what is sent, so that an answer or a bounce tells which conversation it belongs to. At least 16 bytes,
    /// the same in every process, and kept: answers to older mails are else known by their thread or ticket number only.
    public var secret: Secret
    /// Where mails come in by HTTP; `nil` where they are fetched from a mailbox.
    public var inbound: InboundProvider?
    /// Which server's word counts on who a mail is from. Without one, no sender is vouched for: a customer is then known by the
    /// address that their mails claim, and nobody's data are given out.
    public var authentication: SenderAuthentication?
    /// Groups through which customers write, by what stands in `List-Id`. Mails of other lists get no answer.
    public var trustedLists: Set<String>
    /// Addresses of forms on the team's own pages: their customer is who `Reply-To` names, and each mail a conversation of its own.
    public var formSenders: Set<String>
    /// How many mails the AI may send in one conversation within ``answerWindow``, and three times as many to one customer. One more
    /// is refused, and the conversation goes to the team: two machines that know no rules would else write to each other for ever.
    /// The history is what counts, in every process and after a restart.
    public var answerLimit: Int
    /// See ``answerLimit``.
    public var answerWindow: Duration
    /// Keeps a file and says where, best as ``/OpenCXCore/AttachmentPlace/file(_:in:)``. Without it files are named but not kept;
    /// they are still in the mailbox that they came from.
    public var keepFile: (@Sendable (ReceivedFile) async throws -> AttachmentPlace)?
    /// Told what got no answer, and why.
    public var skipped: (@Sendable (SkippedMail) -> Void)?

    /// Makes a configuration; what is not given has the default.
    public init(
        addresses: [String], name: String? = nil, signature: String? = nil, secret: Secret,
        inbound: InboundProvider? = nil, authentication: SenderAuthentication? = nil, trustedLists: Set<String> = [],
        formSenders: Set<String> = [], answerLimit: Int = 10, answerWindow: Duration = .seconds(3600),
        keepFile: (@Sendable (ReceivedFile) async throws -> AttachmentPlace)? = nil,
        skipped: (@Sendable (SkippedMail) -> Void)? = nil
    ) {
        self.addresses = addresses
        self.name = name
        self.signature = signature
        self.secret = secret
        self.inbound = inbound
        self.authentication = authentication
        self.trustedLists = trustedLists
        self.formSenders = formSenders
        self.answerLimit = answerLimit
        self.answerWindow = answerWindow
        self.keepFile = keepFile
        self.skipped = skipped
    }
}

/// A server that checks senders (SPF, DKIM, DMARC) and writes the result into `Authentication-Results` (RFC 8601), taking out what
/// others have written there in its name.
public struct SenderAuthentication: Sendable, Hashable {
    /// The name that the server gives itself in the header.
    public var server: String

    /// Trusts a server.
    public init(server: String) {
        self.server = server
    }
}

/// A file that came with a mail, on its way to where it is kept.
public struct ReceivedFile: Sendable {
    /// The name that its sender gave it. It may be anything, and names nothing.
    public var name: UnredactedText
    /// The media type, as the mail says.
    public var mediaType: String
    /// What it holds.
    public var bytes: [UInt8]

    /// Makes a file from its parts.
    public init(name: UnredactedText, mediaType: String, bytes: [UInt8]) {
        self.name = name
        self.mediaType = mediaType
        self.bytes = bytes
    }
}

/// A mail that nobody answers. It names neither sender nor text.
public struct SkippedMail: Sendable, Hashable {
    /// Why.
    public struct Reason: Sendable, Hashable, CustomStringConvertible {
        /// A word for logs and counters.
        public var description: String
        /// It comes from the team's own address, or from this agent.
        public static let own = Reason(description: "own")
        /// There is nothing in it.
        public static let empty = Reason(description: "empty")
        /// It is the report of what became of another mail.
        public static let report = Reason(description: "report")
        /// It has no sender that could be answered.
        public static let noSender = Reason(description: "no-sender")
    }

    /// Why.
    public var reason: Reason
    /// The mail's id.
    public var messageID: String?
}
