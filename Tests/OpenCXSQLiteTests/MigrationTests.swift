import CSQLite
import FoundationEssentials
import OpenCXCore
import OpenCXSQLite
import OpenCXTesting
import Testing

/// Files that earlier versions wrote.
@Suite struct MigrationTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        let dump = try String(contentsOf: here.appending(path: "Fixtures/version1.sql"), encoding: .utf8)
        var handle: OpaquePointer?
        #expect(sqlite3_open(directory.store, &handle) == SQLITE_OK)
        #expect(sqlite3_exec(handle, dump, nil, nil, nil) == SQLITE_OK)
        sqlite3_close(handle)
    }

    @Test func `a file of version 1 is opened with everything that it holds`() async throws {
        let store = try SQLiteStore(path: directory.store)
        let sessions = try await store.sessions(.all, limit: 99)
        #expect(sessions.count == 6)
        for session in sessions {
            #expect(try await store.history(session.id, after: 0, limit: 99).count == session.lastSequence)
            #expect(try await store.contact(session.contact) != nil)
            #expect(session.expiry == nil && session.closure == nil)
            _ = try await store.traces(session.id)
        }
        let pending = try await store.outbox(.pending, limit: 99)
        #expect(pending.map(\.destination.rawValue).sorted() == ["channel:test", "helpdesk:desk"])
        #expect(pending.allSatisfy { $0.pendingSince == $0.createdAt })
        #expect(try await store.outbox(.dead, limit: 99).map(\.destination) == [.channel("test")])
        await store.close()
        let again = try SQLiteStore(path: directory.store)
        #expect(try await again.sessions(.all, limit: 99).count == 6)
    }

    @Test func `what version 1 left unfinished is finished`() async throws {
        let store = try SQLiteStore(path: directory.store)
        let channel = RecordingChannel()
        let helpdesk = ScriptedHelpdesk(id: "desk")
        let clock = ManualClock()
        clock.advance(by: .seconds(3600))
        let agent = Agent(
            AgentParts(
                store: store, knowledge: ListIndex(), answerer: ScriptedAnswerer(answering: "Yes, we do."),
                channels: [channel], helpdesks: [helpdesk], clock: clock, ids: SequentialIDs()))
        try await agent.runUntilIdle()
        #expect(channel.sent.map { $0.text.reveal() }.sorted() == ["Within 60 days.", "Yes, we do."])
        #expect(helpdesk.tickets.count == 1)
        #expect(try await store.outbox(.pending, limit: 99).isEmpty)
    }

    @Test func `a file of version 3 gets a place for sealed values`() async throws {
        let directory = try TemporaryDirectory()
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        let dump = try String(contentsOf: here.appending(path: "Fixtures/version3.sql"), encoding: .utf8)
        var handle: OpaquePointer?
        #expect(sqlite3_open(directory.store, &handle) == SQLITE_OK)
        #expect(sqlite3_exec(handle, dump, nil, nil, nil) == SQLITE_OK)
        sqlite3_close(handle)
        let store = try SQLiteStore(path: directory.store)
        #expect(try await !store.sessions(.all, limit: 99).isEmpty)
        let value = SealedValue(
            placeholder: Placeholder(kind: .email, number: 1), key: "k", fingerprint: [1], sealed: [2],
            at: Timestamp(milliseconds: 5))
        #expect(try await store.addSealedValues([value], of: "s"))
        #expect(try await !store.addSealedValues([value], of: "s"))
        #expect(try await store.sealedValues(of: "s") == [value])
        try await store.removeSealedValues(before: Timestamp(milliseconds: 6))
        #expect(try await store.sealedValues(of: "s").isEmpty)
    }

    @Test func `a file of version 4 gets members and keys, and keeps its sealed values`() async throws {
        let directory = try TemporaryDirectory()
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        let dump = try String(contentsOf: here.appending(path: "Fixtures/version4.sql"), encoding: .utf8)
        var handle: OpaquePointer?
        #expect(sqlite3_open(directory.store, &handle) == SQLITE_OK)
        #expect(sqlite3_exec(handle, dump, nil, nil, nil) == SQLITE_OK)
        sqlite3_close(handle)
        let store = try SQLiteStore(path: directory.store)
        let sessions = try await store.sessions(.all, limit: 99)
        #expect(sessions.count == 3)
        var sealed: [SealedValue] = []
        for session in sessions { sealed += try await store.sealedValues(of: session.id) }
        #expect(sealed.map(\.sealed) == [[10, 11, 12]])
        #expect(try await store.members().isEmpty)
        let key = APIKeyRecord(id: "k", name: "K", digest: [1], scopes: [], createdAt: Timestamp(milliseconds: 1))
        #expect(try await store.addAPIKey(key))
        #expect(try await store.apiKeys() == [key])
    }

    @Test func `a file of version 5 lists its sessions by what they hold`() async throws {
        let directory = try TemporaryDirectory()
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        let dump = try String(contentsOf: here.appending(path: "Fixtures/version5.sql"), encoding: .utf8)
        var handle: OpaquePointer?
        #expect(sqlite3_open(directory.store, &handle) == SQLITE_OK)
        #expect(sqlite3_exec(handle, dump, nil, nil, nil) == SQLITE_OK)
        sqlite3_close(handle)
        let store = try SQLiteStore(path: directory.store)
        let all = try await store.sessions(.all, limit: 99)
        #expect(all.count == 3 && all.allSatisfy { $0.attributes.isEmpty && $0.rating == nil })
        let queries: [(SessionQuery, [Int])] = [
            (SessionQuery(order: .created), [1003, 1002, 1001]), (SessionQuery(tag: "vip"), [1001]),
            (SessionQuery(owner: .person("Ana")), [1002]),
            (SessionQuery(channelKind: .api, order: .created), [1003, 1002, 1001]),
            (SessionQuery(createdBefore: all.map(\.createdAt).max(), order: .created), [1002, 1001]),
            (SessionQuery(isStarted: false), []),
        ]
        for (query, tickets) in queries {
            let page = try await store.sessions(matching: query, after: nil, limit: 9)
            #expect(page.sessions.map(\.ticket.rawValue) == tickets, "\(query)")
        }
    }
}
