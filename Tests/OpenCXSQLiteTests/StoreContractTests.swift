import OpenCXCore
import OpenCXSQLite
import OpenCXTesting
import Testing

@Suite struct StoreContractTests {
    @Test(arguments: StoreContract.checks)
    func `SQLite keeps the contract`(_ check: StoreContract.Check) async throws {
        let directory = try TemporaryDirectory()
        try await check.run { try SQLiteStore(path: directory.store) }
        withExtendedLifetime(directory) {}
    }

    @Test(arguments: StoreContract.checks)
    func `memory keeps the contract`(_ check: StoreContract.Check) async throws {
        try await check.run { InMemoryStore() }
    }

    @Test func `checks have names of their own`() {
        #expect(Set(StoreContract.checks.map(\.name)).count == StoreContract.checks.count)
    }
}
