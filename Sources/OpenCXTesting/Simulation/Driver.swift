internal import OpenCXCore

/// Moves a simulated world from step to step until everything is quiet, or something is wrong.
struct Driver {
    let world: World
    private var processes: [SimulatedProcess] = []
    private var lastLook = Timestamp.epoch
    private(set) var jobs = 0
    /// Decides which job comes next.
    private var random: SimulationRandom

    /// More than any seed needs; who needs more does not come to an end.
    private static let jobLimit = 2_000_000
    private static let patience = Duration.seconds(3600)

    init(world: World, seed: UInt64) {
        self.world = world
        random = SimulationRandom(seed: ~seed)
    }

    /// - Returns: when everything came to rest in an orderly way; what is wrong is in the world's watch.
    mutating func run() {
        begin()
        while world.with({ $0.watch.violation }) == nil {
            if let dying = world.with({ $0.takeDying() }) { kill(dying) }
            if runOneJob() {
                jobs += 1
                if jobs > Self.jobLimit { return complain("it does not come to rest: \(jobs) jobs") }
            } else if isQuiet() {
                return end()
            } else if !world.with({ $0.isPatient(Self.patience) }) {
                return complain("an hour after the storm there is still work due")
            } else if !advance() {
                return complain("there is work, and nobody waits for anything")
            }
        }
    }

    private mutating func begin() {
        let count = world.with { state -> Int in
            state.invite()
            let length = Int(state.weather.length.inMilliseconds)
            for _ in 0..<state.weather.people {
                state.addLater(.person(nil), within: length)
                state.addLater(.atFront, within: length)
            }
            for _ in 0..<state.weather.orderlyStops { state.addLater(.stop, within: length) }
            if state.weather.skew > .zero { for _ in 0..<2 { state.addLater(.jump, within: length) } }
            return state.weather.hasTwoProcesses ? 2 : 1
        }
        for _ in 0..<count { start() }
    }

    private mutating func start() {
        let number = world.with { $0.addProcess() }
        let process = SimulatedProcess(number, in: world)
        processes.append(process)
        process.start()
    }

    private func complain(_ what: String) {
        world.with { $0.complain([.init(law: "liveness", what: what)]) }
    }

    // MARK: Steps

    /// Runs one of the jobs that could run now, in any process.
    private mutating func runOneJob() -> Bool {
        guard let entry = world.jobs.take(&random) else { return false }
        entry.run(on: processes)
        return true
    }

    /// Lets time pass until somebody wakes or something happens. `false` when nothing ever will.
    private mutating func advance() -> Bool {
        enum Next {
            case wake(Waiting.Sleeper)
            case item(Agenda.Item)
        }
        let next = world.with { state -> Next? in
            let (wakes, happens) = (state.waiting.nextDue, state.agenda.nextDue)
            guard let due = wakes.map({ min($0, happens ?? $0) }) ?? happens else { return nil }
            state.now = max(state.now, due)
            if let happens, happens == due, let item = state.agenda.takeNext() { return .item(item) }
            return state.waiting.take(due: due, &state.random).map(Next.wake)
        }
        switch next {
        case .wake(let sleeper): sleeper.continuation.resume()
        case .item(let item): perform(item)
        case nil: return false
        }
        return true
    }

    private mutating func perform(_ item: Agenda.Item) {
        switch item {
        case .deliver(let messages): deliver(messages)
        case .tell(let event): tell(event)
        case .atFront: world.with { $0.personActsAtFront() }
        case .start: start()
        case .stop:
            guard let process = pickProcess() else { return }
            world.with { state in
                state.note("p\(process.number) is stopped")
                state.processes[process.number].isStopping = true
                state.agenda.add(.start, at: state.now + .milliseconds(state.random.within(0...5000)))
            }
            process.cancel()
        case .person(let session):
            guard let process = pickProcess(),
                let (session, person, deed) = world.with({ $0.personDecides(on: session) })
            else { return }
            process.perform(deed, on: session, by: person)
        case .jump:
            guard let process = pickProcess() else { return }
            world.with { state in
                let jump = Duration.milliseconds(state.random.within(0...Int(state.weather.skew.inMilliseconds)))
                state.note("p\(process.number)'s clock jumps by \(jump)")
                state.processes[process.number].skew += jump
                state.waiting.move(process.number, by: jump, notBefore: state.now)
            }
        }
    }

    /// Hands a webhook request to one of the processes.
    private func deliver(_ messages: [Int]) {
        guard let process = pickProcess() else {
            return world.with { state in
                state.agenda.add(.deliver(messages), at: state.now + .milliseconds(state.random.within(500...3000)))
            }
        }
        let (request, channel) = world.with { state in
            state.note("p\(process.number) is handed \(messages)")
            let request = state.customers.begin(messages, in: process.number)
            return (request, state.customers.threads[state.customers.messages[messages[0]].thread].channel.id)
        }
        let body = Array(messages.map(String.init).joined(separator: ",").utf8)
        process.begin { [agent = process.agent, world, number = process.number] in
            let response = await agent.handle(WebhookRequest(body: body), on: channel)
            world.with { state in
                guard state.isAlive(number) else { return }
                state.complain(state.watch.leaks(in: [String(decoding: response.body, as: UTF8.self)], "a response"))
                state.answered(request, response.status)
            }
        }
    }

