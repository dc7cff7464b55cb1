/// Told of what an agent does while it does it, for metrics and for tracing.
///
/// Nothing in an observation says who or what about: only kinds, durations and counts, and the names of models.
/// ``AgentMetrics`` adds observations up.
public protocol AgentObserver: Sendable {
    /// Takes note of something. Called in the middle of the agent's work, so it returns at once.
    func observe(_ observation: AgentObservation)
}

/// Something that an agent did, and how long it took.
public enum AgentObservation: Sendable, Hashable {
    /// An event, as ``Agent/events(limit:)`` tells it; an observer misses none.
    case event(AgentEvent)
    /// A customer's message is stored, so long after it came in.
    case accepted(after: Duration)
    /// A turn is over.
    case turn(TurnObservation)
    /// A delivery was tried.
    case delivery(DeliveryObservation)
}

/// A turn that is over, one way or another.
public struct TurnObservation: Sendable, Hashable {
    /// How it ended.
    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        /// With a reply.
        case reply
        /// With a question to the customer.
        case askedBack = "asked_back"
        /// With a handoff.
        case handoff
        /// With a polite refusal in place of a handoff.
        case declined
        /// It wrote something down and said nothing.
        case silent
        /// Its reply was withheld: the world had changed.
        case withheld
        /// A newer message came, or somebody took over: it begins anew, or not at all.
        case overtaken
        /// It failed, and is tried again.
        case failed
    }

    /// How it ended.
    public var outcome: Outcome
    /// How long it ran.
    public var duration: Duration
    /// From the customer's last message to its end; `nil` where it answers none.
    public var sinceMessage: Duration?
    /// What it asked of language models.
    public var uses: [ModelUse]

    /// Makes an observation from its parts.
    public init(outcome: Outcome, duration: Duration, sinceMessage: Duration? = nil, uses: [ModelUse] = []) {
        self.outcome = outcome
        self.duration = duration
        self.sinceMessage = sinceMessage
        self.uses = uses
    }
}

/// A delivery that was tried.
public struct DeliveryObservation: Sendable, Hashable {
    /// What was delivered.
    public enum Content: String, Sendable, Hashable, CaseIterable {
        /// A message to a customer.
        case message
        /// A conversation to a helpdesk.
        case handoff
        /// What a customer wrote after a handoff, to the helpdesk that took it.
        case followUp = "follow_up"
        /// The end of a conversation to the helpdesk that has it.
        case ending
        /// An event to an endpoint.
        case event
    }

    /// What came of it.
    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        /// The other side has it.
        case delivered
        /// It is tried again.
        case retried
        /// It was given up.
        case dead
    }

    /// What was delivered.
    public var content: Content
    /// What came of it.
    public var outcome: Outcome
    /// Since the entry waited for delivery.
    public var since: Duration

    /// Makes an observation from its parts.
    public init(content: Content, outcome: Outcome, since: Duration) {
        self.content = content
        self.outcome = outcome
        self.since = since
    }
}

extension Agent {
    /// Tells of an event: everybody who listens, and the observer.
    func publish(_ event: AgentEvent) {
        hub.publish(event)
        parts.observer?.observe(.event(event))
    }

    /// Tells of a turn that is over.
    func observe(_ trace: Trace, of claim: TurnClaim, as outcome: TurnObservation.Outcome) {
        guard let observer = parts.observer else { return }
        let now = parts.clock.now()
        let asked = claim.history.last { $0.message?.author == .customer }?.message?.at
        observer.observe(
            .turn(
                TurnObservation(
                    outcome: outcome, duration: now - trace.startedAt, sinceMessage: asked.map { now - $0 },
                    uses: trace.steps.compactMap(\.modelUse))))
    }

    /// Tells of a delivery that was tried.
    func observe(_ entry: OutboxEntry, _ settlement: DeliverySettlement) {
        guard let observer = parts.observer else { return }
        let content: DeliveryObservation.Content =
            switch entry.payload {
            case .message: .message
            case .handoff: .handoff
            case .followUp: .followUp
            case .ending: .ending
            case .event: .event
            }
        let outcome: DeliveryObservation.Outcome =
            switch settlement {
            case .delivered, .left: .delivered
            case .retry, .notBegun: .retried
            case .dead, .withdrawn: .dead
            }
        let since = parts.clock.now() - entry.pendingSince
        observer.observe(.delivery(DeliveryObservation(content: content, outcome: outcome, since: since)))
    }
}

extension TurnObservation.Outcome {
    /// How a turn ended that was committed.
    init(_ trace: Trace) {
        self = .silent
        for step in trace.steps {
            guard case .decided(let decision) = step.event else { continue }
            switch decision {
            case .reply: self = .reply
            case .askBack: self = .askedBack
            case .handoff: self = .handoff
            case .decline: self = .declined
            }
        }
    }
}

extension TraceStep {
    fileprivate var modelUse: ModelUse? {
        if case .modelAnswered(let use) = event { use } else { nil }
    }
}
