public import OpenCXCore
internal import OpenCXCrypto

/// A key that values are sealed with, and the name it goes by beside them.
public struct VaultKey: Sendable {
    /// Names the key; stands in the open beside what it seals.
    public let id: String
    private let sealing: [UInt8]
    private let marking: [UInt8]

    /// Why a text is no key.
    public enum Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// There is no name, or it is longer than 32 letters, digits, hyphens and underscores.
        case badName
        /// What follows the name is not Base64 of 32 bytes.
        case badKey

        /// What is wrong and what to do about it; never any of the key.
        public var description: String {
            switch self {
            case .badName: "A key needs a name before it, as in \"k1:…\": letters, digits, - and _, at most 32."
            case .badKey: "A key is Base64 of 32 random bytes; \"openssl rand -base64 32\" makes one."
            }
        }
    }

    /// Reads a key: its name, a colon, and Base64 of 32 bytes.
    ///
    /// - Throws: ``Problem``.
    public init(_ text: Secret) throws(Problem) {
        let parts = text.reveal().split(separator: ":", maxSplits: 1)
        guard parts.count == 2, (1...32).contains(parts[0].utf8.count),
            parts[0].utf8.allSatisfy({ $0 == 45 || $0 == 95 || (48...57).contains($0) || (97...122).contains($0 | 32) })
        else { throw .badName }
        guard let bytes = Base64.decode(parts[1]), bytes.count == AESGCM.keyByteCount else { throw .badKey }
        id = String(parts[0])
        // Two keys out of one, so that neither use tells anything about the other.
        sealing = SHA256.authenticationCode(for: Array("opencx vault seal 1".utf8), key: bytes)
        marking = SHA256.authenticationCode(for: Array("opencx vault mark 1".utf8), key: bytes)
    }

    /// Encrypts a value and binds it to its session and placeholder: moved to another, it cannot be opened.
    func seal(_ raw: String, _ placeholder: Placeholder, in session: SessionID) -> [UInt8] {
        AESGCM.seal(Array(raw.utf8), key: sealing, binding: context(placeholder, session))
    }

    /// The value; `nil` when it was sealed with another key, for another place, or was changed.
    func open(_ sealed: [UInt8], _ placeholder: Placeholder, in session: SessionID) -> String? {
        AESGCM.open(sealed, key: sealing, binding: context(placeholder, session)).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// The same for equal values of one session, so that they are found again without opening all of them.
    func fingerprint(of value: PIIValue, in session: SessionID) -> [UInt8] {
        let parts = [session.rawValue, value.kind.rawValue, value.raw].map { Array($0.utf8) }
        return Array(SHA256.authenticationCode(for: framed(parts), key: marking).prefix(16))
    }

    private func context(_ placeholder: Placeholder, _ session: SessionID) -> [UInt8] {
        framed([Array(id.utf8), Array(session.rawValue.utf8), Array(placeholder.description.utf8)])
    }

    /// Each part behind its length, so that no two lists of parts come to the same bytes.
    private func framed(_ parts: [[UInt8]]) -> [UInt8] {
        parts.flatMap { part in (0..<8).map { UInt8(truncatingIfNeeded: part.count >> ($0 * 8)) } + part }
    }
}
