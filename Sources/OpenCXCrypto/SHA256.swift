internal import CCrypto

/// SHA-256 (FIPS 180-4), and HMAC with it (RFC 2104).
package enum SHA256 {
    /// How many bytes a digest has.
    package static let byteCount = 32

    /// The digest of the bytes.
    package static func digest(of bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { digest, count in
            // Fails for no input: the algorithm is built in and has no state.
            CCrypto.SHA256(bytes, bytes.count, digest.baseAddress)
            count = byteCount
        }
    }

    /// The authentication code of the bytes under the key.
    package static func authenticationCode(for bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { code, count in
            var length: UInt32 = 0
            let made = HMAC(
                EVP_sha256(), key, Int32(key.count), bytes, bytes.count, code.baseAddress, &length)
            // Only a lack of memory makes it fail, and a code that is not there must never be taken for one that is.
            precondition(made != nil && length == byteCount, "HMAC-SHA256 cannot be computed.")
            count = byteCount
        }
    }
}
