/// What an agent has done since it was started, added up: a value without clock and without I/O.
///
/// ``AgentMeter`` keeps one behind a lock; another observer may do as it likes.
public struct AgentMetrics: Sendable, Hashable {
    /// Messages that were stored.
    public private(set) var messages = 0
    /// Sessions that were opened by a message.
    public private(set) var sessionsStarted = 0
    /// Sessions that ended, by how.
    public private(set) var sessionsClosed: [SessionStatus: Int] = [:]
    /// Turns, by how they ended.
    public private(set) var turns: [TurnObservation.Outcome: Int] = [:]
    /// Handoffs, by what set them off.
    public private(set) var handoffs: [HandoffTrigger: Int] = [:]
    /// Deliveries that were tried, by what and what came of it.
    public private(set) var deliveries: [DeliveryObservation.Content: [DeliveryObservation.Outcome: Int]] = [:]
    /// Failures of the store that the agent has noticed.
    public private(set) var storeFailures = 0
    /// Use of language models, by model.
    public private(set) var models: [String: ModelTotals] = [:]
    /// From a message's arrival until it was stored.
    public private(set) var acknowledgement = MetricHistogram()
    /// How long turns ran that were not given up.
    public private(set) var turn = MetricHistogram()
    /// From a customer's last message until its turn was over.
    public private(set) var answer = MetricHistogram()
    /// From the outbox until delivered, by what.
    public private(set) var delivery: [DeliveryObservation.Content: MetricHistogram] = [:]

    /// What one language model was used for.
    public struct ModelTotals: Sendable, Hashable {
        /// Requests that were answered.
        public var requests = 0
        /// Tokens read, those from the vendor's cache included.
        public var promptTokens = 0
        /// Tokens read from the vendor's cache.
        public var cachedTokens = 0
        /// Tokens written.
        public var replyTokens = 0
        /// How long the requests took.
        public var latency = MetricHistogram()
    }

    /// The model that stands for all others, once there are this many.
    private static let otherModels = (limit: 32, name: "other")

    /// Makes metrics of an agent that has done nothing yet.
    public init() {}

    /// Adds something that the agent did.
    public mutating func add(_ observation: AgentObservation) {
        switch observation {
        case .accepted(let duration):
            messages += 1
            acknowledgement.add(duration)
        case .event(let event): add(event.kind)
        case .turn(let observed): add(observed)
        case .delivery(let observed):
            deliveries[observed.content, default: [:]][observed.outcome, default: 0] += 1
            if observed.outcome == .delivered {
                delivery[observed.content, default: MetricHistogram()].add(observed.since)
            }
        }
    }

    private mutating func add(_ event: AgentEvent.Kind) {
        switch event {
        case .started: sessionsStarted += 1
        case .handoffToHuman(let trigger): handoffs[trigger, default: 0] += 1
        case .closed(let status): sessionsClosed[status, default: 0] += 1
        case .storeFailed: storeFailures += 1
        default: break
        }
    }

    private mutating func add(_ observed: TurnObservation) {
        turns[observed.outcome, default: 0] += 1
        for use in observed.uses { add(use) }
        if [.overtaken, .failed].contains(observed.outcome) { return }
        turn.add(observed.duration)
        if let since = observed.sinceMessage { answer.add(since) }
    }

    private mutating func add(_ use: ModelUse) {
        // Names come from the configuration, or from a vendor who may answer as anything.
        let isKnown = models[use.model] != nil || models.count < Self.otherModels.limit
        var totals = models[isKnown ? use.model : Self.otherModels.name] ?? ModelTotals()
        totals.requests += 1
        totals.promptTokens += use.usage.promptTokens ?? 0
        totals.cachedTokens += use.usage.cachedTokens ?? 0
        totals.replyTokens += use.usage.replyTokens ?? 0
        totals.latency.add(.milliseconds(use.milliseconds))
        models[isKnown ? use.model : Self.otherModels.name] = totals
    }
}

/// An observer that adds everything up.
public final class AgentMeter: AgentObserver {
    private let state = Locked(AgentMetrics())

    /// Makes a meter at zero.
    public init() {}

    /// Adds what the agent did.
    public func observe(_ observation: AgentObservation) {
        state.withLock { $0.add(observation) }
    }

    /// What the agent has done so far.
    public var metrics: AgentMetrics { state.withLock { $0 } }
}
