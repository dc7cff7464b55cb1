/// Where a ``HubSpotHelpdesk``'s tickets go, and what they carry.
public struct HubSpotTicketSettings: Sendable {
    /// The pipeline of new tickets, by its id. `0` is the one that every account begins with.
    public var pipeline: String
    /// The stage of new tickets, and of those that are handed off again after they were closed. `1` is "New".
    public var stage: String
    /// The stages in which a ticket counts as closed. `4` is "Closed".
    public var closedStages: Set<String>
    /// The stage that a ticket gets when its session has ended and nobody has taken it; `nil` leaves it where it is.
    public var closingStage: String?
    /// The owner that a handoff gives a ticket: an owner's id. `nil` gives it none, so that HubSpot's own rules find
    /// one.
    public var ownerID: String?
    /// The names of properties that are filled. HubSpot refuses properties that it does not know, so each has to be
    /// made there first.
    public var properties: HubSpotProperties

    /// Makes settings; without arguments, those of an account as it comes.
    public init(
        pipeline: String = "0", stage: String = "1", closedStages: Set<String> = ["4"], closingStage: String? = "4",
        ownerID: String? = nil, properties: HubSpotProperties = HubSpotProperties()
    ) {
        self.pipeline = pipeline
        self.stage = stage
        self.closedStages = closedStages
        self.closingStage = closingStage
        self.ownerID = ownerID
        self.properties = properties
    }
}

/// The ticket properties of the account that a handoff fills, by their internal names. All of them are single-line
/// texts.
public struct HubSpotProperties: Sendable {
    /// Names the handoff. Made in HubSpot as a property whose values are unique, it makes a second ticket for the same
    /// handoff impossible; without it, ``HubSpotHelpdesk`` looks for the ticket of an earlier try.
    public var handoffKey: String?
    /// Our session's id.
    public var session: String?
    /// Our ticket's number.
    public var ticketNumber: String?
    /// The session's tags, with semicolons between them. HubSpot has no tags of its own.
    public var tags: String?
    /// How the customer sounds: `angry`, `neutral`, `happy`.
    public var sentiment: String?
    /// Why the AI stopped, with semicolons between the reasons.
    public var reasons: String?
    /// The kind of channel that the customer is on.
    public var channel: String?

    /// Names properties; those left out are not filled.
    public init(
        handoffKey: String? = nil, session: String? = nil, ticketNumber: String? = nil, tags: String? = nil,
        sentiment: String? = nil, reasons: String? = nil, channel: String? = nil
    ) {
        self.handoffKey = handoffKey
        self.session = session
        self.ticketNumber = ticketNumber
        self.tags = tags
        self.sentiment = sentiment
        self.reasons = reasons
        self.channel = channel
    }

    /// All that are named.
    var named: [String] {
        [handoffKey, session, ticketNumber, tags, sentiment, reasons, channel].compactMap { $0 }
    }
}
