import OpenCXCore

/// A channel of one's own: one customer in this process, whose answers are printed.
struct Desk: Channel {
    let id: ChannelID = "desk"
    let kind: ChannelKind = .api

    /// What the customer says, as the agent takes it in.
    func message(_ text: String) -> InboundMessage {
        InboundMessage(
            channel: id, channelKind: kind, thread: "conversation-1", providerID: nil,
            sender: ContactHandle(customID: "customer-1", isVerified: true), text: UnredactedText(text))
    }

    /// A channel with webhooks verifies and parses them here.
    func receive(_ request: WebhookRequest) async throws -> [InboundMessage] {
        throw ChannelError(.notFound, "The desk takes no webhooks.")
    }

    /// What the agent says, handed to the customer.
    func send(_ message: OutboundMessage) async throws -> DeliveryReceipt {
        print("agent> \(message.text.reveal())")
        for citation in message.message.citations { print("  source: \(citation.title.text)") }
        return DeliveryReceipt()
    }
}
