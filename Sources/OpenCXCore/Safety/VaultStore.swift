/// A raw value as a vault that encrypts keeps it: nothing of it can be read without the key.
public struct SealedValue: Sendable, Hashable {
    /// The placeholder that stands for it.
    public var placeholder: Placeholder
    /// Names the key that it is sealed with.
    public var key: String
    /// Equal for equal values of one session under one key, and tells nothing else.
    public var fingerprint: [UInt8]
    /// The value, encrypted.
    public var sealed: [UInt8]
    /// When it was kept, or sealed anew.
    public var at: Timestamp

    /// Makes a sealed value from its parts.
    public init(placeholder: Placeholder, key: String, fingerprint: [UInt8], sealed: [UInt8], at: Timestamp) {
        self.placeholder = placeholder
        self.key = key
        self.fingerprint = fingerprint
        self.sealed = sealed
        self.at = at
    }
}

/// Where an encrypting vault keeps what it has sealed. Several processes may share one.
public protocol VaultStore: Sendable {
    /// What is kept for a session, by placeholder.
    func sealedValues(of session: SessionID) async throws -> [SealedValue]

    /// Keeps more values of a session, all of them or none: none where a placeholder or a fingerprint is taken meanwhile.
    ///
    /// - Returns: whether they are kept.
    func addSealedValues(_ values: [SealedValue], of session: SessionID) async throws -> Bool

    /// Replaces values that are sealed with an old key, by placeholder.
    func replaceSealedValues(_ values: [SealedValue], of session: SessionID) async throws

    /// Sessions of which values are kept under other keys than this one, with ids after `session`, in order of their ids, at most
    /// so many.
    func sessionsSealed(
        withKeysOtherThan key: String, after session: SessionID?, limit: Int
    ) async throws -> [SessionID]

    /// Removes everything of a session.
    func removeSealedValues(of session: SessionID) async throws

    /// Removes everything that was kept before a time.
    func removeSealedValues(before time: Timestamp) async throws
}

/// Keeps sealed values in memory, for tests.
public final class InMemoryVaultStore: VaultStore {
    private let rows = Locked([SessionID: [SealedValue]]())

    /// Makes an empty store.
    public init() {}

    /// See ``VaultStore/sealedValues(of:)``.
    public func sealedValues(of session: SessionID) async throws -> [SealedValue] {
        rows.withLock { $0[session] ?? [] }
    }

    /// See ``VaultStore/addSealedValues(_:of:)``.
    public func addSealedValues(_ values: [SealedValue], of session: SessionID) async throws -> Bool {
        rows.withLock { rows in
            let known = rows[session] ?? []
            let isTaken = values.contains { value in
                known.contains { $0.placeholder == value.placeholder || $0.fingerprint == value.fingerprint }
            }
            if isTaken { return false }
            rows[session] = known + values
            return true
        }
    }

    /// See ``VaultStore/replaceSealedValues(_:of:)``.
    public func replaceSealedValues(_ values: [SealedValue], of session: SessionID) async throws {
        rows.withLock { rows in
            for value in values {
                guard let index = rows[session]?.firstIndex(where: { $0.placeholder == value.placeholder }) else {
                    continue
                }
                rows[session]?[index] = value
            }
        }
    }

    /// See ``VaultStore/sessionsSealed(withKeysOtherThan:after:limit:)``.
    public func sessionsSealed(
        withKeysOtherThan key: String, after session: SessionID?, limit: Int
    ) async throws -> [SessionID] {
        rows.withLock { rows in
            let sealed = rows.filter { row in
                row.value.contains { $0.key != key } && session.map { row.key > $0 } ?? true
            }
            return Array(sealed.keys.sorted().prefix(limit))
        }
    }

    /// See ``VaultStore/removeSealedValues(of:)``.
    public func removeSealedValues(of session: SessionID) async throws {
        rows.withLock { _ = $0.removeValue(forKey: session) }
    }

    /// See ``VaultStore/removeSealedValues(before:)``.
    public func removeSealedValues(before time: Timestamp) async throws {
        rows.withLock { rows in
            for session in rows.keys { rows[session]?.removeAll { $0.at < time } }
        }
    }
}
