internal import HelpdeskSupport
internal import Markdown
public import OpenCXCore

/// Tickets that the AI answers where they are: a customer's mail becomes a ticket, and the AI answers in it, as an agent of the
/// account.
///
/// It answers tickets that are assigned to its user, and unassigned ones where ``ZendeskConfiguration/handlesUnassigned`` is set;
/// those of other agents are left alone. Before each answer the ticket is read again, and Zendesk refuses the answer if somebody
/// changes the ticket in between.
///
/// Mount ``/OpenCXCore/Agent/handle(_:on:)`` at the address of a webhook of Zendesk's that is subscribed to ticket events, and give
/// the agent a ``ZendeskHelpdesk`` of the same account and id, which takes the handoffs.
public struct ZendeskChannel: Channel {
    /// Names the channel.
    public let id: ChannelID
    /// ``/OpenCXCore/ChannelKind/email``.
    public var kind: ChannelKind { .email }

    private let helpdesk: HelpdeskID
    private let configuration: ZendeskConfiguration
    private let api: ZendeskAPI
    private let signature: ZendeskSignature
    private let clock: any AgentClock

    /// Makes a channel.
    ///
    /// - Parameters:
    ///   - id: names the channel; stays the same from run to run.
    ///   - helpdesk: the id of the ``ZendeskHelpdesk`` of the same account.
    ///   - configuration: the account.
    ///   - http: what sends.
    ///   - clock: tells whether a webhook is fresh.
    public init(
        id: ChannelID = "zendesk", helpdesk: HelpdeskID = "zendesk", _ configuration: ZendeskConfiguration,
        http: any HTTPClient, clock: any AgentClock
    ) {
        self.id = id
        self.helpdesk = helpdesk
        self.configuration = configuration
        self.clock = clock
        api = ZendeskAPI(configuration, http: http)
        signature = ZendeskSignature(secrets: configuration.signingSecrets)
    }

    /// The customer's messages of a request; see ``events(in:)``.
    public func receive(_ request: WebhookRequest) async throws -> [InboundMessage] {
        try await events(in: request).compactMap { if case .message(let message) = $0 { message } else { nil } }
    }

    /// Verifies and reads a webhook: what a customer wrote, or what somebody of the team did.
    ///
    /// - Throws: `ChannelError`: `unauthorized` without a valid and fresh signature, `malformed` for what cannot be read.
    public func events(in request: WebhookRequest) async throws -> [ChannelEvent] {
        try signature.check(request, now: clock.now())
        guard let event = try ZendeskEvent(request) else { return [] }
        // Tickets that carry a session's id are handoffs from other channels.
        guard event.ticket.externalID == nil, let source = event.ticket.source,
            configuration.answeredSources.contains(source)
        else { return [] }
        do {
            if let message = try await message(of: event) { return [.message(message)] }
        } catch let failure as VendorFailure {
            // Not the one who asks has to mend it, whatever it is.
            var error = failure.channelError(doing: "tell who wrote a message")
            error.code = .unavailable
            throw error
        }
        let thread = ThreadID(String(event.ticket.id))
        return event.activities(agent: configuration.agent).map { id, activity in
            .team(TeamEvent(activity, in: .thread(thread), providerID: id))
        }
    }

    // MARK: In

    private func message(of event: ZendeskEvent) async throws -> InboundMessage? {
        switch event.kind {
        case .commented(let comment):
            guard comment.isPublic, !comment.isStaff, comment.author != configuration.agent else { return nil }
            let user = try await api.user(comment.author)
            // An agent whom the event does not name as one is no customer either.
            if user?.isStaff == true { return nil }
            return try await message(
                comment.id, comment.text, comment.attachments, by: user, name: comment.authorName, in: event.ticket)
        case .created:
            // The event has no comment; its id is the one that a second event about it would have.
            guard let first = try await api.firstComment(of: event.ticket.id), first.isPublic,
                let author = first.author, author != configuration.agent, let user = try await api.user(author),
                !user.isStaff
            else { return nil }
            return try await message(first.id, first.body, [], by: user, name: nil, in: event.ticket)
        default: return nil
        }
    }

