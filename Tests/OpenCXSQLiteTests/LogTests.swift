import FoundationEssentials
import OpenCXCore
import OpenCXSQLite
import Testing

@Suite struct LogTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func logSize() throws -> Int {
        let size = try FileManager.default.attributesOfItem(atPath: directory.store + "-wal")[.size]
        return (size as? any BinaryInteger).map { Int($0) } ?? 0
    }

    @Test func `the log stays short while the store is busy, and nothing is lost on the way into the file`()
        async throws
    {
        let store = try SQLiteStore(path: directory.store)
        let bytes = Array(repeating: UInt8(7), count: 2_000_000)
        try await withThrowingTaskGroup { group in
            group.addTask { for version in 0..<40 { try await store.saveSnapshot(bytes, version: version) } }
            group.addTask { for number in 0..<100 { _ = try await store.accept(intake(number)) } }
            try await group.waitForAll()
        }
        // 80 MB were written.
        #expect(try logSize() < 40_000_000)
        let snapshot = try #require(try await store.snapshot())
        #expect(snapshot.version == 39 && snapshot.bytes == bytes)
        #expect(try await store.sessions(.all, limit: 999).count == 100)
        await store.close()
        let again = try SQLiteStore(path: directory.store)
        #expect(try await again.sessions(.all, limit: 999).count == 100)
    }
}
