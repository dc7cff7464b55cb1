import OpenCXAccess
import OpenCXCore
import Testing

/// What every access store does.
@Suite struct AccessStoreTests {
    private func member(_ id: PersonID, _ name: String, role: TeamRole = .agent) -> TeamMember {
        TeamMember(id: id, name: name, role: role, passwordHash: "h1", createdAt: Timestamp(milliseconds: 5))
    }

    private func time(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

    @Test(arguments: StoreKind.allCases)
    func `members are kept, in order of their names, each name once`(_ kind: StoreKind) async throws {
        let store = try Access(kind).store
        let (ute, bo) = (member("1", "Ute", role: .admin), member("2", "bo"))
        #expect(try await store.addMember(ute))
        #expect(try await store.addMember(bo))
        #expect(try await !store.addMember(member("3", "uTE")))
        #expect(try await !store.addMember(member("2", "other")))
        #expect(try await store.members() == [bo, ute])
        #expect(try await store.member("1") == ute)
        #expect(try await store.member("9") == nil)
        #expect(try await store.member(named: "UTE") == ute)
        #expect(try await store.member(named: "Ut") == nil)
    }

    @Test(arguments: StoreKind.allCases)
    func `a change of a member ends their sign-ins and nobody else's`(_ kind: StoreKind) async throws {
        let store = try Access(kind).store
        for change in [
            TeamMemberChange.password(hash: "h1"), .role(.viewer), .disabled(at: time(7)), .enabled,
        ] {
            _ = try await store.addMember(member("1", "Ute"))
            _ = try await store.addMember(member("2", "bo"))
            _ = try await store.changeMember("1", .enabled)
            for (digest, person) in [([1], "1"), ([2], "2")] as [([UInt8], PersonID)] {
                let signIn = SignIn(digest: digest, person: person, createdAt: time(10), expiresAt: time(20))
                #expect(try await store.addSignIn(signIn, passwordHash: "h1"))
            }
            let changed = try await store.changeMember("1", change)
            #expect(changed == change.applied(to: try #require(await store.member("1"))))
            #expect(try await store.signIn(digest: [1], at: time(11)) == nil)
            #expect(try await store.signIn(digest: [2], at: time(11))?.member.id == "2")
        }
        #expect(try await store.changeMember("9", .enabled) == nil)
    }

    @Test(arguments: StoreKind.allCases)
    func `a sign-in is good until it expires, and for its member as they are now`(_ kind: StoreKind) async throws {
        let store = try Access(kind).store
        _ = try await store.addMember(member("1", "Ute"))
        let first = SignIn(digest: [1], person: "1", createdAt: time(10), expiresAt: time(20))
        #expect(try await !store.addSignIn(first, passwordHash: "other"))
        #expect(try await store.signIn(digest: [1], at: time(10)) == nil)
        #expect(try await store.addSignIn(first, passwordHash: "h1"))
        let found = try #require(await store.signIn(digest: [1], at: time(19)))
        #expect(found.signIn == first && found.member.name == "Ute")
        #expect(try await store.signIn(digest: [1], at: time(20)) == nil)
        #expect(try await store.signIn(digest: [3], at: time(19)) == nil)
        // The next one sweeps what has expired away: even a clock that is set back does not bring it back.
        let second = SignIn(digest: [2], person: "1", createdAt: time(20), expiresAt: time(40))
        #expect(try await store.addSignIn(second, passwordHash: "h1"))
        #expect(try await store.signIn(digest: [1], at: time(19)) == nil)
        try await store.removeSignIn(digest: [2])
        #expect(try await store.signIn(digest: [2], at: time(21)) == nil)
        _ = try await store.changeMember("1", .disabled(at: time(30)))
        #expect(try await !store.addSignIn(second, passwordHash: "h1"))
        #expect(
            try await !store.addSignIn(
                SignIn(digest: [4], person: "9", createdAt: time(1), expiresAt: time(2)), passwordHash: "h1"))
    }

    @Test(arguments: StoreKind.allCases)
    func `keys are found by digest, and end once`(_ kind: StoreKind) async throws {
        let store = try Access(kind).store
        let all = APIKeyRecord(id: "k1", name: "CRM", digest: [1, 2], scopes: [], createdAt: time(1))
        let some = APIKeyRecord(
            id: "k0", name: "Ops", digest: [3], scopes: ["contacts:read", "tags:write"], createdAt: time(2))
        #expect(try await store.addAPIKey(all))
        #expect(try await store.addAPIKey(some))
        var clash = all
        clash.id = "k2"
        #expect(try await !store.addAPIKey(clash))
        clash.digest = [9]
        clash.id = "k1"
        #expect(try await !store.addAPIKey(clash))
        #expect(try await store.apiKeys() == [all, some])
        #expect(try await store.apiKey(digest: [3]) == some)
        #expect(try await store.apiKey(digest: [4]) == nil)
        try await store.noteUse(of: "k1", at: time(9))
        try await store.noteUse(of: "k1", at: time(8))
        try await store.noteUse(of: "none", at: time(8))
        #expect(try await store.apiKey(digest: [1, 2])?.lastUsedAt == time(9))
        #expect(try await store.revokeAPIKey("k1", at: time(11))?.revokedAt == time(11))
        #expect(try await store.revokeAPIKey("k1", at: time(12))?.revokedAt == time(11))
        #expect(try await store.revokeAPIKey("none", at: time(12)) == nil)
        #expect(try await store.apiKey(digest: [1, 2])?.revokedAt == time(11))
        #expect(try await store.apiKey(digest: [3])?.revokedAt == nil)
    }

    @Test(arguments: StoreKind.allCases)
    func `a request is carried out once, and its answer remembered`(_ kind: StoreKind) async throws {
        let store = try Access(kind).store
        func claim(_ key: [UInt8], _ fingerprint: [UInt8], at now: Int64) async throws -> AnswerClaim {
            try await store.claimAnswer(to: key, fingerprint: fingerprint, at: time(now), until: time(now + 10))
        }
        #expect(try await claim([1], [7], at: 0) == .claimed)
        #expect(try await claim([1], [7], at: 9) == .inFlight)
        #expect(try await claim([1], [8], at: 9) == .otherRequest)
        #expect(try await claim([2], [7], at: 9) == .claimed)
        // Whoever carried it out has died.
        #expect(try await claim([1], [7], at: 10) == .claimed)
        try await store.forgetClaim(to: [1])
        #expect(try await claim([1], [8], at: 11) == .claimed)
        try await store.remember(RememberedAnswer(key: [1], fingerprint: [8], answer: [], expiresAt: time(90)))
        try await store.forgetClaim(to: [1])
        #expect(try await claim([1], [8], at: 89) == .answered([]))
        #expect(try await claim([1], [7], at: 89) == .otherRequest)
        #expect(try await claim([1], [7], at: 90) == .claimed)
    }

    @Test(arguments: StoreKind.allCases)
    func `of many who ask at once, one carries a request out`(_ kind: StoreKind) async throws {
        let store = try Access(kind).store
        let claims = try await withThrowingTaskGroup(of: AnswerClaim.self) { group in
            for _ in 0..<50 {
                group.addTask { [self] in
                    try await store.claimAnswer(to: [1], fingerprint: [1], at: time(1), until: time(9))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(claims.count { $0 == .claimed } == 1)
        #expect(claims.count { $0 == .inFlight } == 49)
    }
}
