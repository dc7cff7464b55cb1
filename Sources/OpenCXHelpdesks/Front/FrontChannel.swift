internal import HelpdeskSupport
public import OpenCXCore

/// Conversations in Front, answered where they are: the AI is a teammate that conversations are assigned to.
///
/// Mount ``/OpenCXCore/Agent/handle(_:on:)`` at the address that Front is told to call, by an application's webhook or by rules.
/// A conversation of Front's is a thread; sessions live in the ``FrontHelpdesk`` of the same account, which hands them over and
/// ends them.
///
/// The AI answers only where the conversation is assigned to its teammate, or to nobody and
/// ``FrontConfiguration/handlesUnassigned`` is on. Attachments stay at Front: a session keeps their names, types and
/// addresses, and whoever fetches the bytes does it with the token.
public struct FrontChannel: Channel {
    /// Names the channel.
    public let id: ChannelID

    /// ``/OpenCXCore/ChannelKind/email``, which most of Front is; each message comes with the kind of its own.
    public var kind: ChannelKind { .email }

    /// The helpdesk that the conversations live in.
    let helpdesk: HelpdeskID
    let account: FrontAccount

    /// Makes a channel.
    ///
    /// - Parameters:
    ///   - id: names the channel; stays the same from run to run.
    ///   - helpdesk: the ``FrontHelpdesk`` of the same account.
    ///   - account: the account.
    public init(id: ChannelID = "front", helpdesk: HelpdeskID = "front", _ account: FrontAccount) {
        self.id = id
        self.helpdesk = helpdesk
        self.account = account
    }

    /// The customer's messages of a request; see ``events(in:)``.
    public func receive(_ request: WebhookRequest) async throws -> [InboundMessage] {
        try await events(in: request).compactMap { if case .message(let message) = $0 { message } else { nil } }
    }

    /// Verifies and reads what Front posts: a customer's message, what the team did, or that a message did not arrive. What
    /// matters is read from Front, for a webhook may tell less.
    ///
    /// - Throws: `ChannelError`: `unauthorized` without a valid and fresh signature, `malformed` for what is no event, `unavailable`
    ///   when Front cannot be asked now.
    public func events(in request: WebhookRequest) async throws -> [ChannelEvent] {
        let event = try account.event(in: request)
        return try await FrontAccount.reading { try await events(of: event) }
    }

    /// The challenge, when Front wants it; else an empty 200.
    public func acknowledgement(of request: WebhookRequest, accepted: [AcceptedMessage]) -> WebhookResponse {
        account.acknowledgement(of: request)
    }

    /// Answers in the conversation, as the AI's teammate, and leaves it open. What the AI says is not sent when the conversation is
    /// somebody else's by now.
    ///
    /// Front knows no idempotency keys. A second try looks whether the first one's message is there.
    ///
    /// - Throws: `ChannelError`; `taken` when a person has the conversation.
    public func send(_ message: OutboundMessage) async throws -> DeliveryReceipt {
        var conversation = message.thread.rawValue
        guard FrontID.isValid(conversation) else {
            throw ChannelError(.rejected, "The conversation's name is none of Front's; it is not this channel's.")
        }
        let text = message.textWithAddresses
        let found: FrontConversation
        do {
            if message.isRetry, let uid = try await earlier(message, text, in: &conversation) {
                return DeliveryReceipt(providerID: uid)
            }
            // Right before the message goes out: somebody may take the conversation at any time.
            found = try await account.api.conversation(&conversation)
        } catch let failure as VendorFailure {
            throw failure.channelError(doing: "read the conversation")
        }
        if message.message.author == .ai, case .person = account.holder(of: found) {
            throw ChannelError(.taken, "A person has the conversation in Front, so the AI's message was withdrawn.")
        }
        let body = FrontBody(text, to: found.recipient?.handle)
        guard !body.body.isEmpty else { throw ChannelError(.rejected, "There is nothing in the message to send.") }
        do {
            let uid = try await account.api.reply(in: &conversation, reply(body))
            account.sent.keep(uid, as: message.idempotencyKey)
            return DeliveryReceipt(providerID: uid)
        } catch let failure as VendorFailure {
            throw failure.channelError(doing: "send the message")
        }
    }

    private func reply(_ body: FrontBody) -> JSONValue {
        var fields: [String: JSONValue] = [
            "body": .string(body.body), "author_id": .string(account.configuration.teammate),
            // Front archives what is answered unless it is told not to.
            "options": ["archive": false], "should_add_default_signature": false,
        ]
        if let text = body.text { fields["text"] = .string(text) }
        return .object(fields)
    }

    /// What an earlier try has got through. A message that Front could not send does not count.
    private func earlier(
        _ message: OutboundMessage, _ text: String, in conversation: inout String
    ) async throws -> String? {
        let words = SaidWords(text)
        // Front's clock may differ a little from ours.
        let since = message.message.at - .seconds(60)
        return try await account.api.messages(in: &conversation).first { sent in
            guard !sent.isInbound, !sent.isDraft, sent.errorType == nil, sent.createdAt >= since,
                account.isAI(sent.author), words.areSaid(in: sent)
            else { return false }
            // The same was said a moment ago, in another message of ours.
            let known = sent.uid.flatMap { account.sent.delivery(of: $0) }
            return known == nil || known == message.idempotencyKey
        }.map { $0.uid ?? $0.id }
    }
}
