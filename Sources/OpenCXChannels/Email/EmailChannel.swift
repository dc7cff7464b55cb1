public import OpenCXCore
internal import OpenCXCrypto

/// E-mail: in by a provider's webhook or from a mailbox, out by SMTP.
///
/// A conversation is a thread of mails by one sender; see ``EmailConfiguration``. What was said before and signatures are split off
/// what a customer writes. Machines get no answer: absence notes, bounces, newsletters, other agents.
public final class EmailChannel: Channel {
    /// Names the channel.
    public let id: ChannelID
    /// ``/OpenCXCore/ChannelKind/email``.
    public var kind: ChannelKind { .email }

    let configuration: EmailConfiguration
    let addresses: OwnAddresses
    let sessions: any TeamStore
    let memory = MailMemory()
    let reader = MailReader()
    private let transport: any MailTransport
    private let clock: any AgentClock
    private let cap: AnswerCap
    /// Known to this process only; see ``request(for:)``.
    private let mailboxToken = RandomBytes.make(16)

    /// Makes a channel.
    ///
    /// - Parameters:
    ///   - id: names the channel.
    ///   - configuration: how it sends and whom it trusts.
    ///   - sessions: the agent's store, which knows the conversation of a ticket's number.
    ///   - transport: takes what is sent, ``SMTPTransport`` for example.
    ///   - clock: tells the time.
    public init(
        id: ChannelID = "email", configuration: EmailConfiguration, sessions: any TeamStore,
        transport: any MailTransport, clock: any AgentClock
    ) {
        precondition(
            !configuration.addresses.isEmpty && configuration.addresses.allSatisfy(AddressCheck.isSendable),
            "An e-mail channel needs addresses of the form user@example.com.")
        precondition(configuration.secret.reveal().utf8.count >= 16, "The secret must have at least 16 bytes.")
        self.id = id
        self.configuration = configuration
        addresses = OwnAddresses(configuration.addresses)
        self.sessions = sessions
        self.transport = transport
        self.clock = clock
        cap = AnswerCap(
            sessions: sessions, channel: id, limit: configuration.answerLimit, window: configuration.answerWindow)
    }

    /// The customers' mails in a provider's request.
    public func receive(_ request: WebhookRequest) async throws -> [InboundMessage] {
        try await events(in: request).compactMap { if case .message(let message) = $0 { message } else { nil } }
    }

    /// What a provider's request tells: that customers wrote, that mails of ours came back, that somebody wants no more of them.
    public func events(in request: WebhookRequest) async throws -> [ChannelEvent] {
        if let mail = try mailboxMail(in: request) { return try await events(of: mail) }
        guard let provider = configuration.inbound else {
            throw ChannelError(.notFound, "This channel takes no webhooks; its mails come from a mailbox.")
        }
        let mail = try InboundMails(provider: provider, reader: reader, clock: clock).mail(in: request)
        return try await events(of: mail)
    }

    /// A mail from a mailbox as a request, so that the agent takes it in as it does a provider's. Nobody else can make one.
    package func request(for mail: [UInt8]) -> WebhookRequest {
        WebhookRequest(
            method: "MAIL", headers: [(Self.mailboxHeader, Base32Text.encode(mailboxToken))], body: mail)
    }

    private static let mailboxHeader = "opencx-mailbox"

    private func mailboxMail(in request: WebhookRequest) throws -> MailMessage? {
        guard request.method == "MAIL", let token = request.header(Self.mailboxHeader).flatMap(Base32Text.decode),
            ConstantTime.areEqual(token, mailboxToken)
        else { return nil }
        do throws(MailError) { return try reader.read(request.body) } catch {
            throw error == .tooLarge
                ? ChannelError(.tooLarge, "The mail is larger than is taken.")
                : ChannelError(.malformed, "The mail is built like nothing that a mail program writes.")
        }
    }

