import FoundationEssentials
import OpenCXCore
import OpenCXSQLite
import OpenCXTesting
import Testing

@Suite struct WritingTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test func `writes that wait share a transaction`() async throws {
        let store = try SQLiteStore(path: directory.store)
        let before = store.written
        await withTaskGroup { group in
            for number in 0..<300 { group.addTask { _ = try? await store.accept(intake(number)) } }
        }
        #expect(store.written.writes - before.writes == 300)
        #expect(store.written.transactions - before.transactions < 200)
        #expect(try await store.sessions(.all, limit: 999).count == 300)
    }

    @Test func `a write that fails does not spoil the others`() async throws {
        let store = try SQLiteStore(path: directory.store)
        _ = try await store.accept(intake(1000, contact: "taken"))
        let failed = await withTaskGroup { group in
            for number in 0..<100 {
                group.addTask {
                    do {
                        // A contact's id that is in use already: the write has begun by the time that is noticed.
                        _ = try await store.accept(intake(number, contact: number.isMultiple(of: 3) ? "taken" : nil))
                        return false
                    } catch { return true }
                }
            }
            var failed = 0
            for await failure in group where failure { failed += 1 }
            return failed
        }
        #expect(failed == 34)
        let tickets = try await store.sessions(.all, limit: 999).map(\.ticket.rawValue)
        #expect(tickets.sorted() == Array(1001...1067))
    }

    @Test func `two stores on one file lose nothing`() async throws {
        let stores = [try SQLiteStore(path: directory.store), try SQLiteStore(path: directory.store)]
        try await withThrowingTaskGroup { group in
            for number in 0..<200 { group.addTask { _ = try await stores[number % 2].accept(intake(number)) } }
            try await group.waitForAll()
        }
        for store in stores {
            let tickets = try await store.sessions(.all, limit: 999).map(\.ticket.rawValue)
            #expect(tickets.sorted() == Array(1001...1200))
        }
    }

    @Test func `closing finishes what was asked for`() async throws {
        let store = try SQLiteStore(path: directory.store)
        async let accepted = withTaskGroup { group in
            for number in 0..<100 { group.addTask { (try? await store.accept(intake(number))) != nil } }
            var accepted = 0
            for await done in group where done { accepted += 1 }
            return accepted
        }
        await store.close()
        let again = try SQLiteStore(path: directory.store)
        #expect(try await again.sessions(.all, limit: 999).count == (await accepted))
    }

    @Test(arguments: [1, 4])
    func `a turn with its whole trace takes less than 4 kB`(turnsPerSession: Int) async throws {
        let store = try SQLiteStore(path: directory.store)
        await store.close()
        let empty = try readFile(directory.store).count
        let again = try SQLiteStore(path: directory.store)
        for number in 0..<200 {
            let name = "0198c5a1-7b1e-7cc1-9f1d-\(number / turnsPerSession + 100_000_000_000)"
            try await again.runTurn(number, session: SessionID(name), thread: ThreadID(name))
        }
        #expect(try await again.outbox(.delivered, limit: 999).count == 200)
        await again.close()
        let perTurn = (try readFile(directory.store).count - empty) / 200
        #expect(perTurn < 4000)
    }
}
