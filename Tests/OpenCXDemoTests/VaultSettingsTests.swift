import FoundationEssentials
import OpenCXCore
import OpenCXPlatform
import OpenCXSQLite
import OpenCXVault
import Testing

@testable import opencx_demo

@Suite struct VaultSettingsTests {
    private static let good = "k1:" + Data(repeating: 3, count: 32).base64EncodedString()

    private func vault(_ value: String?) throws -> any PIIVault {
        let folder = FileManager.default.temporaryDirectory.path + "/opencx-demo-vault-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var settings = VaultSettings()
        settings.keyVariable = "KEY"
        let store = try SQLiteStore(path: folder + "/opencx.sqlite")
        return try settings.vault(in: store, clock: SystemClock(), environment: value.map { ["KEY": $0] } ?? [:])
    }

    @Test func `with a key raw values are sealed`() throws {
        #expect(try vault(Self.good) is SealedVault)
        #expect(try vault(Self.good + " k0:" + Data(repeating: 4, count: 32).base64EncodedString()) is SealedVault)
    }

    @Test(arguments: [nil, "", "k1", "k1:abc", VaultSettingsTests.good + " " + VaultSettingsTests.good])
    func `what is no key is told, and nothing of it`(value: String?) throws {
        let failure = try #require(throws: Failure.self) { _ = try vault(value) }
        #expect(failure.description.contains("KEY") && !failure.description.contains("AwMD"))
    }

    @Test func `keys are changed by a command, which tells what it could not open`() async throws {
        func vault(_ keys: VaultKey..., store: InMemoryVaultStore) -> SealedVault {
            SealedVault(store: store, key: keys[0], earlier: Array(keys.dropFirst()), clock: SystemClock())
        }
        let keys = try (1...3).map {
            try VaultKey(Secret("k\($0):" + Data(repeating: UInt8($0), count: 32).base64EncodedString()))
        }
        let store = InMemoryVaultStore()
        let value = PIIValue(kind: .email, raw: "a@b.de")
        _ = try await vault(keys[0], store: store).placeholders(for: [value], in: "s", above: PlaceholderCounts())
        let lost = try await #require(throws: Failure.self) {
            _ = try await Command.renew(vault(keys[2], keys[1], store: store))
        }
        #expect(lost.description.contains("1 could not be opened"))
        let told = try await Command.renew(vault(keys[1], keys[0], store: store))
        #expect(told.hasPrefix("1 values sealed"))
        let placeholder = Placeholder(kind: .email, number: 1)
        #expect(try await vault(keys[1], store: store).values(of: [placeholder], in: "s") == [placeholder: "a@b.de"])
        await #expect(throws: Failure.self) { try await Command.renew(InMemoryVault()) }
    }

    @Test func `without a key, and in a store that keeps nothing, raw values stay in memory`() throws {
        #expect(try VaultSettings().vault(in: InMemoryStore(), clock: SystemClock(), environment: [:]) is InMemoryVault)
    }
}
