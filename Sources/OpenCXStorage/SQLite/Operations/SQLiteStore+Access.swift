public import OpenCXCore

extension SQLiteStore: AccessStore {
    /// See ``/OpenCXCore/AccessStore/members()``.
    public func members() async throws -> [TeamMember] {
        try await read { database in
            try database.all(
                """
                SELECT id, name, role, password_hash, created_at, disabled_at FROM members ORDER BY name_key, id
                """
            ) { try TeamMember($0) }
        }
    }

    /// See ``/OpenCXCore/AccessStore/member(_:)``.
    public func member(_ id: PersonID) async throws -> TeamMember? {
        try await read { try $0.member(id) }
    }

    /// See ``/OpenCXCore/AccessStore/member(named:)``.
    public func member(named name: String) async throws -> TeamMember? {
        try await read { database in
            try database.first(
                "SELECT id, name, role, password_hash, created_at, disabled_at FROM members WHERE name_key = ?",
                .text(TeamMember.key(of: name))
            ) { try TeamMember($0) }
        }
    }

    /// See ``/OpenCXCore/AccessStore/addMember(_:)``.
    public func addMember(_ member: TeamMember) async throws -> Bool {
        try await write { database in
            try database.run(
                """
                INSERT INTO members (id, name_key, name, role, password_hash, created_at, disabled_at)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """,
                .id(member.id), .text(TeamMember.key(of: member.name)), .text(member.name),
                .text(member.role.rawValue), .text(member.passwordHash), .time(member.createdAt),
                .time(member.disabledAt))
            return database.changes == 1
        }
    }

    /// See ``/OpenCXCore/AccessStore/changeMember(_:_:)``.
    public func changeMember(_ id: PersonID, _ change: TeamMemberChange) async throws -> TeamMember? {
        try await write { database in
            guard let member = try database.member(id) else { return nil }
            let changed = change.applied(to: member)
            try database.run(
                "UPDATE members SET role = ?, password_hash = ?, disabled_at = ? WHERE id = ?",
                .text(changed.role.rawValue), .text(changed.passwordHash), .time(changed.disabledAt), .id(id))
            try database.run("DELETE FROM sign_ins WHERE person = ?", .id(id))
            return changed
        }
    }

    /// See ``/OpenCXCore/AccessStore/apiKeys()``.
    public func apiKeys() async throws -> [APIKeyRecord] {
        try await read { database in
            try database.all(
                """
                SELECT id, name, digest, scopes, created_at, last_used_at, revoked_at FROM api_keys ORDER BY number
                """
            ) { APIKeyRecord($0) }
        }
    }

    /// See ``/OpenCXCore/AccessStore/apiKey(digest:)``.
    public func apiKey(digest: [UInt8]) async throws -> APIKeyRecord? {
        try await read { database in
            try database.first(
                """
                SELECT id, name, digest, scopes, created_at, last_used_at, revoked_at FROM api_keys WHERE digest = ?
                """, .blob(digest)
            ) { APIKeyRecord($0) }
        }
    }

    /// See ``/OpenCXCore/AccessStore/addAPIKey(_:)``.
    public func addAPIKey(_ key: APIKeyRecord) async throws -> Bool {
        try await write { database in
            try database.run(
                """
                INSERT INTO api_keys (id, name, digest, scopes, created_at, last_used_at, revoked_at)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """,
                .id(key.id), .text(key.name), .blob(key.digest), .text(key.scopes.joined(separator: " ")),
                .time(key.createdAt), .time(key.lastUsedAt), .time(key.revokedAt))
            return database.changes == 1
        }
    }

    /// See ``/OpenCXCore/AccessStore/revokeAPIKey(_:at:)``.
    public func revokeAPIKey(_ id: APIKeyID, at time: Timestamp) async throws -> APIKeyRecord? {
        try await write { database in
            try database.run(
                "UPDATE api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", .time(time), .id(id))
            return try database.first(
                "SELECT id, name, digest, scopes, created_at, last_used_at, revoked_at FROM api_keys WHERE id = ?",
                .id(id)
            ) { APIKeyRecord($0) }
        }
    }

    /// See ``/OpenCXCore/AccessStore/noteUse(of:at:)``.
    public func noteUse(of id: APIKeyID, at time: Timestamp) async throws {
        try await write { database in
            try database.run(
                "UPDATE api_keys SET last_used_at = max(coalesce(last_used_at, ?), ?) WHERE id = ?",
                .time(time), .time(time), .id(id))
        }
    }

