internal import OpenCXCore

/// Who waits for a point in time, in any process of a simulation.
struct Waiting: Sendable {
    struct Sleeper: Sendable {
        var id: Int
        var process: Int
        var due: Timestamp
        var continuation: UnsafeContinuation<Void, any Error>
    }

    private var sleepers: [Sleeper] = []
    private var last = 0

    mutating func makeID() -> Int {
        last += 1
        return last
    }

    mutating func add(_ sleeper: Sleeper) {
        sleepers.append(sleeper)
    }

    /// When the first of them wakes.
    var nextDue: Timestamp? {
        var next: Timestamp?
        for sleeper in sleepers where next.map({ sleeper.due < $0 }) ?? true { next = sleeper.due }
        return next
    }

    /// One of those who are due then.
    mutating func take(due: Timestamp, _ random: inout SimulationRandom) -> Sleeper? {
        var places: [Int] = []
        for place in sleepers.indices where sleepers[place].due == due { places.append(place) }
        return places.isEmpty ? nil : sleepers.remove(at: random.pick(places))
    }

    mutating func take(_ id: Int) -> Sleeper? {
        sleepers.firstIndex { $0.id == id }.map { sleepers.remove(at: $0) }
    }

    /// Everybody of a process that has died.
    mutating func takeAll(of process: Int) -> [Sleeper] {
        let taken = sleepers.filter { $0.process == process }
        sleepers.removeAll { $0.process == process }
        return taken
    }

    /// A process's clock jumps forward: whoever waits on it is due earlier.
    mutating func move(_ process: Int, by jump: Duration, notBefore now: Timestamp) {
        for place in sleepers.indices where sleepers[place].process == process {
            sleepers[place].due = max(now, sleepers[place].due - jump)
        }
    }
}
