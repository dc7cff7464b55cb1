internal import OpenCXCore

/// What all processes of a simulation share: the store, and behind one lock the time, chance, the customers, the other systems,
/// and everything that was seen so far.
final class World: Sendable {
    let store = InMemoryStore()
    let jobs = JobPool()
    private let state: Locked<WorldState>

    init(seed: UInt64, keepsLog: Bool) {
        state = Locked(WorldState(seed: seed, keepsLog: keepsLog))
    }

    func with<Result: Sendable, Failure: Error>(
        _ body: (inout WorldState) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try state.withLock(body)
    }
}

/// The state of a simulated world.
struct WorldState: Sendable {
    struct ProcessState: Sendable {
        var isAlive = true
        /// Being stopped in an orderly way: does what it has begun, and is handed nothing new.
        var isStopping = false
        /// How far its clock is ahead.
        var skew = Duration.zero
        /// Whether its store is in trouble until then.
        var storeDownUntil = Timestamp.epoch
    }

    static let start = Timestamp(milliseconds: 1_700_000_000_000)

    var random: SimulationRandom
    var weather: Weather
    var now = WorldState.start
    var log: EventLog
    var waiting = Waiting()
    var processes: [ProcessState] = []
    var agenda = Agenda()
    var customers = Customers()
    var front = SimulatedFront()
    var watch = Watch()
    var api = SimulatedAPI()
    /// Steps of ports so far, and at which of them a process dies.
    var steps = 0
    var crashes: [Int] = []
    var dying: Int?
    private var lastID = 0

    init(seed: UInt64, keepsLog: Bool) {
        random = SimulationRandom(seed: seed)
        log = EventLog(keepsLines: keepsLog)
        weather = Weather(&random)
        watch.hasSkew = weather.skew > .seconds(5)
        watch.expectsEvents = weather.hasEndpoint
        crashes = (0..<weather.crashes).map { _ in random.within(1...400) }.sorted()
    }

    var isStormy: Bool { now < Self.start + weather.length }

    func isAlive(_ process: Int) -> Bool { processes[process].isAlive }

    func localTime(of process: Int) -> Timestamp { now + processes[process].skew }

    mutating func makeID(in process: Int) -> String {
        lastID += 1
        return "p\(process)-\(lastID)"
    }

    /// A port is used: counts the step at which the process may die.
    mutating func step(in process: Int) throws(CancellationError) {
        guard isAlive(process) else { throw CancellationError() }
        steps += 1
        if let next = crashes.first, steps >= next, isStormy {
            crashes.removeFirst()
            dying = process
        }
    }

    mutating func note(_ line: @autoclosure () -> String) {
        log.mix(Int(now.milliseconds))
        log.write("\(Double((now - Self.start).inMilliseconds) / 1000) \(line())")
    }

    /// Something that must not happen has happened; the first counts.
    mutating func complain(_ problems: [Watch.Problem]) {
        guard let first = problems.first, watch.violation == nil else { return }
        watch.violation = first
        note("VIOLATION \(first.law): \(first.what)")
    }
}
