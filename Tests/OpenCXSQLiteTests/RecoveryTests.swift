import OpenCXCore
import OpenCXSQLite
import Testing

/// What a store says of a log that was left behind.
@Suite struct RecoveryTests {
    private let directory: TemporaryDirectory
    /// What a process leaves that dies after twelve turns, before its log is begun anew.
    private let file: [UInt8]
    private let log: [UInt8]

    private static let frame = 24 + 4096

    init() async throws {
        directory = try TemporaryDirectory()
        let store = try SQLiteStore(path: directory.store)
        for number in 0..<12 {
            try await store.runTurn(number, session: SessionID("s\(number)"), thread: ThreadID("t\(number)"))
        }
        file = try readFile(directory.store)
        log = try readFile(directory.store + "-wal")
        await store.close()
    }

    private var frames: Int { (log.count - 32) / Self.frame }

    /// Opens what is left, and counts the sessions.
    private func open(_ log: [UInt8]?) async throws -> (RecoveryReport?, sessions: Int) {
        let path = directory.path + "/left.sqlite"
        try writeFile(file, to: path)
        removeFile(path + "-shm")
        removeFile(path + "-wal")
        if let log { try writeFile(log, to: path + "-wal") }
        let store = try SQLiteStore(path: path, readers: 1)
        let sessions = try await store.sessions(.all, limit: .max).count
        // What was left out is in nobody's way.
        try await store.runTurn(99, session: "later", thread: "later")
        await store.close()
        return (store.recovery, sessions)
    }

    private func damaged(frame: Int, at offset: Int = 100) -> [UInt8] {
        var log = log
        log[32 + frame * Self.frame + offset] ^= 0xFF
        return log
    }

    /// The places of the frames that end a transaction.
    private var commits: [Int] {
        (0..<frames).filter { frame in log[(32 + frame * Self.frame)...].dropFirst(4).prefix(4).contains { $0 != 0 } }
    }

    @Test func `a store that was closed has nothing to say`() async throws {
        let store = try SQLiteStore(path: directory.store)
        #expect(store.recovery == nil)
        await store.close()
        let new = try SQLiteStore(path: directory.path + "/new.sqlite")
        #expect(new.recovery == nil)
    }

    @Test func `a whole log is taken over`() async throws {
        let (report, sessions) = try await open(log)
        #expect(report == RecoveryReport(recoveredPages: frames, droppedPages: 0, ending: .whole))
        #expect(report?.mayHaveLost == false)
        #expect(sessions == 12)
    }

    @Test func `a log cut short within its last transaction ends as crashes end`() async throws {
        let whole = try #require(commits.dropLast().last) + 1
        for cut in [1, Self.frame - 5, Self.frame * (frames - whole) - 7] {
            let (report, _) = try await open(Array(log.dropLast(cut)))
            let left = (log.count - cut - 32 + Self.frame - 1) / Self.frame
            #expect(report == RecoveryReport(recoveredPages: whole, droppedPages: left - whole, ending: .unfinished))
        }
    }

    @Test func `damage to the last page is told, and costs the last transaction only`() async throws {
        let whole = try #require(commits.dropLast().last) + 1
        for log in [damaged(frame: frames - 1), log.dropLast(Self.frame) + Array(repeating: 0xA5, count: Self.frame)] {
            let (report, sessions) = try await open(log)
            #expect(report == RecoveryReport(recoveredPages: whole, droppedPages: frames - whole, ending: .torn))
            #expect(report?.mayHaveLost == true)
            #expect(sessions == 12, "the last transaction is a delivery that was settled")
        }
    }

    @Test func `damage in the middle is told as such`() async throws {
        let place = commits[commits.count / 2]
        let whole = commits[commits.count / 2 - 1] + 1
        let (report, sessions) = try await open(damaged(frame: place))
        #expect(report == RecoveryReport(recoveredPages: whole, droppedPages: frames - whole, ending: .broken))
        #expect((1..<12).contains(sessions))
        #expect(report?.description.contains("damaged in the middle") == true)
    }

    @Test(arguments: [0, 9, 17, 25])
    func `a log with a damaged header is left out, and that is told`(place: Int) async throws {
        var log = log
        log[place] ^= 0x10
        let (report, _) = try await open(log)
        #expect(report?.recoveredPages == 0 && report?.ending == .broken)
    }

    @Test(arguments: [0, 20, 32])
    func `a log without pages is nothing to tell`(length: Int) async throws {
        let (report, _) = try await open(Array(log.prefix(length)))
        #expect(report == nil)
    }

    @Test func `what an earlier round has left behind the end of the log is no damage`() async throws {
        let path = directory.path + "/rounds.sqlite"
        let store = try SQLiteStore(path: path)
        // Until the log has been moved into the file and begun anew, and what it began with stands in its head.
        let bytes = Array(repeating: UInt8(7), count: 6_000_000)
        try await store.saveSnapshot(bytes, version: 0)
        let firstHead = try readFile(path + "-wal").prefix(32)
        var version = 0
        while try readFile(path + "-wal").prefix(32) == firstHead {
            version += 1
            try #require(version < 60, "the log is never begun anew")
            try await store.saveSnapshot(bytes, version: version)
        }
        try await store.runTurn(1, session: "s", thread: "t")
        let (file, log) = (try readFile(path), try readFile(path + "-wal"))
        await store.close()
        try writeFile(file, to: directory.path + "/copy.sqlite")
        try writeFile(log, to: directory.path + "/copy.sqlite-wal")
        let copy = try SQLiteStore(path: directory.path + "/copy.sqlite")
        let report = try #require(copy.recovery)
        #expect(report.ending == .whole && report.droppedPages == 0)
        #expect(report.recoveredPages < (log.count - 32) / Self.frame, "the log holds an earlier round")
        #expect(try await copy.session("s") != nil)
    }

    @Test func `a store that another one has open opens as ever`() async throws {
        let store = try SQLiteStore(path: directory.store)
        try await store.runTurn(40, session: "s40", thread: "t40")
        let second = try SQLiteStore(path: directory.store)
        #expect(second.recovery?.ending == .whole)
        #expect(try await second.session("s40") != nil)
        await second.close()
        await store.close()
    }
}