    /// See ``/OpenCXCore/AccessStore/addSignIn(_:passwordHash:)``.
    public func addSignIn(_ signIn: SignIn, passwordHash: String) async throws -> Bool {
        try await write { database in
            guard let member = try database.member(signIn.person), member.disabledAt == nil,
                member.passwordHash == passwordHash
            else { return false }
            try database.run("DELETE FROM sign_ins WHERE expires_at <= ?", .time(signIn.createdAt))
            try database.run(
                "INSERT OR REPLACE INTO sign_ins (digest, person, created_at, expires_at) VALUES (?, ?, ?, ?)",
                .blob(signIn.digest), .id(signIn.person), .time(signIn.createdAt), .time(signIn.expiresAt))
            return true
        }
    }

    /// See ``/OpenCXCore/AccessStore/signIn(digest:at:)``.
    public func signIn(digest: [UInt8], at time: Timestamp) async throws -> (signIn: SignIn, member: TeamMember)? {
        try await read { database in
            try database.first(
                """
                SELECT members.id, name, role, password_hash, members.created_at, disabled_at,
                    sign_ins.created_at, expires_at
                FROM sign_ins JOIN members ON members.id = person
                WHERE digest = ? AND expires_at > ? AND disabled_at IS NULL
                """, .blob(digest), .time(time)
            ) { row in
                let member = try TeamMember(row)
                let signIn = SignIn(
                    digest: digest, person: member.id, createdAt: row.time(6), expiresAt: row.time(7))
                return (signIn, member)
            }
        }
    }

    /// See ``/OpenCXCore/AccessStore/removeSignIn(digest:)``.
    public func removeSignIn(digest: [UInt8]) async throws {
        try await write { try $0.run("DELETE FROM sign_ins WHERE digest = ?", .blob(digest)) }
    }

    /// See ``/OpenCXCore/AccessStore/claimAnswer(to:fingerprint:at:until:)``.
    public func claimAnswer(
        to key: [UInt8], fingerprint: [UInt8], at time: Timestamp, until lease: Timestamp
    ) async throws -> AnswerClaim {
        try await write { database in
            let known = try database.first(
                "SELECT fingerprint, answer FROM remembered_answers WHERE key = ? AND expires_at > ?",
                .blob(key), .time(time)
            ) { row -> AnswerClaim in
                guard row.bytes(0) == fingerprint else { return .otherRequest }
                return row.isNull(1) ? .inFlight : .answered(row.bytes(1))
            }
            if let known { return known }
            // A few at a time: each request takes away more than it adds.
            try database.run(
                """
                DELETE FROM remembered_answers WHERE key IN
                    (SELECT key FROM remembered_answers WHERE expires_at <= ? ORDER BY expires_at LIMIT 20)
                """, .time(time))
            try database.run(
                """
                INSERT OR REPLACE INTO remembered_answers (key, fingerprint, answer, expires_at) VALUES (?, ?, NULL, ?)
                """, .blob(key), .blob(fingerprint), .time(lease))
            return .claimed
        }
    }

    /// See ``/OpenCXCore/AccessStore/remember(_:)``.
    public func remember(_ answer: RememberedAnswer) async throws {
        try await write { database in
            try database.run(
                """
                INSERT OR REPLACE INTO remembered_answers (key, fingerprint, answer, expires_at) VALUES (?, ?, ?, ?)
                """,
                .blob(answer.key), .blob(answer.fingerprint), .blob(answer.answer), .time(answer.expiresAt))
        }
    }

    /// See ``/OpenCXCore/AccessStore/forgetClaim(to:)``.
    public func forgetClaim(to key: [UInt8]) async throws {
        try await write {
            try $0.run("DELETE FROM remembered_answers WHERE key = ? AND answer IS NULL", .blob(key))
        }
    }
}

extension Database {
    fileprivate func member(_ id: PersonID) throws -> TeamMember? {
        try first(
            "SELECT id, name, role, password_hash, created_at, disabled_at FROM members WHERE id = ?", .id(id)
        ) { try TeamMember($0) }
    }
}

extension TeamMember {
    fileprivate init(_ row: Row) throws {
        guard let role = TeamRole(rawValue: row.text(2)) else { throw StoreError.unreadable("a member's role") }
        self.init(
            id: PersonID(row.text(0)), name: row.text(1), role: role, passwordHash: row.text(3),
            createdAt: row.time(4), disabledAt: row.optionalTime(5))
    }
}

extension APIKeyRecord {
    fileprivate init(_ row: Row) {
        self.init(
            id: APIKeyID(row.text(0)), name: row.text(1), digest: row.bytes(2),
            scopes: row.text(3).split(separator: " ").map(String.init), createdAt: row.time(4),
            lastUsedAt: row.optionalTime(5), revokedAt: row.optionalTime(6))
    }
}
