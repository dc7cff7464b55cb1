internal import CCrypto

/// scrypt (RFC 7914): makes a key out of a password, slowly and with much memory, so that guessing is dear.
package enum Scrypt {
    /// Derives a key, blocking for as long as the costs say.
    ///
    /// - Parameters:
    ///   - password: the password.
    ///   - salt: other bytes for each password.
    ///   - cost: N, a power of two; memory and time grow with it.
    ///   - blockSize: r; memory and time grow with it.
    ///   - parallelism: p; time grows with it.
    ///   - count: how many bytes the key has.
    /// - Returns: the key; `nil` when the parameters make no sense or want more than 256 MB.
    package static func key(
        from password: [UInt8], salt: [UInt8], cost: UInt64, blockSize: UInt64, parallelism: UInt64, count: Int
    ) -> [UInt8]? {
        var key = [UInt8](repeating: 0, count: count)
        let made = password.withUnsafeBytes { password in
            password.withMemoryRebound(to: CChar.self) { password in
                EVP_PBE_scrypt(
                    password.baseAddress, password.count, salt, salt.count, cost, blockSize, parallelism, 1 << 28,
                    &key, key.count)
            }
        }
        return made == 1 ? key : nil
    }
}
