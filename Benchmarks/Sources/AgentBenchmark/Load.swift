import OpenCXCore

#if canImport(Glibc)
    import Glibc
#endif

/// Customers who each wait for the reply before they write again.
struct Load: Sendable {
    let agent: Agent
    let channel: WaitingChannel
    let customers: Int
    let turnsEach: Int

    struct Result: Sendable {
        var turns: Int
        var seconds: Double
        var cpuSeconds: Double
        var latencies: [Double]

        var turnsPerSecond: Double { Double(turns) / seconds }
        var cpuPerTurn: Double { cpuSeconds * 1000 / Double(turns) }
        func percentile(_ share: Double) -> Double {
            latencies[min(latencies.count - 1, Int(share * Double(latencies.count)))]
        }
    }

    func run() async throws -> Result {
        let cpu = Self.cpuTime()
        let started = ContinuousClock.now
        let latencies = try await withThrowingTaskGroup(of: [Double].self) { group in
            group.addTask {
                try await agent.run()
                return []
            }
            for customer in 0..<customers {
                group.addTask { try await converse(customer) }
            }
            var all: [Double] = []
            for _ in 0..<customers { all += try await group.next() ?? [] }
            group.cancelAll()
            return all
        }
        let seconds = (ContinuousClock.now - started) / .seconds(1)
        return Result(
            turns: latencies.count, seconds: seconds, cpuSeconds: Self.cpuTime() - cpu, latencies: latencies.sorted())
    }

    private func converse(_ customer: Int) async throws -> [Double] {
        var latencies: [Double] = []
        for turn in 0..<turnsEach {
            let number = customer * turnsEach + turn
            let started = ContinuousClock.now
            let thread = ThreadID("customer-\(customer)-\(turn / 4)")
            try await channel.reply(in: thread) {
                _ = try await agent.receive(
                    InboundMessage(
                        channel: channel.id, channelKind: channel.kind, thread: thread, providerID: "m\(number)",
                        sender: ContactHandle(customID: "customer-\(customer)", isVerified: false),
                        text: UnredactedText(SampleShop.question(number))))
            }
            latencies.append((ContinuousClock.now - started) / .milliseconds(1))
        }
        return latencies
    }

    private static func cpuTime() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }
}

/// A channel on which a customer can wait for the reply.
actor WaitingChannel: Channel {
    nonisolated let id: ChannelID = "bench"
    nonisolated let kind = ChannelKind.api
    private var waiting: [ThreadID: CheckedContinuation<Void, Never>] = [:]
    private var arrived: Set<ThreadID> = []

    nonisolated func receive(_ request: WebhookRequest) async throws -> [InboundMessage] { [] }

    func send(_ message: OutboundMessage) async throws -> DeliveryReceipt {
        if let waiter = waiting.removeValue(forKey: message.thread) {
            waiter.resume()
        } else {
            arrived.insert(message.thread)
        }
        return DeliveryReceipt()
    }

    func reply(in thread: ThreadID, after write: @Sendable () async throws -> Void) async throws {
        try await write()
        if arrived.remove(thread) != nil { return }
        await withCheckedContinuation { waiting[thread] = $0 }
    }
}
