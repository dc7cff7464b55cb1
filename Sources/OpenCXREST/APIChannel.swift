public import OpenCXCore

/// The channel of programs: they open sessions and write into them over the REST API, and read what comes of it from the answer,
/// the history, or a webhook.
public struct APIChannel: Channel {
    /// Names the channel.
    public let id: ChannelID

    /// ``/OpenCXCore/ChannelKind/api``.
    public var kind: ChannelKind { .api }

    /// Makes a channel with this name.
    public init(id: ChannelID = "api") {
        self.id = id
    }

    /// Takes nothing in: programs write through the API's own operations, which know who they are.
    ///
    /// - Throws: ``/OpenCXCore/ChannelError``, always.
    public func receive(_ request: WebhookRequest) async throws -> [InboundMessage] {
        throw ChannelError(.notFound, "Programs write with POST /chat/sessions/{id}/send.")
    }

    /// Does nothing: programs fetch what the store holds, or are told by a webhook.
    public func send(_ message: OutboundMessage) async throws -> DeliveryReceipt {
        DeliveryReceipt()
    }
}
