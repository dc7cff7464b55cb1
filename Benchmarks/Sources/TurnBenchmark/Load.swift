import Glibc
import OpenCXCore
import Synchronization

/// Customers who each wait for the reply before they write again, four times in a session.
struct Load: Sendable {
    let agent: Agent
    let channel: ReplyChannel
    let customers: Int
    let turnsEach: Int

    struct Result {
        var latencies: [Double]
        var seconds: Double
        var cpuSeconds: Double

        var turnsPerSecond: Double { Double(latencies.count) / seconds }
        var cpuPerTurn: Double { cpuSeconds * 1000 / Double(latencies.count) }
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
            for customer in 0..<customers { group.addTask { try await converse(customer) } }
            var all: [Double] = []
            for _ in 0..<customers { all += try await group.next() ?? [] }
            group.cancelAll()
            return all
        }
        let seconds = (ContinuousClock.now - started) / .seconds(1)
        return Result(latencies: latencies.sorted(), seconds: seconds, cpuSeconds: Self.cpuTime() - cpu)
    }

    private func converse(_ customer: Int) async throws -> [Double] {
        var latencies: [Double] = []
        for turn in 0..<turnsEach {
            let thread = ThreadID("customer-\(customer)-\(turn / 4)")
            let message = InboundMessage(
                channel: channel.id, channelKind: channel.kind, thread: thread, providerID: "m\(customer)-\(turn)",
                sender: ContactHandle(customID: "customer-\(customer)", isVerified: false),
                text: UnredactedText(
                    "Hi, where is my order FH-10423? You can reach me at customer\(customer)@example.com."))
            let started = ContinuousClock.now
            try await channel.reply(in: thread) { _ = try await agent.receive(message) }
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
final class ReplyChannel: Channel {
    private struct State {
        var waiting: [ThreadID: CheckedContinuation<Void, Never>] = [:]
        var arrived: Set<ThreadID> = []
        var replies = 0
        var other = 0
    }

    let id: ChannelID = "bench"
    let kind = ChannelKind.api
    private let state = Mutex(State())

    /// Replies out of what the tool returned.
    var replies: Int { state.withLock { $0.replies } }
    /// Anything else: a handoff, say.
    var other: Int { state.withLock { $0.other } }

    func receive(_ request: WebhookRequest) async throws -> [InboundMessage] { [] }

    func send(_ message: OutboundMessage) async throws -> DeliveryReceipt {
        let isAnswer = message.message.text.text.contains("FH-10423")
        let waiter = state.withLock { state in
            if isAnswer { state.replies += 1 } else { state.other += 1 }
            let waiter = state.waiting.removeValue(forKey: message.thread)
            if waiter == nil { state.arrived.insert(message.thread) }
            return waiter
        }
        waiter?.resume()
        return DeliveryReceipt()
    }

    func reply(in thread: ThreadID, after write: () async throws -> Void) async throws {
        try await write()
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.arrived.remove(thread) != nil { return true }
                state.waiting[thread] = continuation
                return false
            }
            if isThere { continuation.resume() }
        }
    }
}
