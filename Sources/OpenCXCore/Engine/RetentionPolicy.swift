/// For how long things are kept. `nil` keeps them for ever.
///
/// What is older is removed by a running agent, a little at a time (``Agent/run()``). A customer's wish to be forgotten is
/// ``Agent/erase(_:scrubbing:)``.
public struct RetentionPolicy: Sendable, Hashable {
    /// What turns saw and why they decided as they did.
    public var traces: Duration?
    /// Sessions, from the last thing that happened in them once they are closed: history, number, raw values and files
    /// (``AgentParts/attachments``); a contact goes with the last session. One with a pending delivery stays.
    public var closedSessions: Duration?
    /// Deliveries that were made: messages, handoffs, events. The messages themselves stand in the history.
    public var deliveries: Duration?
    /// Deliveries that were given up, and with them the chance to try them again by hand.
    public var deadLetters: Duration?
    /// What tells a repeated delivery of a customer's message; at least ``AgentSettings/contentDedupeWindow``.
    public var dedupeKeys: Duration?
    /// Actions that change something: what was intended and what came of it. At least ``AgentSettings/confirmationWindow``, for
    /// until then the same intent may come again.
    public var effects: Duration?

    /// Makes a policy.
    public init(
        traces: Duration? = .seconds(90 * 86_400), closedSessions: Duration? = nil,
        deliveries: Duration? = .seconds(90 * 86_400), deadLetters: Duration? = nil,
        dedupeKeys: Duration? = .seconds(90 * 86_400), effects: Duration? = .seconds(365 * 86_400)
    ) {
        self.traces = traces
        self.closedSessions = closedSessions
        self.deliveries = deliveries
        self.deadLetters = deadLetters
        self.dedupeKeys = dedupeKeys
        self.effects = effects
    }

    /// A policy that keeps everything.
    public static let keepEverything = RetentionPolicy(
        traces: nil, closedSessions: nil, deliveries: nil, deadLetters: nil, dedupeKeys: nil, effects: nil)
}

extension AgentSettings {
    /// What has been kept long enough by now.
    func retentionCutoffs(at now: Timestamp) -> RetentionCutoffs {
        RetentionCutoffs(
            traces: retention.traces.map { now - $0 }, closedSessions: retention.closedSessions.map { now - $0 },
            deliveries: retention.deliveries.map { now - $0 }, deadLetters: retention.deadLetters.map { now - $0 },
            dedupeKeys: retention.dedupeKeys.map { now - max($0, contentDedupeWindow) },
            effects: retention.effects.map { now - max($0, confirmationWindow) })
    }
}
