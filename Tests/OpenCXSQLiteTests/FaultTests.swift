import FoundationEssentials
import Glibc
import OpenCXCore
import Testing

@testable import OpenCXSQLite

/// What a machine does to a store: no room left, a torn page, another process in the way.
@Suite struct FaultTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test func `without room a message is refused, reading goes on, and with room it is taken`() async throws {
        let path = directory.store
        // The limit on the size of files stands in for a full disk; it holds for the process, so it is one of its own.
        await #expect(processExitsWith: .success) { [path = path as String] in
            signal(SIGXFSZ, SIG_IGN)
            let store = try SQLiteStore(path: path)
            var count = 0
            while count < 20 { count += try await store.isAccepted(count) ? 1 : 0 }
            let before = try limitFiles(to: rlim_t(readFile(path + "-wal").count + 50_000))
            var refusal: StoreError?
            while refusal == nil, count < 5000 {
                do { count += try await store.isAccepted(count) ? 1 : 0 } catch let error as StoreError {
                    refusal = error
                }
            }
            guard let refusal, [.full, .unavailable].contains(refusal.code) else { exit(2) }
            guard try await store.sessions(.all, limit: .max).count == count else { exit(3) }
            _ = try limitFiles(to: before)
            guard try await store.isAccepted(count) else { exit(4) }
            await store.close()
            let again = try SQLiteStore(path: path)
            let tickets = try await again.sessions(.all, limit: .max).map(\.ticket.rawValue).sorted()
            guard tickets == Array(1001...(1001 + count)) else { exit(5) }
        }
    }

    @Test(arguments: [1, 100, 2000, 4100, 4120])
    func `a torn page at the end of the log costs the last commit, and nothing before it`(place: Int) async throws {
        let store = try SQLiteStore(path: directory.store)
        for number in 0..<50 { _ = try await store.accept(intake(number)) }
        let (file, log) = (try readFile(directory.store), try readFile(directory.store + "-wal"))
        var torn = log
        torn[torn.count - place] ^= 0x55
        let copy = directory.path + "/copy.sqlite"
        try writeFile(file, to: copy)
        try writeFile(torn, to: copy + "-wal")
        let opened = try SQLiteStore(path: copy)
        let sessions = try await opened.sessions(.all, limit: .max)
        #expect(sessions.count >= 49)
        #expect(sessions.map(\.ticket.rawValue).sorted() == Array(1001..<(1001 + sessions.count)))
        for session in sessions {
            #expect(try await opened.history(session.id, after: 0, limit: 9).count == session.lastSequence)
        }
        #expect(try await opened.isAccepted(99))
    }

    @Test func `a message waits for another process that holds the file`() async throws {
        let store = try SQLiteStore(path: directory.store)
        let other = try Database(path: directory.store, busyTimeout: 1000)
        try other.run("BEGIN IMMEDIATE")
        async let isAccepted = store.isAccepted(1)
        // Reading does not wait.
        #expect(try await store.sessions(.all, limit: 9).isEmpty)
        try other.run("COMMIT")
        #expect(try await isAccepted)
    }

    @Test func `a clock that jumps back loses no message`() async throws {
        let store = try SQLiteStore(path: directory.store)
        _ = try await store.accept(intake(1))
        var early = intake(2)
        early.message.at = start - .seconds(86_400)
        early.turnDueAt = start - .seconds(86_400)
        _ = try await store.accept(early)
        for number in [2, 1] {
            let claim = try await store.claimTurn(
                now: start, lease: LeaseToken("lease-\(number)"), until: start + .seconds(60))
            #expect(claim?.session.id == SessionID("session-\(number)"))
        }
    }
}

extension SQLiteStore {
    fileprivate func isAccepted(_ number: Int) async throws -> Bool {
        if case .accepted = try await accept(intake(number)) { true } else { false }
    }
}

/// - Returns: the limit as it was.
private func limitFiles(to size: rlim_t) throws -> rlim_t {
    let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { throw StoreError(.unavailable, "There is no limit on files here.") }
    let before = limit.rlim_cur
    limit.rlim_cur = size
    guard setrlimit(resource, &limit) == 0 else { throw StoreError(.unavailable, "There is no limit on files here.") }
    return before
}
