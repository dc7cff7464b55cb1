import OpenCXCore
import OpenCXSQLite
import Testing

/// A damaged file may cost what it held, never the process.
@Suite struct DamageTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// Opens a file and uses it. What goes wrong must be said as a `StoreError` without any text of a customer's.
    private func use(_ bytes: [UInt8]) async throws -> StoreError? {
        try writeFile(bytes, to: directory.store)
        do {
            let store = try SQLiteStore(path: directory.store, readers: 1)
            do {
                try await store.touchEverything()
                await store.close()
            } catch {
                await store.close()
                throw error
            }
            return nil
        } catch let error as StoreError {
            #expect(!error.message.contains("refund"))
            return error
        }
    }

    @Test func `a file cut short is an error`() async throws {
        let bytes = try await sampleFile()
        for share in 1..<20 {
            let error = try await use(Array(bytes.prefix(bytes.count * share / 20)))
            #expect(error?.code == .corrupt, "cut at \(share * 5) %")
            try removeLog()
        }
    }

    @Test func `damage anywhere is an error or goes unnoticed`() async throws {
        let bytes = try await sampleFile()
        var seed: UInt64 = 42
        for _ in 0..<60 {
            var damaged = bytes
            for _ in 0..<20 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                // Past the header, whose fields have tests of their own.
                damaged[100 + Int(seed >> 33) % (bytes.count - 100)] = UInt8(truncatingIfNeeded: seed >> 24)
            }
            _ = try await use(damaged)
            try removeLog()
        }
    }

    private func removeLog() throws {
        for suffix in ["-wal", "-shm"] { removeFile(directory.store + suffix) }
    }
}
