import FoundationEssentials
import OpenCXCore
import OpenCXSQLite
import OpenCXTesting
import OpenCXVault
import Testing

struct SealedVaultTests {
    static func key(_ name: String, _ byte: UInt8 = 7) throws -> VaultKey {
        try VaultKey(Secret("\(name):" + Data(repeating: byte, count: 32).base64EncodedString()))
    }

    private func vault(
        _ store: any VaultStore, _ key: VaultKey, earlier: [VaultKey] = [], lifetime: Duration? = nil,
        clock: ManualClock = ManualClock()
    ) -> SealedVault {
        SealedVault(store: store, key: key, earlier: earlier, lifetime: lifetime, clock: clock)
    }

    private func redact(_ text: String, _ vault: SealedVault, in session: SessionID = "s") async throws -> RedactedText
    {
        var counts = PlaceholderCounts()
        return try await Redaction(vault: vault).redact(UnredactedText(text), in: session, counts: &counts)
    }

    @Test func `values survive a restart, and another process with the key puts them back`() async throws {
        let directory = try TemporaryDirectory()
        let key = try Self.key("k1")
        let store = try SQLiteStore(path: directory.store)
        let text = try await redact("a@b.de, c@d.de, a@b.de", vault(store, key))
        #expect(text.text == "[EMAIL_1], [EMAIL_2], [EMAIL_1]")
        // Another process, while the first still has the file open.
        let other = try SQLiteStore(path: directory.store)
        #expect(
            try await Redaction(vault: vault(other, key)).restore(text, in: "s").reveal() == "a@b.de, c@d.de, a@b.de")
        #expect(try await redact("c@d.de and e@f.de", vault(other, key)).text == "[EMAIL_2] and [EMAIL_3]")
        await store.close()
        let again = try SQLiteStore(path: directory.store)
        #expect(try await Redaction(vault: vault(again, key)).restore(text, in: "s").reveal().contains("c@d.de"))
        #expect(try await Redaction(vault: vault(again, key)).restore(text, in: "other").reveal() == text.text)
    }

    @Test func `nothing of a value is in the file, and another key opens nothing`() async throws {
        let directory = try TemporaryDirectory()
        let store = try SQLiteStore(path: directory.store)
        let text = try await redact("write to canary.jane@example.com", vault(store, try Self.key("k1")))
        let wrong = vault(store, try Self.key("k1", 8))
        #expect(try await Redaction(vault: wrong).restore(text, in: "s").reveal() == text.text)
        await store.close()
        for file in try FileManager.default.contentsOfDirectory(atPath: directory.path) {
            let bytes = try Data(contentsOf: URL(filePath: directory.path + "/" + file))
            #expect(!String(decoding: bytes, as: UTF8.self).contains("canary"))
        }
    }

    @Test func `a sealed value that is moved, swapped or changed is not opened`() async throws {
        let store = InMemoryVaultStore()
        let vault = vault(store, try Self.key("k1"))
        let text = try await redact("a@b.de c@d.de", vault)
        let values = try await store.sealedValues(of: "s")
        _ = try await store.addSealedValues(values, of: "thief")
        #expect(try await Redaction(vault: vault).restore(text, in: "thief").reveal() == text.text)
        var swapped = values
        (swapped[0].sealed, swapped[1].sealed) = (values[1].sealed, values[0].sealed)
        try await store.replaceSealedValues(swapped, of: "s")
        #expect(try await Redaction(vault: vault).restore(text, in: "s").reveal() == text.text)
        var changed = values
        changed[0].sealed[14] ^= 1
        try await store.replaceSealedValues(changed, of: "s")
        #expect(try await Redaction(vault: vault).restore(text, in: "s").reveal() == "[EMAIL_1] c@d.de")
    }

    @Test func `keys are changed without losing a value or its placeholder`() async throws {
        let store = InMemoryVaultStore()
        let old = try Self.key("k1")
        let new = try Self.key("k2", 9)
        let text = try await redact("a@b.de", vault(store, old))
        let both = vault(store, new, earlier: [old])
        #expect(try await redact("c@d.de a@b.de", both).text == "[EMAIL_2] [EMAIL_1]")
        let renewal = try await both.renew()
        #expect(renewal.renewed == 1 && renewal.unopened == 0)
        #expect(try await both.renew().renewed == 0)
        #expect(try await store.sealedValues(of: "s").allSatisfy { $0.key == "k2" })
        let only = vault(store, new)
        #expect(try await Redaction(vault: only).restore(text, in: "s").reveal() == "a@b.de")
        #expect(try await redact("a@b.de", only).text == "[EMAIL_1]")
    }

    @Test func `values of a lost key keep no others from a new one`() async throws {
        let store = InMemoryVaultStore()
        let (lost, old) = (try Self.key("k0"), try Self.key("k1"))
        for session in 0..<150 {
            _ = try await redact("a@b.de", vault(store, lost), in: SessionID("s\(1000 + session)"))
        }
        _ = try await redact("a@b.de", vault(store, old), in: "s2000")
        let renewal = try await vault(store, try Self.key("k2"), earlier: [old]).renew()
        #expect(renewal.renewed == 1 && renewal.unopened == 150)
        #expect(try await store.sealedValues(of: "s2000").map(\.key) == ["k2"])
    }

    @Test func `values end with their lifetime, with their session, and when they are told to`() async throws {
        let store = InMemoryVaultStore()
        let clock = ManualClock()
        let vault = vault(store, try Self.key("k1"), lifetime: .seconds(60), clock: clock)
        let text = try await redact("a@b.de", vault)
        clock.advance(by: .seconds(61))
        #expect(try await Redaction(vault: vault).restore(text, in: "s").reveal() == "[EMAIL_1]")
        try await vault.expire()
        #expect(try await store.sealedValues(of: "s").isEmpty)
        _ = try await redact("a@b.de", vault)
        try await vault.forget("s")
        #expect(try await store.sealedValues(of: "s").isEmpty)
    }

    @Test func `many at once give each value one placeholder`() async throws {
        let directory = try TemporaryDirectory()
        let key = try Self.key("k1")
        let stores = [try SQLiteStore(path: directory.store), try SQLiteStore(path: directory.store)]
        let found = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<6 {
                group.addTask {
                    var counts = PlaceholderCounts()
                    let vault = SealedVault(store: stores[number % 2], key: key, clock: ManualClock())
                    return try await Redaction(vault: vault).redact(
                        UnredactedText("u\(number / 2)@b.de"), in: "s", counts: &counts
                    ).text
                }
            }
            var found: [String] = []
            for try await text in group { found.append(text) }
            return found
        }
        #expect(Set(found).count == 3)
    }

    @Test(arguments: ["", "k1", "k1:", "k1:abc", ":AAAA", "k 1:AAAA", "k1:" + String(repeating: "A", count: 40)])
    func `what is no key says so, and nothing of it`(text: String) {
        #expect(throws: VaultKey.Problem.self) { try VaultKey(Secret(text)) }
    }
}

/// A directory of its own for a test, gone when the last one lets go of it.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/opencx-vault-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of a store's file in the directory.
    var store: String { path + "/store.sqlite" }
}
