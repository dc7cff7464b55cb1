/// What a provider tells a channel.
public enum ChannelEvent: Sendable {
    /// A customer wrote.
    case message(InboundMessage)
    /// A customer wants no more messages on this channel, or wants them again. The words they said it with are kept, and nobody
    /// answers them.
    case consent(InboundMessage, isGiven: Bool)
    /// What became of a message that the provider had taken.
    case delivery(DeliveryReport)
    /// What somebody of the team did where the channel's conversations live.
    case team(TeamEvent)
}

/// What became of a message after the provider took it.
public struct DeliveryReport: Sendable, Hashable {
    /// The delivery: ``OutboundMessage/idempotencyKey``.
    public var delivery: OutboxID
    /// How far the message has come.
    public var progress: DeliveryProgress

    /// Makes a report.
    public init(delivery: OutboxID, progress: DeliveryProgress) {
        self.delivery = delivery
        self.progress = progress
    }
}

/// How far a message has come.
public enum DeliveryProgress: Sendable, Hashable {
    /// The provider has passed it on.
    case sent
    /// It has arrived.
    case delivered
    /// Somebody has opened it.
    case read
    /// It will not arrive. `isPassing` tells whether sending it again makes sense; the reason holds neither text nor address.
    case failed(reason: String, isPassing: Bool)

    /// The stage it has come to.
    public var stage: DeliveryStage {
        switch self {
        case .sent: .sent
        case .delivered: .delivered
        case .read: .read
        case .failed: .failed
        }
    }
}

/// A stage of a message on its way. Reports arrive in any order; a later stage is never left for an earlier one.
public enum DeliveryStage: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// The provider has passed it on.
    case sent
    /// It will not arrive, as far as is known.
    case failed
    /// It has arrived.
    case delivered
    /// Somebody has opened it.
    case read

    /// Orders by how far it is.
    public static func < (a: DeliveryStage, b: DeliveryStage) -> Bool { a.rank < b.rank }

    private var rank: Int {
        switch self {
        case .sent: 0
        case .failed: 1
        case .delivered: 2
        case .read: 3
        }
    }
}
