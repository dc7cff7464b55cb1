public import OpenCXCore

/// The chat widget's channel: visitors write through ``WidgetAPI`` and read what the store holds.
///
/// Each session is a thread of its own: the widget names the session it writes in, and begins another when its customer wants one.
public final class WidgetChannel: StreamingChannel {
    /// Names the channel.
    public let id: ChannelID
    /// ``/OpenCXCore/ChannelKind/web``.
    public var kind: ChannelKind { .web }

    let replies = GrowingReplies()

    /// Makes a channel with this name.
    public init(id: ChannelID = "widget") {
        self.id = id
    }

    /// Refuses everything: requests are ``WidgetAPI``'s, which knows who makes them.
    public func receive(_ request: WebhookRequest) async throws -> [InboundMessage] {
        throw ChannelError(.notFound, "The widget posts to /backend/widget; mount WidgetAPI there.")
    }

    /// Does nothing: the widget fetches what the store holds.
    public func send(_ message: OutboundMessage) async throws -> DeliveryReceipt {
        DeliveryReceipt()
    }

    /// Keeps what is shown of a reply, for whoever reads its conversation.
    public func show(_ piece: ReplyPiece) {
        replies.show(piece)
    }
}
