/// Where a conversation stood when a turn was taken up: what a replay needs and the history does not say.
public struct TurnStart: Sendable, Hashable {
    /// The last entry of the history that the turn knew of.
    public var lastSequence: Int
    /// Up to where the customer's messages had been dealt with.
    public var settledSequence: Int
    /// How often in a row the AI had asked back.
    public var clarifications: Int
    /// What the customer had been asked to agree to.
    public var pendingAction: PendingAction?
    /// How often the turn had been taken up before without coming to an end.
    public var failedAttempts: Int
    /// Whether the customer was verified.
    public var isVerified: Bool
    /// Whether somebody else had written, too.
    public var hasOtherSenders: Bool
    /// What the fences in the turn's prompts were made from; there only when a language model was asked.
    public var seed: String?

    /// Makes a start from its parts.
    public init(
        lastSequence: Int, settledSequence: Int, clarifications: Int = 0, pendingAction: PendingAction? = nil,
        failedAttempts: Int = 0, isVerified: Bool = false, hasOtherSenders: Bool = false, seed: String? = nil
    ) {
        self.lastSequence = lastSequence
        self.settledSequence = settledSequence
        self.clarifications = clarifications
        self.pendingAction = pendingAction
        self.failedAttempts = failedAttempts
        self.isVerified = isVerified
        self.hasOtherSenders = hasOtherSenders
        self.seed = seed
    }
}

extension TurnStart: Codable {
    /// Short names, and nothing where there is nothing to say: every turn has one of these.
    private enum CodingKeys: String, CodingKey {
        case lastSequence = "last"
        case settledSequence = "settled"
        case clarifications, pendingAction
        case failedAttempts = "failed"
        case isVerified = "verified"
        case hasOtherSenders = "others"
        case seed
    }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        lastSequence = try container.decode(Int.self, forKey: .lastSequence)
        settledSequence = try container.decodeIfPresent(Int.self, forKey: .settledSequence) ?? 0
        clarifications = try container.decodeIfPresent(Int.self, forKey: .clarifications) ?? 0
        pendingAction = try container.decodeIfPresent(PendingAction.self, forKey: .pendingAction)
        failedAttempts = try container.decodeIfPresent(Int.self, forKey: .failedAttempts) ?? 0
        isVerified = try container.decodeIfPresent(Bool.self, forKey: .isVerified) ?? false
        hasOtherSenders = try container.decodeIfPresent(Bool.self, forKey: .hasOtherSenders) ?? false
        seed = try container.decodeIfPresent(String.self, forKey: .seed)
    }

    /// Writes what is not as usual.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(lastSequence, forKey: .lastSequence)
        if settledSequence != 0 { try container.encode(settledSequence, forKey: .settledSequence) }
        if clarifications != 0 { try container.encode(clarifications, forKey: .clarifications) }
        try container.encodeIfPresent(pendingAction, forKey: .pendingAction)
        if failedAttempts != 0 { try container.encode(failedAttempts, forKey: .failedAttempts) }
        if isVerified { try container.encode(isVerified, forKey: .isVerified) }
        if hasOtherSenders { try container.encode(hasOtherSenders, forKey: .hasOtherSenders) }
        try container.encodeIfPresent(seed, forKey: .seed)
    }
}

extension TraceStep {
    var asksModel: Bool { if case .asked = event { true } else { false } }
}

extension TurnStart {
    init(_ claim: TurnClaim, seed: String?) {
        self.init(
            lastSequence: claim.history.last?.sequence ?? 0, settledSequence: claim.session.settledSequence,
            clarifications: claim.session.clarifications, pendingAction: claim.session.pendingAction,
            failedAttempts: claim.failedAttempts, isVerified: claim.contact.isVerified,
            hasOtherSenders: claim.session.hasOtherSenders, seed: seed)
    }
}
