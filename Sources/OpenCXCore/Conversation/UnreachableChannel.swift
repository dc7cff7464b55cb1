/// A channel on which a customer cannot be reached at the address that is known: mail to it came back for good, or its reader complained.
///
/// No more is sent there, by the AI or by people of the team, until the customer writes on that channel again.
public struct UnreachableChannel: Sendable, Hashable, Codable {
    /// The channel.
    public var channel: ChannelID
    /// Why.
    public var reason: Reason
    /// Since when.
    public var since: Timestamp

    /// Why a customer cannot be reached.
    public enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
        /// What was sent came back for good: there is no such address any more.
        case bounced
        /// The customer's provider passed on a complaint about our messages.
        case complained
    }

    /// Makes a mark from its parts.
    public init(channel: ChannelID, reason: Reason, since time: Timestamp) {
        self.channel = channel
        self.reason = reason
        since = time
    }
}

extension UnreachableChannel.Reason {
    /// What histories and dead letters say; names nobody.
    var explanation: String {
        switch self {
        case .bounced:
            "Messages to the customer's address come back for good, so none are sent until the customer writes again."
        case .complained:
            "The customer's provider passed on a complaint about our messages, so none are sent until the customer writes again."
        }
    }
}

extension Contact {
    /// Why the customer cannot be reached on a channel; `nil` where they can.
    public func unreachable(on channel: ChannelID) -> UnreachableChannel.Reason? {
        unreachableChannels?.first { $0.channel == channel }?.reason
    }

    /// The customer cannot be reached on a channel. What is known of it already stays.
    mutating func mark(_ mark: UnreachableChannel) {
        guard unreachable(on: mark.channel) == nil else { return }
        unreachableChannels = ((unreachableChannels ?? []) + [mark]).sorted { $0.channel < $1.channel }
    }

    /// The customer has written on a channel.
    mutating func clearMark(on channel: ChannelID) {
        guard var marks = unreachableChannels else { return }
        marks.removeAll { $0.channel == channel }
        unreachableChannels = marks.isEmpty ? nil : marks
    }
}
