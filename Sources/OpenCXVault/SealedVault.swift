public import OpenCXCore

/// A vault that survives a restart, and that several processes share: raw values are encrypted (AES-256-GCM) before they are kept.
///
/// The first key seals; the others open what was sealed before. To change keys, put a new one before the old one, call
/// ``renew()``, and take the old one away once no process seals with it and nothing was left behind.
public struct SealedVault: PIIVault {
    private let store: any VaultStore
    private let keys: [VaultKey]
    private let clock: any AgentClock
    private let lifetime: Duration?

    /// No session keeps more values; what is beyond stays masked.
    private static let valuesPerSession = 10_000

    /// Joins a store with the keys.
    ///
    /// - Parameters:
    ///   - store: where sealed values are kept.
    ///   - key: the key that new values are sealed with.
    ///   - earlier: keys that values were sealed with before.
    ///   - lifetime: how long a value is given out; without it, for as long as its session is kept.
    ///   - clock: the time.
    public init(
        store: any VaultStore, key: VaultKey, earlier: [VaultKey] = [], lifetime: Duration? = nil, clock: any AgentClock
    ) {
        self.store = store
        self.keys = [key] + earlier
        self.clock = clock
        self.lifetime = lifetime
    }

    /// See ``/OpenCXCore/PIIVault/placeholders(for:in:above:)``.
    public func placeholders(
        for values: [PIIValue], in session: SessionID, above counts: PlaceholderCounts
    ) async throws -> [Placeholder] {
        if values.isEmpty { return [] }
        // Another process may add values of the same session at the same time; whoever is second looks again.
        for _ in 0..<8 {
            let known = try await store.sealedValues(of: session)
            let (placeholders, added) = assign(values, in: session, known, above: counts)
            if added.isEmpty { return placeholders }
            if try await store.addSealedValues(added, of: session) { return placeholders }
        }
        throw VaultError.busy
    }

    private func assign(
        _ values: [PIIValue], in session: SessionID, _ known: [SealedValue], above counts: PlaceholderCounts
    ) -> ([Placeholder], [SealedValue]) {
        var byFingerprint: [[UInt8]: Placeholder] = [:]
        var highest = counts
        for value in known { byFingerprint[value.fingerprint] = value.placeholder }
        highest.include(known.map(\.placeholder))
        var added: [SealedValue] = []
        let now = clock.now()
        let placeholders = values.map { value in
            for key in keys {
                if let placeholder = byFingerprint[key.fingerprint(of: value, in: session)] { return placeholder }
            }
            let number = min(highest[value.kind] + 1, PlaceholderCounts.limit)
            let placeholder = Placeholder(kind: value.kind, number: number)
            highest[value.kind] = number
            guard known.count + added.count < Self.valuesPerSession, number < PlaceholderCounts.limit else {
                return placeholder
            }
            let fingerprint = keys[0].fingerprint(of: value, in: session)
            byFingerprint[fingerprint] = placeholder
            added.append(
                SealedValue(
                    placeholder: placeholder, key: keys[0].id, fingerprint: fingerprint,
                    sealed: keys[0].seal(value.raw, placeholder, in: session), at: now))
            return placeholder
        }
        return (placeholders, added)
    }

    /// See ``/OpenCXCore/PIIVault/values(of:in:)``.
    public func values(of placeholders: [Placeholder], in session: SessionID) async throws -> [Placeholder: String] {
        if placeholders.isEmpty { return [:] }
        let wanted = Set(placeholders)
        let oldest = lifetime.map { clock.now() - $0 }
        var values: [Placeholder: String] = [:]
        for value in try await store.sealedValues(of: session) where wanted.contains(value.placeholder) {
            if let oldest, value.at < oldest { continue }
            let keys = keys.filter { $0.id == value.key }
            values[value.placeholder] =
                keys.lazy.compactMap { $0.open(value.sealed, value.placeholder, in: session) }.first
        }
        return values
    }

    /// See ``/OpenCXCore/PIIVault/forget(_:)``.
    public func forget(_ session: SessionID) async throws {
        try await store.removeSealedValues(of: session)
    }

    /// See ``/OpenCXCore/PIIVault/expire(before:)``.
    public func expire(before time: Timestamp) async throws {
        try await store.removeSealedValues(before: time)
    }

    /// See ``/OpenCXCore/PIIVault/expire()``.
    public func expire() async throws {
        if let lifetime { try await expire(before: clock.now() - lifetime) }
    }

    /// Seals every value anew that is sealed with an earlier key, one session after the other. Others may use the vault meanwhile.
    public func renew() async throws -> VaultRenewal {
        var renewal = VaultRenewal()
        var last: SessionID?
        while true {
            let sessions = try await store.sessionsSealed(
                withKeysOtherThan: keys[0].id, after: last, limit: Self.sessionsAtOnce)
            for session in sessions {
                let old = try await store.sealedValues(of: session).filter { $0.key != keys[0].id }
                let renewed = old.compactMap { renew($0, in: session) }
                try await store.replaceSealedValues(renewed, of: session)
                renewal.renewed += renewed.count
                renewal.unopened += old.count - renewed.count
            }
            guard let end = sessions.last else { return renewal }
            last = end
        }
    }

    private func renew(_ value: SealedValue, in session: SessionID) -> SealedValue? {
        let raw = keys.lazy.filter { $0.id == value.key }
            .compactMap { $0.open(value.sealed, value.placeholder, in: session) }.first
        guard let raw else { return nil }
        return SealedValue(
            placeholder: value.placeholder, key: keys[0].id,
            fingerprint: keys[0].fingerprint(of: PIIValue(kind: value.placeholder.kind, raw: raw), in: session),
            sealed: keys[0].seal(raw, value.placeholder, in: session), at: value.at)
    }

    private static let sessionsAtOnce = 100
}

/// What changing keys came to.
public struct VaultRenewal: Sendable, Hashable {
    /// How many values were sealed with the new key.
    public var renewed = 0
    /// How many could not be opened: their key is not among those given, or they were tampered with. They stay as they are.
    public var unopened = 0
}

/// Why a value could not be put into the vault.
public enum VaultError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Other processes kept adding values of the same session.
    case busy

    /// What is wrong and what to do about it.
    public var description: String { "The session's personal data kept changing; try again." }
}
