internal import CCrypto

/// HMAC with SHA-1 (RFC 2104), for vendors that sign with nothing newer. SHA-1 is broken for signatures on documents, not as
/// the core of an HMAC.
package enum SHA1 {
    /// How many bytes a code has.
    package static let byteCount = 20

    /// The authentication code of the bytes under the key.
    package static func authenticationCode(for bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { code, count in
            var length: UInt32 = 0
            let made = HMAC(EVP_sha1(), key, Int32(key.count), bytes, bytes.count, code.baseAddress, &length)
            // Only a lack of memory makes it fail, and a code that is not there must never be taken for one that is.
            precondition(made != nil && length == byteCount, "HMAC-SHA1 cannot be computed.")
            count = byteCount
        }
    }
}
