import OpenCXCore
import OpenCXTesting
import Testing

@testable import OpenCXSQLite

/// Sessions and their history are kept decoded; the rows still have the last word on each of them.
@Suite struct RowMemoryTests {
    private let time = Timestamp(milliseconds: 1_780_000_000_000)

    /// A store with one session in it.
    private func store(at path: String) async throws -> SQLiteStore {
        let store = try SQLiteStore(path: path)
        _ = try await store.accept(SampleTurn(1).intake(session: "s-1", thread: "t-1", at: time))
        return store
    }

    @Test func `what another process changed is seen at once`() async throws {
        let directory = try TemporaryDirectory()
        let here = try await store(at: directory.store)
        let there = try SQLiteStore(path: directory.store)
        let before = try #require(try await here.session("s-1"))
        #expect(try await there.session("s-1") == before)
        _ = try await there.apply(.takeOver("Ada"), to: "s-1", at: time + .seconds(1), telling: [])
        #expect(try await here.session("s-1")?.owner == .person("Ada"))
        #expect(try await here.latestSession(channel: "web", thread: "t-1")?.owner == .person("Ada"))
    }

    @Test func `what was not committed is not remembered`() async throws {
        struct Lost: Error {}
        let directory = try TemporaryDirectory()
        let store = try await store(at: directory.store)
        await #expect(throws: Lost.self) {
            try await store.write { database in
                guard var row = try SessionRow.find("s-1", in: database) else { return }
                row.session.clarifications = 7
                try row.save(in: database)
                throw Lost()
            }
        }
        #expect(try await store.latestSession(channel: "web", thread: "t-1")?.clarifications == 0)
        #expect(try await store.write { try SessionRow.find("s-1", in: $0)?.session.clarifications } == 0)
    }

    @Test func `what was erased is forgotten`() async throws {
        let directory = try TemporaryDirectory()
        let store = try await store(at: directory.store)
        let contact = try #require(try await store.session("s-1")?.contact)
        #expect(store.memory.sessions.count == 1 && store.memory.events.count == 1)
        _ = try await store.erase(contact, at: time)
        #expect(store.memory.sessions.count == 0 && store.memory.events.count == 0)
    }
}
