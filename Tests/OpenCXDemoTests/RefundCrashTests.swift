import Foundation
import OpenCXCore
import OpenCXDemoServer
import Testing

/// A refund and a process that is killed around it. `Scripts/refund-crashes` does the same at length.
@Suite(.serialized, .timeLimit(.minutes(120))) struct RefundCrashTests {
    private static let rounds =
        ProcessInfo.processInfo.environment["OPENCX_REFUND_ROUNDS"].flatMap { Int($0) } ?? 6

    @Test(arguments: [true, false])
    func `killed around a refund, it refunds at most once and tells what it knows`(honoursKeys: Bool) async throws {
        let desk = RefundDesk(honoursKeys: honoursKeys)
        try await desk.serve { port in
            var trial = try RefundTrial(desk: desk, port: port)
            for _ in 0..<Self.rounds { try await trial.round() }
            let outcomes = try await trial.finish()
            #expect(outcomes.count == Self.rounds)
            for outcome in outcomes {
                #expect(outcome.refunds <= 1, "\(outcome), seed \(trial.seed)")
                // Either the customer was told, and it is true, or a person has to look.
                #expect(outcome.isTold ? outcome.refunds == 1 : outcome.isHandedOff, "\(outcome), seed \(trial.seed)")
            }
            RefundTrial.report(outcomes, desk, kills: trial.kills)
        }
    }
}

/// The system behind the action, in a process that is not killed: takes its time, and counts.
private final class RefundDesk: Sendable {
    private struct State {
        var calls: [String: Int] = [:]
        var refunds: [String: Int] = [:]
        var seen: Set<String> = []
    }

    let honoursKeys: Bool
    private let state = Locked(State())

    init(honoursKeys: Bool) {
        self.honoursKeys = honoursKeys
    }

    func calls(_ order: String) -> Int { state.withLock { $0.calls[order] ?? 0 } }
    func refunds(_ order: String) -> Int { state.withLock { $0.refunds[order] ?? 0 } }
    var allCalls: Int { state.withLock { $0.calls.values.reduce(0, +) } }

    func serve(_ body: @escaping @Sendable (Int) async throws -> Void) async throws {
        let server = HTTPServer(configuration: HTTPServerConfiguration(drainTimeout: .seconds(1))) { request in
            await self.respond(to: request)
        }
        let (ports, ready) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run { ready.yield($0) } }
            group.addTask {
                for await port in ports { return try await body(port) }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func respond(to request: WebhookRequest) async -> WebhookResponse {
        let order = String(request.path.split(separator: "/").last ?? "")
        state.withLock { $0.calls[order, default: 0] += 1 }
        await pause()
        let key = request.header("idempotency-key") ?? ""
        state.withLock { state in
            let isNew = state.seen.insert(key).inserted
            if isNew || !honoursKeys { state.refunds[order, default: 0] += 1 }
        }
        await pause()
        return .json(["order": .string(order), "state": "refunded"])
    }

    /// Whoever hangs up does not stop the work.
    private func pause() async {
        try? await Task.sleep(for: .milliseconds(Int64.random(in: 0..<40)))
    }
}

/// Customers who want a refund, and processes that are killed while they have it.
private struct RefundTrial {
    struct Outcome {
        var order: String
        var refunds: Int
        var calls: Int
        var isTold: Bool
        var isHandedOff: Bool
    }

    let seed: UInt64
    private(set) var kills = 0
    private let desk: RefundDesk
    private let folder: TemporaryFolder
    private var random: SplitMix64
    private var count = 0
    private var unacknowledged: String?

