public import OpenCXCore

/// Sealed values, in the same file as the rest. They are kept before the message that brought them is, so they hang on no session.
extension SQLiteStore: VaultStore {
    /// See ``/OpenCXCore/VaultStore/sealedValues(of:)``.
    public func sealedValues(of session: SessionID) async throws -> [SealedValue] {
        try await read { database in
            try database.all(
                "SELECT kind, number, key, fingerprint, sealed, at FROM vault WHERE session = ? ORDER BY kind, number",
                .id(session)
            ) { row in
                SealedValue(
                    placeholder: Placeholder(kind: PIIKind(rawValue: row.text(0)), number: row.int(1)),
                    key: row.text(2),
                    fingerprint: row.bytes(3), sealed: row.bytes(4), at: row.time(5))
            }
        }
    }

    /// See ``/OpenCXCore/VaultStore/addSealedValues(_:of:)``.
    public func addSealedValues(_ values: [SealedValue], of session: SessionID) async throws -> Bool {
        try await write { database in
            for value in values {
                let isTaken = try database.first(
                    "SELECT 1 FROM vault WHERE session = ? AND (kind = ? AND number = ? OR fingerprint = ?)",
                    .id(session), .text(value.placeholder.kind.rawValue), .int(value.placeholder.number),
                    .blob(value.fingerprint)
                ) { _ in true }
                if isTaken != nil { return false }
            }
            for value in values {
                try database.run(
                    "INSERT INTO vault (session, kind, number, key, fingerprint, sealed, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    .id(session), .text(value.placeholder.kind.rawValue), .int(value.placeholder.number),
                    .text(value.key), .blob(value.fingerprint), .blob(value.sealed), .time(value.at))
            }
            return true
        }
    }

    /// See ``/OpenCXCore/VaultStore/replaceSealedValues(_:of:)``.
    public func replaceSealedValues(_ values: [SealedValue], of session: SessionID) async throws {
        try await write { database in
            for value in values {
                try database.run(
                    "UPDATE vault SET key = ?, fingerprint = ?, sealed = ? WHERE session = ? AND kind = ? AND number = ?",
                    .text(value.key), .blob(value.fingerprint), .blob(value.sealed), .id(session),
                    .text(value.placeholder.kind.rawValue), .int(value.placeholder.number))
            }
        }
    }

    /// See ``/OpenCXCore/VaultStore/sessionsSealed(withKeysOtherThan:after:limit:)``.
    public func sessionsSealed(
        withKeysOtherThan key: String, after session: SessionID?, limit: Int
    ) async throws -> [SessionID] {
        try await read { database in
            try database.all(
                "SELECT DISTINCT session FROM vault WHERE key <> ? AND session > ? ORDER BY session LIMIT ?",
                .text(key), .text(session?.rawValue ?? ""), .limit(limit)
            ) { SessionID($0.text(0)) }
        }
    }

    /// See ``/OpenCXCore/VaultStore/removeSealedValues(of:)``.
    public func removeSealedValues(of session: SessionID) async throws {
        try await write { try $0.run("DELETE FROM vault WHERE session = ?", .id(session)) }
    }

    /// See ``/OpenCXCore/VaultStore/removeSealedValues(before:)``.
    public func removeSealedValues(before time: Timestamp) async throws {
        try await write { try $0.run("DELETE FROM vault WHERE at < ?", .time(time)) }
    }
}
