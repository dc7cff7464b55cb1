internal import Dispatch
public import OpenCXCore
internal import OpenCXCrypto

/// Hashes passwords with scrypt, one at a time, on a queue of its own: a hash takes a good tenth of a second and 32 MB, and the
/// threads that tasks share have better things to do.
public actor PasswordHasher {
    /// How dear a hash is.
    public struct Cost: Sendable, Hashable {
        /// The logarithm of N: memory and time double with each step.
        public var log2N: Int
        /// r, the block size.
        public var blockSize: Int
        /// p, how often.
        public var parallelism: Int

        /// Makes a cost. What is left out has the value that OWASP recommends for 32 MB.
        public init(log2N: Int = 15, blockSize: Int = 8, parallelism: Int = 3) {
            self.log2N = log2N
            self.blockSize = blockSize
            self.parallelism = parallelism
        }

        /// Whether scrypt takes these, and one hash wants no more than 128 MB: however a hash says it was made, it must not be what
        /// stops a process.
        var isSane: Bool {
            (1...16).contains(blockSize) && (1...16).contains(parallelism) && (1...20).contains(log2N)
                && log2N < 16 * blockSize && blockSize << (log2N + 7) <= 1 << 27
        }
    }

    /// The cost of new hashes. Those made at another cost stay good.
    public let cost: Cost
    /// How many keys have been derived.
    package private(set) var derivations = 0
    private let queue = PasswordQueue()
    /// What a password is compared with when there is nobody of that name, so that it takes as long.
    private lazy var decoy = hash(Array("nobody".utf8))

    /// Makes a hasher.
    public init(cost: Cost = Cost()) {
        precondition(cost.isSane, "scrypt with at most 128 MB, and block size and parallelism 1...16.")
        self.cost = cost
    }

    /// The queue that hashes are made on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    /// The hash of a password, with a salt of its own and the cost in it: `scrypt$15$8$3$salt$key`.
    public func hash(_ password: Secret) -> String { hash(Array(password.reveal().utf8)) }

    /// Whether a password is the one that was hashed. Without a hash the answer is no, after the same time.
    ///
    /// - Parameters:
    ///   - password: what somebody claims to be the password.
    ///   - hash: what ``hash(_:)`` made of the password; `nil` where there is nobody with one.
    public func isPassword(_ password: Secret, of hash: String?) -> Bool {
        let candidate = Array(password.reveal().utf8)
        // Made before anything is looked at, so that whose the first password is does not show.
        let decoy = decoy
        guard let hash, let stored = StoredHash(hash) else {
            if let stranger = StoredHash(decoy) { _ = matches(candidate, stranger) }
            return false
        }
        return matches(candidate, stored)
    }

    private func matches(_ password: [UInt8], _ stored: StoredHash) -> Bool {
        ConstantTime.areEqual(stored.key, key(of: password, salt: stored.salt, cost: stored.cost))
    }

    private func hash(_ password: [UInt8]) -> String {
        let salt = RandomBytes.make(16)
        return StoredHash(cost: cost, salt: salt, key: key(of: password, salt: salt, cost: cost)).text
    }

    private func key(of password: [UInt8], salt: [UInt8], cost: Cost) -> [UInt8] {
        derivations += 1
        let key = Scrypt.key(
            from: password, salt: salt, cost: 1 << UInt64(cost.log2N), blockSize: UInt64(cost.blockSize),
            parallelism: UInt64(cost.parallelism), count: StoredHash.keyByteCount)
        // The parameters are sane; without memory there is no way to tell who may get in.
        guard let key else { preconditionFailure("There is no memory for scrypt.") }
        return key
    }
}

/// A hash, read.
private struct StoredHash {
    static let keyByteCount = 32

    var cost: PasswordHasher.Cost
    var salt: [UInt8]
    var key: [UInt8]

    init(cost: PasswordHasher.Cost, salt: [UInt8], key: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.key = key
    }

    init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let log2N = Int(parts[1]), let blockSize = Int(parts[2]),
            let parallelism = Int(parts[3]), let salt = Base64.decode(parts[4]), let key = Base64.decode(parts[5]),
            key.count == Self.keyByteCount
        else { return nil }
        cost = PasswordHasher.Cost(log2N: log2N, blockSize: blockSize, parallelism: parallelism)
        guard cost.isSane else { return nil }
        self.salt = salt
        self.key = key
    }

    var text: String {
        "scrypt$\(cost.log2N)$\(cost.blockSize)$\(cost.parallelism)$\(Base64.encode(salt))$\(Base64.encode(key))"
    }
}

/// Runs an actor's work on a serial queue of its own.
private final class PasswordQueue: SerialExecutor {
    private let queue = DispatchQueue(label: "opencx.passwords")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
