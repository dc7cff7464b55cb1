/// How an agent behaves: every rule that a team sets, and nothing that is wiring.
public struct AgentSettings: Sendable, Hashable {
    /// Who answers what.
    public var autopilot: Autopilot
    /// When the AI stops.
    public var handoff: HandoffPolicy
    /// What the team taught by hand.
    public var scenarios: [TrainingScenario]
    /// How well a scenario-specific scenario must match to be looked at, in `0...1`.
    public var scenarioThreshold: Double
    /// What the agent says of its own accord.
    public var phrasebook: Phrasebook
    /// How long a turn waits for more messages of the same customer, by kind of channel; none where not named.
    public var collectingDelay: [ChannelKind: Duration]
    /// The longest message that is taken, in UTF-8 bytes.
    public var maximumMessageBytes: Int
    /// Within which time equal text without a provider's id counts as the same message (OpenCX, Front: 24 hours).
    public var contentDedupeWindow: Duration
    /// How long the customer's yes to a proposed action counts.
    public var confirmationWindow: Duration
    /// How many passages are looked at.
    public var passageLimit: Int
    /// For how long a turn or a delivery is reserved for the worker that took it up.
    public var lease: Duration
    /// How deliveries are tried again.
    public var retry: RetryPolicy
    /// How often a running agent looks for work that another process on the same store has left.
    public var pollInterval: Duration
    /// How many turns run at once.
    public var parallelTurns: Int

    /// Makes settings.
    public init(
        autopilot: Autopilot = Autopilot(), handoff: HandoffPolicy = HandoffPolicy(),
        scenarios: [TrainingScenario] = [], scenarioThreshold: Double = 0.5, phrasebook: Phrasebook = Phrasebook(),
        collectingDelay: [ChannelKind: Duration] = [:], maximumMessageBytes: Int = 100_000,
        contentDedupeWindow: Duration = .seconds(24 * 3600), confirmationWindow: Duration = .seconds(3600),
        passageLimit: Int = 8, lease: Duration = .seconds(120),
        retry: RetryPolicy = RetryPolicy(), pollInterval: Duration = .seconds(1), parallelTurns: Int = 16
    ) {
        self.autopilot = autopilot
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
        self.retry = retry
        self.pollInterval = pollInterval
        self.parallelTurns = parallelTurns
    }
}

/// How deliveries are tried again: exponential backoff with full jitter, up to a limit.
public struct RetryPolicy: Sendable, Hashable {
    /// The longest wait before the second try; it doubles from there.
    public var firstDelay: Duration
    /// The longest wait before any try.
    public var longestDelay: Duration
    /// How often a delivery is tried before it is given up.
    ///
    /// With the default delays some 300 tries take about a day: outages of a provider last hours more often than minutes.
    public var attemptLimit: Int

    /// Makes a policy.
    public init(
        firstDelay: Duration = .seconds(1), longestDelay: Duration = .seconds(600), attemptLimit: Int = 300
    ) {
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
        self.attemptLimit = attemptLimit
    }

    /// How long to wait after the `attempt`th try failed; `jitter` is in `0..<1`. What the other side asked for counts, if it
    /// is longer.
    public func delay(after attempt: Int, jitter: Double, asked: Duration? = nil) -> Duration {
        let ceiling = min(longestDelay, firstDelay * (1 << min(max(attempt - 1, 0), 30)))
        // A provider that asks for a year has made a mistake.
        return max(ceiling * jitter, min(asked ?? .zero, .seconds(24 * 3600)))
    }
}
