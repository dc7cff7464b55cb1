import OpenCXCore

/// Customers who write to an agent.
struct Load: Sendable {
    let agent: Agent
    let channel: WaitingChannel
    /// Sets the ids of this load apart from those of others on the same store.
    var name = "load"

    /// Customers who each wait for the reply before they write again, and begin a new session after four turns.
    func conversations(customers: Int, turnsEach: Int, turnsPerSession: Int = 4) async throws -> Measurement {
        try await whileAgentRuns { measurement in
            try await withThrowingTaskGroup(of: Measurement.self) { group in
                for customer in 0..<customers {
                    group.addTask {
                        var own = Measurement()
                        for turn in 0..<turnsEach {
                            let number = customer * turnsEach + turn
                            let thread = ThreadID("\(name)-\(customer)-\(turn / turnsPerSession)")
                            let started = ContinuousClock.now
                            try await write(number, customer: customer, in: thread)
                            own.acknowledgements.add(ContinuousClock.now - started)
                            await channel.reply(in: thread)
                            own.replies.add(ContinuousClock.now - started)
                        }
                        own.turns = turnsEach
                        return own
                    }
                }
                for try await own in group { measurement.add(own) }
            }
        }
    }

    /// Messages that come at a steady rate, whatever becomes of those before; each waits for its reply in a session of its
    /// own. Times count from when a message was due, so that one that had to wait for its turn is not taken for a fast one.
    func stream(perSecond rate: Int, seconds: Int) async throws -> Measurement {
        try await whileAgentRuns { measurement in
            let tally = Tally()
            // Discarding, for a task that is over keeps its memory until somebody asks for what it came to.
            try await withThrowingDiscardingTaskGroup { group in
                let begun = ContinuousClock.now
                for number in 0..<(rate * seconds) {
                    let due = begun + .seconds(1) * number / rate
                    try await Task.sleep(until: due, tolerance: .zero, clock: .continuous)
                    group.addTask { try await send(number, due: due, tally) }
                }
            }
            measurement = tally.measurement
        }
    }

    private func send(_ number: Int, due: ContinuousClock.Instant, _ tally: Tally) async throws {
        let thread = ThreadID("\(name)-\(number)")
        do { try await write(number, customer: number, in: thread) } catch let error as IntakeError
            where error.code == .busy
        {
            return tally.add(Measurement(refused: 1))
        }
        var own = Measurement(turns: 1)
        own.acknowledgements.add(ContinuousClock.now - due)
        await channel.reply(in: thread)
        own.replies.add(ContinuousClock.now - due)
        tally.add(own)
    }

    private func whileAgentRuns(_ body: (inout Measurement) async throws -> Void) async throws -> Measurement {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await agent.run() }
            var measurement = Measurement()
            let started = ContinuousClock.now
            let cpu = Process.cpuTime()
            try await body(&measurement)
            measurement.seconds = (ContinuousClock.now - started) / .seconds(1)
            measurement.cpuSeconds = Process.cpuTime() - cpu
            group.cancelAll()
            return measurement
        }
    }

    private func write(_ number: Int, customer: Int, in thread: ThreadID) async throws {
        _ = try await agent.receive(
            InboundMessage(
                channel: channel.id, channelKind: channel.kind, thread: thread, providerID: "\(name)-\(number)",
                sender: ContactHandle(customID: "\(name)-\(customer)", isVerified: false),
                text: UnredactedText(SampleShop.question(number))))
    }
}
