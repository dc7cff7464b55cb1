/// A whole agent, its customers and everything around it, in one thread and from one seed.
///
/// The seed decides who writes what and when, in which order jobs run, and what goes wrong: processes die between any two
/// steps, the store fails before or after it has done its work, messages come twice, late or in another order, models,
/// channels, helpdesks and actions are slow or fail, and people take over at any moment. What must always hold is checked
/// after every step. The same seed gives the same run, in any process.
///
/// ```swift
/// let result = Simulation(seed: 4711).run()
/// if let violation = result.violation { print(violation) }
/// ```
public struct Simulation: Sendable {
    /// What everything follows from.
    public var seed: UInt64
    /// Whether ``Result/log`` is written; it takes about as long as the rest.
    public var keepsLog: Bool

    /// Makes a simulation.
    public init(seed: UInt64, keepsLog: Bool = false) {
        self.seed = seed
        self.keepsLog = keepsLog
    }

    /// What came of a simulation.
    public struct Result: Sendable, Hashable {
        /// The law that was broken, and how; `nil` when everything held.
        public var violation: String?
        /// The same for the same run, down to the order of the jobs.
        public var digest: UInt64
        /// How many jobs were run.
        public var jobs: Int
        /// How many messages customers wrote.
        public var messages: Int
        /// How many processes died.
        public var crashes: Int
        /// What happened, a line for each event, if that was asked for.
        public var log: [String]
    }

    /// Runs the simulation, on this thread.
    public func run() -> Result {
        let world = World(seed: seed, keepsLog: keepsLog)
        var driver = Driver(world: world, seed: seed)
        driver.run()
        return world.with { state in
            state.log.mix(driver.jobs)
            state.log.mix(state.watch.violation.map(\.description) ?? "")
            for id in state.watch.order {
                for text in state.watch.histories[id, default: []].flatMap(\.texts) { state.log.mix(text) }
            }
            return Result(
                violation: state.watch.violation?.description, digest: state.log.digest, jobs: driver.jobs,
                messages: state.customers.messages.count,
                crashes: state.processes.count(where: { !$0.isAlive }), log: state.log.lines)
        }
    }
}

extension Watch.Problem: CustomStringConvertible {
    var description: String { "\(law): \(what)" }
}
