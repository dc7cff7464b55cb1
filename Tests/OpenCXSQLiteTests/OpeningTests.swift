import Dispatch
import FoundationEssentials
import OpenCXCore
import OpenCXSQLite
import OpenCXTesting
import Synchronization
import Testing

@Suite struct OpeningTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func code(opening path: String) -> StoreError.Code? {
        do {
            _ = try SQLiteStore(path: path)
            return nil
        } catch {
            return (error as? StoreError)?.code
        }
    }

    @Test func `a store opened again holds everything`() async throws {
        let store = try SQLiteStore(path: directory.store)
        for number in 0..<10 { try await store.runTurn(number, session: "s", thread: "t") }
        _ = try await store.update(
            KnowledgeChanges(upserted: [Article(id: "a/b", source: "a", title: "T", markdown: "M")]))
        try await store.saveSnapshot([1, 2, 3], version: 1)
        let session = try #require(try await store.session("s"))
        let history = try await store.history("s", after: 0, limit: 99)
        let traces = try await store.traces("s")
        await store.close()

        let again = try SQLiteStore(path: directory.store)
        #expect(try await again.session("s") == session)
        #expect(try await again.contact(session.contact)?.name == "Ann Example")
        #expect(try await again.history("s", after: 0, limit: 99) == history)
        #expect(try await again.traces("s") == traces)
        #expect(try await again.outbox(.delivered, limit: 99).count == 10)
        #expect(try await again.article("a/b")?.title == "T")
        #expect(try await again.snapshot()?.bytes == [1, 2, 3])
        #expect(try await again.accept(intake(1)) != .sessionChanged)
        #expect(try await again.session("session-1")?.ticket.rawValue ?? 1002 == 1002)
    }

    @Test func `an empty file becomes a store`() async throws {
        try writeFile([], to: directory.store)
        let store = try SQLiteStore(path: directory.store)
        try await store.runTurn(0, session: "s", thread: "t")
    }

    @Test func `a file of a newer version is refused and left as it is`() async throws {
        var bytes = try await sampleFile()
        // `user_version` in SQLite's header.
        bytes.replaceSubrange(60..<64, with: [0, 0, 0, 99])
        try writeFile(bytes, to: directory.store)
        #expect(code(opening: directory.store) == .tooNew)
        #expect(try readFile(directory.store) == bytes)
    }

    @Test func `another program's database is refused and left as it is`() async throws {
        var bytes = try await sampleFile()
        // `application_id` in SQLite's header.
        bytes.replaceSubrange(68..<72, with: [0, 0, 0, 0])
        try writeFile(bytes, to: directory.store)
        #expect(code(opening: directory.store) == .corrupt)
        #expect(try readFile(directory.store) == bytes)
    }

    @Test(arguments: [16, 100, 4096, 100_000])
    func `a file that is no database is refused`(length: Int) throws {
        try writeFile((0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) }, to: directory.store)
        #expect(code(opening: directory.store) == .corrupt)
    }

    @Test func `a place that cannot be written to is refused`() throws {
        #expect(code(opening: directory.path + "/missing/store.sqlite") == .unavailable)
        #expect(code(opening: directory.path) == .unavailable)
        #expect(code(opening: "") == .unavailable)
        #expect(code(opening: directory.path + "/a\u{0}b") == .unavailable)
        // Nobody, not even root, makes files here.
        #expect(code(opening: "/proc/store.sqlite") == .unavailable)
        try writeFile([], to: directory.path + "/file")
        #expect(code(opening: directory.path + "/file/store.sqlite") == .unavailable)
    }

    @Test func `an error names what is wrong and what to do`() {
        let error = #expect(throws: StoreError.self) { try SQLiteStore(path: directory.path + "/missing/store.sqlite") }
        #expect(error?.message.contains("directory exists") == true)
    }

    @Test func `only the owner can read a new store`() throws {
        let store = try SQLiteStore(path: directory.store)
        for path in [directory.store, directory.store + "-wal"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
        withExtendedLifetime(store) {}
    }

    @Test func `opening a new store many times at once succeeds every time`() throws {
        let failures = Mutex<[String]>([])
        for round in 0..<20 {
            let path = directory.path + "/\(round).sqlite"
            DispatchQueue.concurrentPerform(iterations: 8) { _ in
                do { _ = try SQLiteStore(path: path, readers: 1) } catch {
                    failures.withLock { $0.append("\(error)") }
                }
            }
        }
        #expect(failures.withLock { $0 } == [])
    }

    @Test func `a closed store refuses everything`() async throws {
        let store = try SQLiteStore(path: directory.store)
        await store.close()
        await #expect(throws: StoreError(.closed, "The store has been closed.")) { try await store.accept(intake(0)) }
        await #expect(throws: StoreError(.closed, "The store has been closed.")) { try await store.session("s") }
        await store.close()
    }
}
