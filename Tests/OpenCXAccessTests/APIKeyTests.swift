import OpenCXAccess
import OpenCXCore
import OpenCXTesting
import Testing

@Suite struct APIKeyTests {
    @Test(arguments: StoreKind.allCases)
    func `a key is good from when it is made until it is revoked`(_ kind: StoreKind) async throws {
        let access = try Access(kind)
        let (record, key) = try await access.keys.create(name: "CRM", scopes: nil)
        let text = key.reveal()
        #expect(text.hasPrefix("ocx_live_") && text.utf8.count == 73)
        #expect("\(record)".contains(text.suffix(64)) == false)
        #expect(try await access.keys.holder(of: key)?.id == record.id)
        #expect(try await access.keys.all().map(\.id) == [record.id])
        try await access.keys.revoke(record.id)
        #expect(try await access.keys.holder(of: key) == nil)
        await #expect { try await access.keys.revoke("none") } throws: { ($0 as? AccessError)?.code == .noSuchKey }
    }

    @Test func `what nobody was given is no key`() async throws {
        let access = try Access()
        let text = try await access.keys.create(name: "CRM", scopes: nil).key.reveal()
        for forged in [
            "", "ocx_live_", String(text.dropLast()), text + "0", String(text.dropLast()) + "z", text.uppercased(),
            String(text.dropFirst(9)), "ocx_live_" + String(repeating: "0", count: 64),
        ] {
            #expect(try await access.keys.holder(of: Secret(forged)) == nil)
        }
    }

    @Test func `a key is good for its scopes, and one without scopes for everything`() async throws {
        let access = try Access()
        let some = try await access.keys.create(
            name: "Reader", scopes: [APIScope(.contacts, .read), APIScope(.tags, .write)]
        ).record
        #expect(some.scopes == ["contacts:read", "tags:write"])
        #expect(some.allows(APIScope(.contacts, .read)) && some.allows(APIScope(.tags, .write)))
        #expect(!some.allows(APIScope(.contacts, .write)) && !some.allows(APIScope(.tags, .read)))
        let all = try await access.keys.create(name: "All", scopes: nil).record
        #expect(APIScope.all.allSatisfy { all.allows($0) })
        await #expect { try await access.keys.create(name: "None", scopes: []) } throws: {
            ($0 as? AccessError)?.code == .badScope
        }
        await #expect { try await access.keys.create(name: " ", scopes: nil) } throws: {
            ($0 as? AccessError)?.code == .badName
        }
    }

    @Test func `the last use is known to the minute`() async throws {
        let access = try Access()
        let key = try await access.keys.create(name: "CRM", scopes: nil).key
        let start = access.clock.now()
        func lastUse() async throws -> Timestamp? { try await access.keys.all()[0].lastUsedAt }
        _ = try await access.keys.holder(of: key)
        #expect(try await lastUse() == start)
        access.clock.advance(by: .seconds(59))
        _ = try await access.keys.holder(of: key)
        #expect(try await lastUse() == start)
        access.clock.advance(by: .seconds(1))
        _ = try await access.keys.holder(of: key)
        #expect(try await lastUse() == start + .seconds(60))
    }

    @Test func `scopes are read as they are written`() {
        for scope in APIScope.all { #expect(APIScope("\(scope)") == scope) }
        for text in ["", "contacts", "contacts:", ":read", "contacts:delete", "contacts:read:x", "Contacts:read"] {
            #expect(APIScope(text) == nil)
        }
    }
}