    private func message(
        _ comment: Int64, _ text: String, _ files: [InboundAttachment], by user: ZendeskUser?, name: String?,
        in ticket: ZendeskTicket
    ) async throws -> InboundMessage {
        var message = InboundMessage(
            channel: id, channelKind: kind, thread: ThreadID(String(ticket.id)), providerID: "comment-\(comment)",
            sender: ContactHandle(
                email: user?.email, name: (user?.name ?? name).map { PlainField.line($0) },
                isVerified: user?.email != nil && user?.isVerified == true),
            text: UnredactedText(text), subject: ticket.subject.map { UnredactedText(PlainField.line($0, limit: 300)) },
            attachments: files, helpdesk: helpdesk)
        message.holder = try await holder(of: ticket)
        return message
    }

    private func holder(of ticket: ZendeskTicket) async throws -> ConversationHolder {
        if configuration.isOurs(ticket) { return .ai }
        guard let assignee = ticket.assignee else { return .nobody }
        return .person(try await api.user(assignee)?.person ?? ZendeskUser.person(nil, assignee))
    }

    // MARK: Out

    /// Answers in the ticket, publicly. An answer of the AI's is refused when somebody else has the ticket, or takes it meanwhile.
    ///
    /// - Throws: `ChannelError`; `taken` when a person has the ticket.
    public func send(_ message: OutboundMessage) async throws -> DeliveryReceipt {
        guard let number = Int64(message.thread.rawValue) else {
            throw ChannelError(.rejected, "The conversation's name is no ticket number; it is not this channel's.")
        }
        do {
            return try await answer(message, in: number)
        } catch let failure as VendorFailure where failure.status == 409 {
            // Somebody changed the ticket between our reading and our writing.
            _ = try await readable(number, for: message)
            throw ChannelError(.unavailable, "The ticket was changed at the same time.", retryAfter: .seconds(1))
        } catch let failure as VendorFailure {
            throw failure.channelError(doing: "answer in a ticket")
        }
    }

    private func answer(_ message: OutboundMessage, in number: Int64) async throws -> DeliveryReceipt {
        let mark = ZendeskTag.answer(message.idempotencyKey)
        let ticket = try await readable(number, for: message) { message.isRetry && $0.tags.contains(mark) }
        if message.isRetry, ticket.tags.contains(mark) { return DeliveryReceipt() }
        let html = MarkdownRendering.conversation.html(of: Self.text(of: message))
        guard html.utf8.count <= TicketHandoff.commentLimit else {
            throw ChannelError(.tooLarge, "The answer is longer than a comment in Zendesk may be.")
        }
        var change: [String: JSONValue] = [
            "comment": ["html_body": .string(html), "public": true, "author_id": .integer(configuration.agent)],
            "tags": .array(ZendeskTag.merged(ticket.tags, with: [ZendeskTag.base, mark]).map { .string($0) }),
        ]
        if let stamp = ticket.updatedAt {
            change["safe_update"] = true
            change["updated_stamp"] = .string(stamp)
        }
        return DeliveryReceipt(providerID: try await api.update(number, change))
    }

    /// The ticket as it is now, if the message may go into it.
    private func readable(
        _ number: Int64, for message: OutboundMessage, unless isSent: (ZendeskTicket) -> Bool = { _ in false }
    ) async throws -> ZendeskTicket {
        let ticket: ZendeskTicket?
        do {
            ticket = try await api.ticket(number)
        } catch let failure as VendorFailure {
            throw failure.channelError(doing: "look at a ticket")
        }
        guard let ticket else { throw ChannelError(.rejected, "The ticket is not in Zendesk any more.") }
        if isSent(ticket) { return ticket }
        if ticket.isClosed {
            throw ChannelError(.rejected, "The ticket is closed in Zendesk, where nothing can be added to it.")
        }
        // The AI's last words before a handoff may come after the handoff, which unassigns the ticket.
        let isHandedOff = ticket.assignee == nil && ticket.tags.contains(ZendeskTag.handedOff)
        if message.message.author == .ai, !configuration.isOurs(ticket), !isHandedOff {
            throw ChannelError(.taken, "Somebody else has the ticket in Zendesk.")
        }
        return ticket
    }

    /// What to say, with links to the files that go with it.
    private static func text(of message: OutboundMessage) -> String {
        let links = message.files.compactMap { file in
            file.webAddress.map { "[\(MarkdownText.escaped(file.name.reveal()))](<\($0)>)" }
        }
        return ([message.text.reveal()] + links).joined(separator: "\n\n")
    }
}
