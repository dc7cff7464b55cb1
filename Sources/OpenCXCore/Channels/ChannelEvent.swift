/// What a provider tells a channel.
public enum ChannelEvent: Sendable {
    /// A customer wrote.
    case message(InboundMessage)
    /// A customer wants no more messages on this channel, or wants them again. The words they said it with are kept, and nobody
    /// answers them.
    case consent(InboundMessage, isGiven: Bool)
    /// What became of a message that the provider had taken.
    case delivery(DeliveryReport)
    /// A customer cannot be reached on this channel any more at the address that is known.
    case unreachable(UnreachableReport)
    /// What somebody of the team did where the channel's conversations live.
    case team(TeamEvent)
}

/// A customer cannot be reached any more: a message came back for good, or its reader complained.
public struct UnreachableReport: Sendable, Hashable {
    /// The session in which the message was sent.
    public var session: SessionID
    /// Why.
    public var reason: UnreachableChannel.Reason
    /// The provider's id of the report, or of the message: told again it changes nothing.
    public var id: String

    /// Makes a report.
    public init(session: SessionID, reason: UnreachableChannel.Reason, id: String) {
        self.session = session
        self.reason = reason
        self.id = id
    }
}

/// What became of a message after the provider took it.
public struct DeliveryReport: Sendable, Hashable {
    /// The delivery: ``OutboundMessage/idempotencyKey``.
    public var delivery: OutboxID
    /// How far the message has come.
    public var progress: DeliveryProgress
    /// The part of it that this is about, where it went out in several; `nil` for the whole.
    public var part: DeliveryPart?

    /// Makes a report.
    public init(delivery: OutboxID, progress: DeliveryProgress, part: DeliveryPart? = nil) {
        self.delivery = delivery
        self.progress = progress
        self.part = part
    }
}

/// One of several parts that a message goes out in, as a long text message does. Providers tell of each by itself; the message has come
/// as far as the part that is furthest behind, and has failed when one of them has (``OutboxEntry/parts``).
public struct DeliveryPart: Sendable, Hashable {
    /// From 1.
    public var number: Int
    /// How many there are.
    public var count: Int

    /// Makes a part; `nil` for a number that none of so many parts has.
    public init?(_ number: Int, of count: Int) {
        guard number >= 1, number <= count else { return nil }
        self.number = number
        self.count = count
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
