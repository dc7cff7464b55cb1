/// How something that failed is tried again: exponential backoff with full jitter, up to a limit and within a budget.
public struct RetryPolicy: Sendable, Hashable {
    /// The longest wait before the second try; it doubles from there.
    public var firstDelay: Duration
    /// The longest wait before any try.
    public var longestDelay: Duration
    /// How often it is tried before it is given up.
    public var attemptLimit: Int
    /// For how long it is tried, from when it was committed or driven again.
    public var budget: Duration

    /// A provider that asks for more, a year say, has made a mistake: milliseconds for seconds, more often than not.
    private static let longestAsked = Duration.seconds(24 * 3600)

    /// Makes a policy. With the default delays some 300 tries take about a day: outages of a provider last hours more often than
    /// minutes.
    public init(
        firstDelay: Duration = .seconds(1), longestDelay: Duration = .seconds(600), attemptLimit: Int = 300,
        budget: Duration = .seconds(24 * 3600)
    ) {
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
        self.attemptLimit = attemptLimit
        self.budget = budget
    }

    /// How long to wait after the `attempt`th try failed; `jitter` is in `0..<1`. What the other side asked for counts, if it
    /// is longer.
    public func delay(after attempt: Int, jitter: Double, asked: Duration? = nil) -> Duration {
        let ceiling = min(longestDelay, firstDelay * (1 << min(max(attempt - 1, 0), 30)))
        return max(ceiling * jitter, min(asked ?? .zero, Self.longestAsked))
    }

    /// When to try an entry again whose last try failed; `nil` to give it up.
    ///
    /// The last try is made when the budget ends, unless the other side asked for longer. `jitter` is in `0..<1`.
    public func nextTry(of entry: OutboxEntry, at now: Timestamp, jitter: Double, asked: Duration?) -> Timestamp? {
        let end = entry.pendingSince + budget
        guard entry.attempts < attemptLimit, now < end else { return nil }
        if let asked, now + min(asked, Self.longestAsked) > end { return nil }
        return min(end, now + delay(after: entry.attempts, jitter: jitter, asked: asked))
    }
}

/// How each kind of thing is tried again.
public struct RetryPolicies: Sendable, Hashable {
    /// Messages to customers.
    public var channel: RetryPolicy
    /// Handoffs to helpdesks.
    public var helpdesk: RetryPolicy
    /// Events to endpoints; Standard Webhooks asks for tries over several days.
    public var event: RetryPolicy
    /// Turns that failed; their limit is ``HandoffPolicy/turnAttemptLimit``.
    public var turn: RetryPolicy

    /// Makes policies.
    public init(
        channel: RetryPolicy = RetryPolicy(), helpdesk: RetryPolicy = RetryPolicy(),
        event: RetryPolicy = RetryPolicy(
            firstDelay: .seconds(5), longestDelay: .seconds(3600), budget: .seconds(3 * 24 * 3600)),
        turn: RetryPolicy = RetryPolicy()
    ) {
        self.channel = channel
        self.helpdesk = helpdesk
        self.event = event
        self.turn = turn
    }

    /// The same policy for everything.
    public init(_ policy: RetryPolicy) {
        self.init(channel: policy, helpdesk: policy, event: policy, turn: policy)
    }

    func policy(for payload: OutboxEntry.Payload) -> RetryPolicy {
        switch payload {
        case .message: channel
        case .handoff, .followUp, .ending: helpdesk
        case .event: event
        }
    }
}
