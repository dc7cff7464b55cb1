import Dispatch
import FoundationEssentials
import Glibc
import OpenCXCore
import OpenCXTesting
import Testing

@testable import OpenCXSQLite

/// Kills a process that works on one file, at any moment, again and again. A few rounds in every run of the tests;
/// `make kill-rounds ROUNDS=200` makes as many as one likes.
@Suite struct KillRoundsTests {
    private static let rounds = ProcessInfo.processInfo.environment["KILL_ROUNDS"].flatMap { Int($0) } ?? 3

    @Test func `processes killed at any moment lose nothing that they acknowledged`() async throws {
        let directory = try TemporaryDirectory()
        var checked = 0
        for round in 0..<Self.rounds {
            let (path, delay) = (directory.path, Int.random(in: 0..<500_000))
            await #expect(processExitsWith: .signal(SIGKILL), "round \(round), after \(delay) µs") {
                [path = path as String, round = round as Int, delay = delay as Int] in
                try await work(in: path, round: round, killedAfter: .microseconds(delay))
            }
            checked = try await check(directory, from: checked)
        }
        let store = try SQLiteStore(path: directory.store)
        let tickets = try await store.sessions(.all, limit: .max).map(\.ticket.rawValue).sorted()
        #expect(tickets == Array(1001..<(1001 + tickets.count)))
        await store.close()
        let database = try Database(path: directory.store, busyTimeout: 1000)
        #expect(try database.first("PRAGMA integrity_check") { $0.text(0) } == "ok")
        print("killed \(Self.rounds) times; \(checked) acknowledgements kept, \(tickets.count) sessions")
    }

    /// Looks at what was acknowledged since the last time.
    ///
    /// - Returns: how many acknowledgements there are by now.
    private func check(_ directory: TemporaryDirectory, from checked: Int) async throws -> Int {
        let log = (try? readFile(directory.path + "/acknowledged")) ?? []
        let lines = String(decoding: log, as: UTF8.self).split(separator: "\n")
        let store = try SQLiteStore(path: directory.store)
        let unsettled = Set(
            try await store.outbox(.pending, limit: .max).map(\.id.rawValue)
                + store.outbox(.dead, limit: .max).map(\.id.rawValue))
        for line in lines.dropFirst(checked) {
            let name = String(line.dropFirst(2))
            switch line.first {
            case "m", "r":
                let session = try #require(try await store.session(SessionID(name)))
                let history = try await store.history(session.id, after: 0, limit: 99)
                #expect(history.count == session.lastSequence && history.first?.message?.author == .customer)
                if line.first == "r" { #expect(history.contains { $0.message?.author == .ai }) }
            default:
                let isSettled = !unsettled.contains(name)
                #expect(isSettled, "\(name) was settled")
            }
        }
        await store.close()
        return lines.count
    }
}

/// Takes turns in from the first to the last step, and writes down what was acknowledged as soon as it was.
private func work(in path: String, round: Int, killedAfter delay: DispatchTimeInterval) async throws {
    DispatchQueue.global().asyncAfter(deadline: .now() + delay) { kill(getpid(), SIGKILL) }
    let store = try SQLiteStore(path: path + "/store.sqlite")
    let log = open(path + "/acknowledged", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    @Sendable func acknowledge(_ line: String) {
        _ = Array((line + "\n").utf8).withUnsafeBytes { write(log, $0.baseAddress, $0.count) }
    }
    try await withThrowingTaskGroup { group in
        for worker in 0..<16 {
            group.addTask {
                for index in 0..<100_000 {
                    let number = (round * 16 + worker) * 100_000 + index
                    // One time for all of a round: no lease ends in it, and all of those before it have ended.
                    let now = start + .seconds(120 * round)
                    let (lease, until) = (LeaseToken("lease-\(number)"), now + .seconds(60))
                    _ = try await store.accept(intake(number))
                    acknowledge("m session-\(number)")
                    if let claim = try await store.claimTurn(now: now + .seconds(1), lease: lease, until: until),
                        case .committed = try await store.commitTurn(SampleTurn(number).commit(claim, at: now))
                    {
                        acknowledge("r \(claim.session.id)")
                    }
                    if let entry = try await store.claimDelivery(now: now + .seconds(1), lease: lease, until: until) {
                        _ = try await store.settleDelivery(
                            entry.id, lease: lease, .delivered(reference: nil), at: now)
                        acknowledge("d \(entry.id)")
                    }
                }
            }
        }
        try await group.waitForAll()
    }
}
