/// How an agent behaves: every rule that a team sets, and nothing that is wiring.
public struct AgentSettings: Sendable, Hashable {
    /// Who answers what.
    public var autopilot: Autopilot
    /// Where the AI drafts answers for people.
    public var assist: AssistPolicy
    /// When the AI stops.
    public var handoff: HandoffPolicy
    /// What the team taught by hand.
    public var scenarios: [TrainingScenario]
    /// How well a scenario-specific scenario must match to be looked at, in `0...1`.
    public var scenarioThreshold: Double
    /// What the agent says of its own accord.
    public var phrasebook: Phrasebook
    /// What it says about handoffs and the like on some channels, in place of that: a text message is shorter than a mail.
    public var channelPhrasebooks: [ChannelID: Phrasebook] = [:]
    /// How long a turn waits for more messages of the same customer, by kind of channel; none where not named. A customer who
    /// goes on writing is waited for four times as long at most.
    public var collectingDelay: [ChannelKind: Duration]
    /// The longest message that is taken, in UTF-8 bytes.
    public var maximumMessageBytes: Int
    /// Within which time equal text without a provider's id counts as the same message (OpenCX, Front: 24 hours).
    public var contentDedupeWindow: Duration
    /// How long the customer's yes to a proposed action counts.
    public var confirmationWindow: Duration
    /// How many passages are looked at.
    public var passageLimit: Int
    /// For how long a turn or a delivery is reserved for the worker that took it up: so long waits what a killed process was working
    /// on. One that was stopped in order leaves nothing waiting.
    public var lease: Duration
    /// How deliveries and turns are tried again.
    public var retries: RetryPolicies
    /// How sessions end by themselves, and when they are opened again.
    public var lifecycle: SessionLifecycle
    /// Where customers are asked what they think of a session that has ended.
    public var satisfaction: SatisfactionPolicy
    /// For how long things are kept.
    public var retention: RetentionPolicy
    /// The kinds of channels where each message gets a reply of its own. Elsewhere all that a customer has written since the last
    /// reply gets one together (OpenCX, e-mail: several quick mails get several replies).
    public var repliesToEach: Set<ChannelKind>
    /// The channels that show a reply while it grows, sentence by sentence; none by default. A channel that is no
    /// ``StreamingChannel``, and an answerer that does not write bit by bit, show it as a whole.
    public var streamedChannels: Set<ChannelID>
    /// How often a running agent looks for work that another process on the same store has left.
    public var pollInterval: Duration
    /// How many turns run at once. Most of their time is a language model's, which takes seconds: 16 at once would be 4 answers
    /// a second.
    public var parallelTurns: Int
    /// How many deliveries run at once to one channel, helpdesk or endpoint. Each has its own, so that one that hangs holds up
    /// no other.
    public var parallelDeliveries: Int
    /// How many messages are taken in at once. Further ones are refused with ``IntakeError/Code/busy``, and their provider
    /// delivers them again.
    public var parallelIntakes: Int

    /// Makes settings.
    public init(
        autopilot: Autopilot = Autopilot(), assist: AssistPolicy = AssistPolicy(),
        handoff: HandoffPolicy = HandoffPolicy(),
        scenarios: [TrainingScenario] = [], scenarioThreshold: Double = 0.5, phrasebook: Phrasebook = Phrasebook(),
        collectingDelay: [ChannelKind: Duration] = [:], maximumMessageBytes: Int = 100_000,
        contentDedupeWindow: Duration = .seconds(24 * 3600), confirmationWindow: Duration = .seconds(3600),
        passageLimit: Int = 8, lease: Duration = .seconds(120),
        retries: RetryPolicies = RetryPolicies(), lifecycle: SessionLifecycle = SessionLifecycle(),
        satisfaction: SatisfactionPolicy = SatisfactionPolicy(), retention: RetentionPolicy = RetentionPolicy(),
        repliesToEach: Set<ChannelKind> = [.email], streamedChannels: Set<ChannelID> = [],
        pollInterval: Duration = .seconds(1), parallelTurns: Int = 64,
        parallelDeliveries: Int = 16, parallelIntakes: Int = 1024
    ) {
        self.autopilot = autopilot
        self.assist = assist
        self.handoff = handoff
        self.scenarios = scenarios
        self.scenarioThreshold = scenarioThreshold
        self.phrasebook = phrasebook
        self.collectingDelay = collectingDelay
        self.maximumMessageBytes = maximumMessageBytes
        self.contentDedupeWindow = contentDedupeWindow
        self.confirmationWindow = confirmationWindow
        self.passageLimit = passageLimit
        self.lease = lease
        self.retries = retries
        self.lifecycle = lifecycle
        self.satisfaction = satisfaction
        self.retention = retention
        self.repliesToEach = repliesToEach
        self.streamedChannels = streamedChannels
        self.pollInterval = pollInterval
        self.parallelTurns = parallelTurns
        self.parallelDeliveries = parallelDeliveries
        self.parallelIntakes = parallelIntakes
    }
}

extension AgentSettings {
    /// What the agent says of its own accord on a channel.
    public func phrasebook(on channel: ChannelID) -> Phrasebook { channelPhrasebooks[channel] ?? phrasebook }
}
