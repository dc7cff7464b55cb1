internal import CCrypto

/// Comparing secrets.
package enum ConstantTime {
    /// Whether both are the same bytes. How long it takes depends on their number only, so that nobody can find a secret
    /// byte by byte.
    package static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        a.count == b.count && CRYPTO_memcmp(a, b, a.count) == 0
    }
}
