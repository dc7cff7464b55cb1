public import OpenCXCore

/// Conversations in HubSpot's inbox and help desk that the AI answers in place: chat, mail and whatever else is
/// connected there.
///
/// The AI answers conversations that are assigned to its user, and unassigned ones where the configuration says so.
/// Those of others are left alone. Answer the app's webhooks with ``HubSpotAccount/answer(_:by:channel:helpdesk:)``,
/// for an app has one address for all of its events.
public struct HubSpotChannel: Channel {
    /// Names the channel.
    public let id: ChannelID
    /// What kind of channel it is, where HubSpot's own number of a conversation's channel does not say it.
    public let kind: ChannelKind

    private let account: HubSpotAccount
    private let helpdesk: HelpdeskID

    /// Makes a channel.
    ///
    /// - Parameters:
    ///   - id: names the channel; stays the same from run to run.
    ///   - kind: what kind of channel it counts as where HubSpot does not say it.
    ///   - helpdesk: the ``HubSpotHelpdesk`` of the same account: handoffs go there.
    ///   - account: the account.
    public init(
        id: ChannelID = "hubspot", kind: ChannelKind = .web, helpdesk: HelpdeskID = "hubspot",
        of account: HubSpotAccount
    ) {
        self.id = id
        self.kind = kind
        self.helpdesk = helpdesk
        self.account = account
    }

    /// The customer's messages of a request; see ``events(in:)``.
    public func receive(_ request: WebhookRequest) async throws -> [InboundMessage] {
        try await events(in: request).compactMap { if case .message(let message) = $0 { message } else { nil } }
    }

    /// Verifies a webhook and tells what happened in conversations. HubSpot's events hold no texts, so each
    /// conversation is read.
    ///
    /// - Throws: `ChannelError`: `unauthorized` without a valid signature of the last five minutes, `malformed` for
    ///   what is no list of events, `unavailable` when a conversation cannot be read now, so that HubSpot tells it
    ///   again.
    public func events(in request: WebhookRequest) async throws -> [ChannelEvent] {
        var order: [String] = []
        var events: [String: [HubSpotEvent]] = [:]
        for event in try account.events(in: request) where event.subject == .conversation {
            if events[event.objectID] == nil { order.append(event.objectID) }
            events[event.objectID, default: []].append(event)
        }
        let reading = HubSpotThreadReading(account: account, channel: id, kind: kind, helpdesk: helpdesk)
        do {
            let work = order.map { ($0, events[$0] ?? []) }
            return try await HubSpotAPI.each(work) { try await reading.events(of: $0.0, $0.1) }.flatMap { $0 }
        } catch let failure as HubSpotFailure {
            // Not the one who asks has to mend it, whatever it is.
            throw ChannelError(.unavailable, failure.message, retryAfter: failure.retryAfter)
        }
    }

    /// Answers in the conversation, as the AI's user, to where the customer's last message came from.
    ///
    /// Who has the conversation is read right before; what the AI says to one that a person has meanwhile is
    /// withdrawn. A second try looks for what an earlier one got through.
    ///
    /// - Throws: `ChannelError`: `taken` when somebody else has the conversation.
    public func send(_ message: OutboundMessage) async throws -> DeliveryReceipt {
        guard case .thread(let thread)? = HubSpotReference(message.thread.rawValue) else {
            throw ChannelError(.rejected, "The conversation's name is none of HubSpot's; it is not this channel's.")
        }
        do {
            return DeliveryReceipt(
                providerID: try await HubSpotReply(account: account, thread: thread).send(message))
        } catch let failure as HubSpotFailure {
            throw failure.channelError
        }
    }
}
