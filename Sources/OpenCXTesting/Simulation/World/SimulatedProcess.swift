internal import OpenCXCore

/// One process of a simulated deployment: an agent with everything it is made of, on an executor of its own.
final class SimulatedProcess: Sendable {
    let number: Int
    let executor: SteppedExecutor
    let agent: Agent
    private let world: World
    private let tasks = Locked<[Task<Void, Never>]>([])
    private let unfinished = Locked(0)

    init(_ number: Int, in world: World) {
        self.number = number
        executor = SteppedExecutor(world.jobs, process: number)
        self.world = world
        let gate = Gate(world: world, process: number)
        let model = SimulatedModel(gate: gate)
        var parts = AgentParts(
            store: SimulatedStore(gate: gate), knowledge: SimulatedIndex(gate: gate), answerer: model,
            classifier: model, actions: SimulatedActions(gate: gate), clock: SimulatedClock(gate: gate),
            ids: SimulatedIDs(gate: gate))
        parts.channels = SimulatedChannels.allCases.map { SimulatedChannel(gate: gate, id: $0.id, kind: $0.kind) }
        parts.helpdesks = SimulatedHelpdesk.ids.map { SimulatedHelpdesk(gate: gate, id: $0) }
        let weather = world.with(\.weather)
        if weather.hasEndpoint { parts.endpoints = [SimulatedEndpoint(gate: gate)] }
        parts.redaction = Redaction(redactor: SimulatedRedactor(gate: gate))
        agent = Agent(parts, settings: Self.settings(weather))
    }

    /// Short times, so that a minute of trouble sees leases and sessions end and budgets spent.
    private static func settings(_ weather: Weather) -> AgentSettings {
        let retries = RetryPolicies(
            RetryPolicy(
                firstDelay: .seconds(1), longestDelay: .seconds(10), attemptLimit: 5, budget: .seconds(40)))
        let lifecycle =
            weather.endsSilentSessions
            ? SessionLifecycle(
                reopeningWindow: weather.reopeningWindow, resolveAnsweredAfter: .seconds(15),
                closeUnansweredAfter: .seconds(25), closeHandedOffAfter: .seconds(20))
            : SessionLifecycle(
                reopeningWindow: weather.reopeningWindow, resolveAnsweredAfter: nil, closeUnansweredAfter: nil)
        let delays = weather.asksForRatings.map { delay in SimulatedChannels.allCases.map { ($0.id, delay) } } ?? []
        let satisfaction = SatisfactionPolicy(delays: Dictionary(uniqueKeysWithValues: delays), asksUnresolved: true)
        return AgentSettings(
            collectingDelay: [.web: .seconds(2), .sms: .seconds(1)], confirmationWindow: .seconds(60),
            lease: .seconds(20), retries: retries, lifecycle: lifecycle, satisfaction: satisfaction,
            pollInterval: .seconds(12), parallelTurns: 4,
            parallelDeliveries: 3)
    }

    /// Whether everything that was begun has come to an end.
    var isIdle: Bool { unfinished.withLock { $0 == 0 } }

    /// Whether nothing is going on but the agent's loops and its listener.
    var isWaiting: Bool { unfinished.withLock { $0 <= 2 } }

    /// Starts the agent's loops, and somebody who listens to its events.
    func start() {
        begin { [agent] in try? await agent.run() }
        begin { [agent, world, number] in
            for await event in agent.events() {
                world.with { $0.heard(event, in: number) }
            }
        }
    }

    /// Does something on this process's executor.
    func begin(_ work: @escaping @Sendable () async -> Void) {
        unfinished.withLock { $0 += 1 }
        let task = Task(executorPreference: executor) { [unfinished] in
            await work()
            unfinished.withLock { $0 -= 1 }
        }
        tasks.withLock { $0.append(task) }
    }

    /// Cancels all that is going on.
    func cancel() {
        for task in tasks.withLock({ $0 }) { task.cancel() }
    }
}

extension WorldState {
    /// The agent said that something happened.
    fileprivate mutating func heard(_ event: AgentEvent, in process: Int) {
        guard isAlive(process) else { return }
        note("p\(process) says \(event.kind)")
        switch event.kind {
        case .handoffToThirdPartyFailed(_, let reason), .deliveryFailed(_, let reason), .turnFailed(_, let reason),
            .storeFailed(let reason):
            complain(watch.leaks(in: [reason], "an event"))
        default: break
        }
    }
}