    /// Sends an answer. The same delivery has the same `Message-ID` in every try, so mail programs show it once.
    public func send(_ message: OutboundMessage) async throws -> DeliveryReceipt {
        guard let to = message.contact.email, AddressCheck.isSendable(to) else {
            throw ChannelError(.rejected, "The customer has no e-mail address that mail can be sent to.")
        }
        guard !addresses.contains(to) else {
            throw ChannelError(.rejected, "The customer's address is one of the team's own.")
        }
        let isAutomatic = message.message.author == .ai
        if isAutomatic, try await !cap.allows(message) {
            throw ChannelError(
                .rejected,
                "The AI has written to this customer as often as it may within \(configuration.answerWindow).")
        }
        let mail = compose(message, to: to, isAutomatic: isAutomatic, chain: try await chain(of: message))
        try await transport.send(mail)
        return DeliveryReceipt(providerID: mail.messageID)
    }

    /// What the answer answers, as the history tells; `nil` where that holds no ids, as before they were kept.
    private func chain(of message: OutboundMessage) async throws -> MailChain? {
        guard let session = try await sessions.session(message.session) else { return nil }
        let history = try await sessions.history(
            session.id, after: max(0, session.lastSequence - Self.chainLimit), limit: Self.chainLimit)
        let domain = MailAddress(address: addresses.configured(MailThread(message.thread)?.address)).domain
        return MailChain(to: message.message, history: history, root: MailThread(message.thread)?.root) { sequence in
            OwnMessageID(session: session.id, delivery: OutboxID(session.id, entry: sequence))
                .text(domain: domain, secret: configuration.secret)
        }
    }

    /// More than a header holds of a conversation.
    private static let chainLimit = 400

    private func compose(
        _ message: OutboundMessage, to: String, isAutomatic: Bool, chain: MailChain?
    ) -> OutgoingMail {
        let thread = MailThread(message.thread)
        let from = addresses.configured(thread?.address)
        let known = memory.mail(in: message.thread)
        let own = OwnMessageID(session: message.session, delivery: OutboxID(message.idempotencyKey))
        let domain = MailAddress(address: from).domain
        let messageID = own.text(domain: domain, secret: configuration.secret)
        let inReplyTo = chain?.inReplyTo ?? known?.messageID ?? thread?.root
        // What that mail itself refers to is known best from that mail.
        let isLast = known?.messageID == inReplyTo && known?.references.isEmpty == false
        let references = isLast ? known?.references : chain?.references
        let draft = MailComposer.Draft(
            from: MailAddress(name: configuration.name, address: from), to: MailAddress(name: nil, address: to),
            subject: known?.subject ?? message.subject?.text, ticket: message.ticket, messageID: messageID,
            inReplyTo: inReplyTo, references: references ?? [], isAutomatic: isAutomatic,
            text: message.textWithAddresses, signature: configuration.signature, at: message.message.at)
        return OutgoingMail(
            sender: from, recipients: [to], messageID: messageID, bytes: MailComposer.compose(draft))
    }
}

/// Takes mails and brings them on their way.
public protocol MailTransport: Sendable {
    /// Sends a mail; returns when somebody else is responsible for it.
    ///
    /// - Throws: ``/OpenCXCore/ChannelError``, which says whether trying again makes sense.
    func send(_ mail: OutgoingMail) async throws
}

/// The team's own addresses.
struct OwnAddresses: Sendable {
    private let list: [String]
    let keys: Set<String>

    init(_ addresses: [String]) {
        list = addresses
        keys = Set(addresses.map { $0.lowercased() })
    }

    /// Whether an address is one of them, with or without something behind a plus.
    func contains(_ address: String) -> Bool { keys.contains(Self.withoutTag(address.lowercased())) }

    /// The address as it was configured, else the first one.
    func configured(_ key: String?) -> String {
        list.first { $0.lowercased() == key } ?? list[0]
    }

    /// The address among those that a mail was written to.
    func writtenTo(by mail: MailMessage) -> String {
        let candidates = mail.to.map(\.key) + mail.cc.map(\.key) + mail.envelopeRecipients.map { $0.lowercased() }
        return candidates.lazy.map(Self.withoutTag).first { keys.contains($0) } ?? list[0].lowercased()
    }

    private static func withoutTag(_ key: String) -> String {
        guard let at = key.lastIndex(of: "@"), let plus = key[..<at].firstIndex(of: "+") else { return key }
        return String(key[..<plus] + key[at...])
    }
}