    /// Hands what the helpdesk tells to one of the processes.
    private func tell(_ event: Int) {
        guard let process = pickProcess() else {
            return world.with { state in
                state.agenda.add(.tell(event), at: state.now + .milliseconds(state.random.within(500...3000)))
            }
        }
        let (request, isOfTicket) = world.with { state in
            state.note("p\(process.number) is told event \(event)")
            return (state.front.begin(event, in: process.number), state.front.events[event].ticket != nil)
        }
        process.begin { [agent = process.agent, world, number = process.number] in
            let body = Array("e\(event)".utf8)
            let response =
                isOfTicket
                ? await agent.handle(WebhookRequest(body: body), at: SimulatedFront.desk)
                : await agent.handle(WebhookRequest(body: body), on: SimulatedChannels.front.id)
            world.with { state in
                if state.isAlive(number) { state.heard(request, response.status) }
            }
        }
    }

    private func pickProcess() -> SimulatedProcess? {
        let able = processes.filter { process in
            world.with { $0.isAlive(process.number) && !$0.processes[process.number].isStopping }
        }
        return able.isEmpty ? nil : world.with { $0.random.pick(able) }
    }

    // MARK: Ends

    /// A process dies: what it was doing has no effect any more, and a new one takes its place.
    private mutating func kill(_ number: Int) {
        guard let process = processes.first(where: { $0.number == number }) else { return }
        let stranded = world.with { $0.die(number) }
        process.cancel()
        for sleeper in stranded { sleeper.continuation.resume(throwing: CancellationError()) }
        drain(process)
        processes.removeAll { $0.number == number }
    }

    /// Lets the tasks of a dead process unwind. All their ports are closed.
    private func drain(_ process: SimulatedProcess) {
        if !process.executor.runAll() || !process.isIdle {
            complain("what was cancelled in process \(process.number) does not end")
        }
    }

    /// Everything is quiet: the processes are stopped, and what is left is looked at.
    private mutating func end() {
        for process in processes { process.cancel() }
        let deadline = world.with { $0.now } + .seconds(300)
        while processes.contains(where: { !$0.isIdle }), world.with({ $0.now < deadline }) {
            if !runOneJob(), !advance() { break }
        }
        if processes.contains(where: { !$0.isIdle }) { return complain("an agent that was cancelled does not end") }
        let checker = SimulatedProcess(world.with { $0.addProcess() }, in: world)
        checker.begin { [world] in
            let problems = (try? await world.finalProblems()) ?? []
            world.with { $0.complain(problems) }
        }
        drain(checker)
    }

    /// Whether nothing is due and nothing is on its way.
    private mutating func isQuiet() -> Bool {
        let now = world.with { state -> Timestamp? in
            state.isStormy || !state.agenda.isEmpty || !state.customers.requests.isEmpty
                || !state.front.requests.isEmpty ? nil : state.now
        }
        guard processes.allSatisfy(\.isWaiting), let now, now >= lastLook + .seconds(1) else { return false }
        lastLook = now
        let due = Locked(true)
        let looker = SteppedExecutor()
        Task(executorPreference: looker) { [world] in
            let turn = try? await world.store.nextTurnDue()
            let delivery = try? await world.store.nextDeliveryDue()
            let expiry = try? await world.store.nextExpiry()
            due.withLock { $0 = turn != nil || delivery != nil || expiry != nil }
        }
        return looker.runAll() && !due.withLock { $0 }
    }
}

extension WorldState {
    fileprivate mutating func addProcess() -> Int {
        var process = ProcessState()
        if weather.skew > .zero { process.skew = .milliseconds(random.within(0...1500)) }
        let number = processes.count
        processes.append(process)
        note("p\(number) starts")
        return number
    }

    fileprivate mutating func addLater(_ item: Agenda.Item, within milliseconds: Int) {
        agenda.add(item, at: now + .milliseconds(random.below(milliseconds)))
    }

    fileprivate mutating func takeDying() -> Int? {
        defer { dying = nil }
        return dying.flatMap { isAlive($0) ? $0 : nil }
    }

    fileprivate mutating func die(_ process: Int) -> [Waiting.Sleeper] {
        note("p\(process) DIES")
        let wasStopping = processes[process].isStopping
        processes[process].isAlive = false
        for (request, sent) in customers.requests.sorted(by: { $0.key < $1.key }) where sent.process == process {
            answered(request, nil)
        }
        for (request, sent) in front.requests.sorted(by: { $0.key < $1.key }) where sent.process == process {
            heard(request, nil)
        }
        if !wasStopping { agenda.add(.start, at: now + .milliseconds(random.within(0...10_000))) }
        return waiting.takeAll(of: process)
    }

    fileprivate func isPatient(_ patience: Duration) -> Bool {
        now < Self.start + weather.length + patience
    }
}
