public import OpenCXCore

/// A channel whose customers are test code: records what it is given to send, and fails when told to.
public final class RecordingChannel: StreamingChannel {
    /// Names the channel.
    public let id: ChannelID
    /// What kind of channel it plays.
    public let kind: ChannelKind

    private struct State {
        var sent: [OutboundMessage] = []
        var shown: [ReplyPiece] = []
        var failures: [ChannelError] = []
        var tries = 0
    }

    private let state = Locked(State())

    /// Makes a channel that has sent nothing.
    public init(id: ChannelID = "test", kind: ChannelKind = .web) {
        self.id = id
        self.kind = kind
    }

    /// What was sent, in order; a repeated delivery with a known idempotency key is not sent again.
    public var sent: [OutboundMessage] { state.withLock(\.sent) }

    /// What was shown of replies while they grew, in order.
    public var shown: [ReplyPiece] { state.withLock(\.shown) }

    /// How often sending was tried.
    public var tries: Int { state.withLock(\.tries) }

    /// Lets the next tries fail with these errors, one each.
    public func fail(with errors: [ChannelError]) {
        state.withLock { $0.failures += errors }
    }

    /// A message as this channel would deliver it.
    public func message(
        _ text: String, thread: ThreadID = "thread-1", providerID: String?, from sender: ContactHandle? = nil,
        language: LanguageTag? = nil
    ) -> InboundMessage {
        InboundMessage(
            channel: id, channelKind: kind, thread: thread, providerID: providerID,
            sender: sender ?? ContactHandle(customID: "device-\(thread)", isVerified: false),
            text: UnredactedText(text), language: language)
    }

    /// Parses nothing: test code hands messages to the agent itself.
    public func receive(_ request: WebhookRequest) async throws -> [InboundMessage] {
        throw ChannelError(.malformed, "A recording channel takes no webhooks.")
    }

    /// Records the piece.
    public func show(_ piece: ReplyPiece) {
        state.withLock { $0.shown.append(piece) }
    }

    /// Records the message, or fails as told.
    public func send(_ message: OutboundMessage) async throws -> DeliveryReceipt {
        let failure = state.withLock { state -> ChannelError? in
            state.tries += 1
            if !state.failures.isEmpty { return state.failures.removeFirst() }
            if !state.sent.contains(where: { $0.idempotencyKey == message.idempotencyKey }) {
                state.sent.append(message)
            }
            return nil
        }
        if let failure { throw failure }
        return DeliveryReceipt(providerID: "sent-\(message.idempotencyKey)")
    }
}
