public import OpenCXCore
internal import OpenCXCrypto

/// Remembers what requests with an idempotency key were answered, so that a request that is sent again is not carried out again.
///
/// What is kept is sealed under a key that follows from the caller's credential and the idempotency key, of which the store has
/// neither: an answer may hold a customer's data, and an erasure does not look for it here.
public struct AnswerMemory: Sendable {
    /// What is to be done with a request.
    public enum Verdict: Sendable {
        /// Carry it out, and then tell what came of it.
        case proceed(Claim)
        /// Give this answer again.
        case `repeat`([UInt8])
        /// It is being carried out just now.
        case inFlight
        /// The idempotency key was used for another request.
        case otherRequest
    }

    /// The right to carry a request out.
    public struct Claim: Sendable {
        /// Stands for the idempotency key and whose it is. Another program cannot make it.
        public var name: String { Hexadecimal.encode(key) }
        fileprivate var key: [UInt8]
        fileprivate var fingerprint: [UInt8]
        fileprivate var sealing: Secret
    }

    private let store: any AccessStore
    private let clock: any AgentClock
    private let lifetime: Duration
    private let lease: Duration

    /// Joins a store with the time.
    ///
    /// - Parameters:
    ///   - store: where answers are kept.
    ///   - lifetime: for how long.
    ///   - lease: how long a request may take; after that, a caller whose server died may try again.
    ///   - clock: the time.
    public init(
        store: any AccessStore, lifetime: Duration = .seconds(24 * 3600), lease: Duration = .seconds(300),
        clock: any AgentClock
    ) {
        self.store = store
        self.lifetime = lifetime
        self.lease = lease
        self.clock = clock
    }

    /// Asks what is to be done with a request.
    ///
    /// - Parameters:
    ///   - name: the idempotency key, in the caller's words.
    ///   - caller: what the caller proved to be with.
    ///   - request: everything that makes two requests the same.
    /// - Throws: the store's errors.
    public func begin(_ name: String, of caller: Secret, request: [[UInt8]]) async throws -> Verdict {
        let credential = Array(caller.reveal().utf8)
        func derived(_ use: String, _ parts: [[UInt8]]) -> [UInt8] {
            let framed = parts.flatMap { part in
                (0..<8).map { UInt8(truncatingIfNeeded: part.count >> ($0 * 8)) } + part
            }
            return SHA256.authenticationCode(for: Array(use.utf8) + framed, key: credential)
        }
        let claim = Claim(
            key: derived("opencx answer name 1", [Array(name.utf8)]),
            fingerprint: derived("opencx answer request 1", request),
            sealing: Secret(Base64.encode(derived("opencx answer seal 1", [Array(name.utf8)]))))
        let now = clock.now()
        switch try await store.claimAnswer(
            to: claim.key, fingerprint: claim.fingerprint, at: now, until: now + lease)
        {
        case .claimed: return .proceed(claim)
        case .inFlight: return .inFlight
        case .otherRequest: return .otherRequest
        case .answered(let sealed):
            guard let answer = AESGCM.open(sealed, key: claim.sealingBytes, binding: claim.key) else {
                // Somebody changed it. Carrying the request out again would be worse than saying so.
                throw StoreError(.corrupt, "What a request was answered cannot be read.")
            }
            return .repeat(answer)
        }
    }

    /// Keeps what a request was answered.
    ///
    /// - Throws: the store's errors.
    public func finish(_ claim: Claim, answer: [UInt8]) async throws {
        let sealed = AESGCM.seal(answer, key: claim.sealingBytes, binding: claim.key)
        try await store.remember(
            RememberedAnswer(
                key: claim.key, fingerprint: claim.fingerprint, answer: sealed, expiresAt: clock.now() + lifetime))
    }

    /// Gives up: the request was not carried out, and may come again.
    ///
    /// - Throws: the store's errors.
    public func abandon(_ claim: Claim) async throws { try await store.forgetClaim(to: claim.key) }
}

extension AnswerMemory.Claim {
    fileprivate var sealingBytes: [UInt8] { Base64.decode(sealing.reveal()) ?? [] }
}
