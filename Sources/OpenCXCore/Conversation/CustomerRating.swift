/// What a customer thinks of a session that has ended (OpenCX, CSAT: 1 to 5, and a word on it).
///
/// A customer who rates again has thought again: the newer rating counts, and the history tells both.
public struct CustomerRating: Sendable, Hashable, Codable {
    /// From 1, terrible, to 5, excellent.
    public var score: Int
    /// What the customer wrote with it.
    public var comment: RedactedText?
    /// When.
    public var at: Timestamp
    /// The id under which the channel's page shows it, where it does so before it is stored.
    public var id: MessageID?

    /// The scores there are.
    public static let scores = 1...5

    /// Makes a rating. One of another score is refused when it is to be stored.
    public init(score: Int, comment: RedactedText? = nil, at time: Timestamp, id: MessageID? = nil) {
        self.id = id
        self.score = score
        self.comment = comment
        at = time
    }

    /// Whether another rating says the same, whenever it was given.
    func says(_ other: CustomerRating) -> Bool { score == other.score && comment == other.comment }
}

/// On which channels customers are asked what they think of a session, once it has ended.
public struct SatisfactionPolicy: Sendable, Hashable {
    /// How long after the end of a session its customer is asked, by channel. On channels that are not named, nobody is.
    public var delays: [ChannelID: Duration]
    /// Whether customers are asked as well whose session ended unresolved.
    public var asksUnresolved: Bool
    /// The channels where the question is a message of its own (``Wording/survey``), and a message that is nothing but a rating
    /// answers it: text messages and mail, which have no page to rate on. Customers there are asked once, and not where only
    /// silence has ended their session.
    public var messageChannels: Set<ChannelID> = []
    /// For how long after such a question a message counts as its answer.
    public var answerWindow: Duration = .seconds(72 * 3600)

    /// Makes a policy; by default nobody is asked.
    public init(delays: [ChannelID: Duration] = [:], asksUnresolved: Bool = false) {
        self.delays = delays
        self.asksUnresolved = asksUnresolved
    }

    /// When the customer of a session is asked that ends in this way at this time; `nil` for never.
    func asking(on channel: ChannelID, afterEnding status: SessionStatus, at time: Timestamp) -> Timestamp? {
        guard status == .closedResolved || (status == .closedUnresolved && asksUnresolved) else { return nil }
        return delays[channel].map { time + $0 }
    }
}
