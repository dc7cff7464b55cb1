/// What a customer says about messages on a channel: that they want none, or want them again.
public struct ChannelConsent: Sendable, Hashable {
    /// The channel.
    public var channel: ChannelID
    /// Whether messages are wanted.
    public var isGiven: Bool

    /// Makes a consent, or its withdrawal.
    public init(channel: ChannelID, isGiven: Bool) {
        self.channel = channel
        self.isGiven = isGiven
    }

    func apply(to contact: inout Contact) {
        var silenced = Set(contact.silencedChannels ?? [])
        if isGiven { silenced.remove(channel) } else { silenced.insert(channel) }
        contact.silencedChannels = silenced.isEmpty ? nil : silenced.sorted()
    }
}

extension Contact {
    /// Whether messages may go to the customer on a channel. What they said binds people of the team as well as the AI.
    public func wantsMessages(on channel: ChannelID) -> Bool {
        !(silencedChannels ?? []).contains(channel)
    }
}