    init(desk: RefundDesk, port: Int) throws {
        self.desk = desk
        seed = UInt64.random(in: 0 ... .max)
        random = SplitMix64(state: seed)
        folder = try TemporaryFolder([
            "refunds.json": #"""
            {"openapi": "3.1.0", "info": {"title": "Refunds", "version": "1"}, "paths": {"/refunds/{order}": {"post": {
              "operationId": "refund_order", "summary": "Refund an order",
              "description": "Refunds the whole amount of an order.",
              "parameters": [{"name": "order", "in": "path", "required": true,
                              "schema": {"type": "string", "title": "order number", "pattern": "^R-[0-9]{5}$"}}],
              "responses": {"200": {"description": "Refunded"}}}}}}
            """#,
            "config.json": #"""
            {"lease": 1, "actions": [{
              "openapi": "refunds.json", "server": "http://127.0.0.1:\#(port)", "allow_loopback": true,
              "operations": {"refund_order": {
                "examples": ["Please refund order"], "replies": {"en": "Done: {order} is {state}."},
                "confirmations": {"en": "Shall I refund {order}?"}}}}]}
            """#,
        ])
    }

    private func serve() throws -> DemoProcess {
        try DemoProcess([
            "serve", "--port", "0", "--data", folder.path + "/data", "--config", folder.path + "/config.json",
        ])
    }

    private static func thread(_ order: String) -> String { "refund-conversation-\(order)" }

    /// One customer up to the yes, and one kill.
    mutating func round() async throws {
        count += 1
        let order = "R-\(10_000 + count)"
        let process = try serve()
        let client = WebClient(port: try await process.port())
        try await sayYesAgain(to: client)
        let posted = try await client.post("Please refund order \(order)", id: "1", thread: Self.thread(order))
        #expect(posted.status == 202)
        let asked = try await client.settled(Self.thread(order))
        #expect(asked.texts.last == "Shall I refund \(order)?")
        // Every second kill waits for the call to begin.
        let waits = count.isMultiple(of: 2)
        let delay = Duration.milliseconds(Int64(random.next() % (waits ? 60 : 120)))
        let desk = desk
        let isAcknowledged = try await withThrowingTaskGroup(of: Bool?.self) { group in
            group.addTask {
                (try? await client.post("yes", id: "2", thread: Self.thread(order)))?.status == 202
            }
            group.addTask {
                if waits {
                    try await until(within: 20, "the call begins") { desk.calls(order) > 0 ? true : nil }
                }
                try await Task.sleep(for: delay)
                process.send(SIGKILL)
                return nil
            }
            var isAcknowledged = false
            for try await answer in group { isAcknowledged = answer ?? isAcknowledged }
            return isAcknowledged
        }
        unacknowledged = isAcknowledged ? nil : order
        #expect(try await process.end() == -SIGKILL)
        kills += 1
    }

    /// Runs until every turn has ended, and says what became of each refund.
    mutating func finish() async throws -> [Outcome] {
        let process = try serve()
        let client = WebClient(port: try await process.port())
        try await sayYesAgain(to: client)
        var outcomes: [Outcome] = []
        for number in 1...count {
            let order = "R-\(10_000 + number)"
            let conversation = try await client.settled(Self.thread(order))
            outcomes.append(
                Outcome(
                    order: order, refunds: desk.refunds(order), calls: desk.calls(order),
                    isTold: conversation.texts.last == "Done: \(order) is refunded.",
                    isHandedOff: conversation.json["owner"] == "team"))
        }
        process.send(SIGTERM)
        #expect(try await process.end() == 0)
        return outcomes
    }

    private mutating func sayYesAgain(to client: WebClient) async throws {
        guard let order = unacknowledged else { return }
        #expect(try await client.post("yes", id: "2", thread: Self.thread(order)).status == 202)
        unacknowledged = nil
    }

    static func report(_ outcomes: [Outcome], _ desk: RefundDesk, kills: Int) {
        let told = outcomes.count { $0.isTold }
        let done = outcomes.count { !$0.isTold && $0.refunds == 1 }
        let undone = outcomes.count { !$0.isTold && $0.refunds == 0 }
        print(
            """
            server \(desk.honoursKeys ? "honours" : "ignores") Idempotency-Key: \(kills) kills, \(outcomes.count) orders, \
            \(desk.allCalls) calls; \(told) refunded and told, \(done) refunded and handed off, \(undone) not refunded and \
            handed off; most refunds of one order: \(outcomes.map(\.refunds).max() ?? 0)
            """)
    }
}
