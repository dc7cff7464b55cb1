import OpenCXAccess
import OpenCXCore
import OpenCXPlatform
import OpenCXSQLite
import Testing

@Suite struct AccessCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func command(_ words: String...) async throws -> Outcome {
        try await Demo.run(words + ["--data", folder.path + "/data"])
    }

    private func holder(of key: String) async throws -> APIKeyRecord? {
        let store = try SQLiteStore(path: folder.path + "/data/opencx.sqlite")
        let keys = APIKeys(store: store, ids: RandomIDs(), clock: SystemClock())
        let record = try await keys.holder(of: Secret(key))
        await store.close()
        return record
    }

    @Test func `a key is made, listed without itself, and revoked`() async throws {
        #expect(try await command("keys", "list").output == "There are no keys.\n")
        let made = try await command("keys", "create", "CRM", "--scopes", "contacts:read, tags:write")
        #expect(made.code == 0, "\(made.errors)")
        let key = String(made.output.dropLast())
        #expect(key.hasPrefix("ocx_live_") && !made.errors.contains(key))
        let record = try #require(await holder(of: key))
        #expect(record.scopes == ["contacts:read", "tags:write"])
        let list = try await command("keys", "list").output
        #expect(list.contains("\(record.id)  CRM  contacts:read,tags:write  last used") && !list.contains("ocx_live_"))
        #expect(try await command("keys", "revoke", "\(record.id)").code == 0)
        #expect(try await holder(of: key) == nil)
        #expect(try await command("keys", "list").output.contains("revoked"))
        #expect(try await command("keys", "revoke", "nothing").code == 1)
    }

    @Test func `what a key is good for is said, and there is such a scope`() async throws {
        #expect(try await command("keys", "create", "CRM").code == 2)
        #expect(try await command("keys", "create", "CRM", "--read-only", "--full-access").code == 2)
        #expect(try await command("keys", "create", "CRM", "--scopes", "contacts:delete").code == 2)
        #expect(try await command("keys", "create", " ", "--full-access").code == 1)
        #expect(try await Demo.run("keys", "list", "--data", "none").code == 2)
        let made = try await command("keys", "create", "All", "--full-access")
        #expect(try await holder(of: String(made.output.dropLast()))?.scopes == [])
        let reader = try await command("keys", "create", "Reader", "--read-only")
        let scopes = try #require(await holder(of: String(reader.output.dropLast()))).scopes
        #expect(scopes.count == APIScope.Resource.allCases.count && scopes.allSatisfy { $0.hasSuffix(":read") })
    }

    @Test func `a member is added with a password that is made, listed, and disabled`() async throws {
        let added = try await command("members", "add", "jo@example.com", "--role", "viewer")
        #expect(added.code == 0, "\(added.errors)")
        #expect(added.output.dropLast().count == 24 && !added.errors.contains(added.output.dropLast()))
        #expect(try await command("members", "add", "JO@example.com").code == 1)
        #expect(try await command("members", "add", "bo", "--role", "owner").code == 2)
        #expect(try await command("members", "list").output.hasSuffix("  viewer  jo@example.com\n"))
        #expect(try await command("members", "disable", "jo@example.com").code == 0)
        #expect(try await command("members", "list").output.contains("jo@example.com  disabled "))
        #expect(try await command("members", "disable", "jo@example.com", "--undo").code == 0)
        #expect(try await !command("members", "list").output.contains("disabled"))
        let changed = try await command("members", "password", "jo@example.com")
        #expect(changed.code == 0 && changed.output != added.output)
        #expect(try await command("members", "password", "nobody").code == 1)
    }

    @Test func `a password comes from standard input, and is nowhere in the output`() async throws {
        let data = folder.path + "/data"
        let added = try await DemoProcess.run(
            "members", "add", "jo", "--password-stdin", "--data", data, input: "correct horse battery\n")
        #expect(added.code == 0 && added.output.isEmpty && !added.errors.contains("horse"), "\(added.errors)")
        let store = try SQLiteStore(path: data + "/opencx.sqlite")
        let signIn = TeamSignIn(store: store, hasher: PasswordHasher(), clock: SystemClock())
        let outcome = try await signIn.signIn(name: "jo", password: Secret("correct horse battery"))
        guard case .signedIn = outcome else {
            Issue.record("jo cannot sign in")
            return
        }
        await store.close()
        let short = try await DemoProcess.run(
            "members", "add", "bo", "--password-stdin", "--data", data, input: "short\n")
        #expect(short.code == 1)
        let none = try await DemoProcess.run("members", "add", "bo", "--password-stdin", "--data", data)
        #expect(none.code == 2)
    }
}
