internal import CCrypto

/// Signatures on the curve P-256 with SHA-256 (FIPS 186-5).
package enum ECDSA {
    /// Whether a signature was made of these bytes with the private half of the key. What cannot be read is no signature.
    ///
    /// - Parameters:
    ///   - signature: in DER.
    ///   - bytes: what was signed.
    ///   - publicKey: a SubjectPublicKeyInfo in DER.
    package static func isSignature(_ signature: [UInt8], of bytes: [UInt8], publicKey: [UInt8]) -> Bool {
        let key: OpaquePointer? = publicKey.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            return d2i_PUBKEY(nil, &start, buffer.count)
        }
        guard let key, let context = EVP_MD_CTX_new() else { return false }
        defer {
            EVP_PKEY_free(key)
            EVP_MD_CTX_free(context)
        }
        guard EVP_PKEY_get_base_id(key) == EVP_PKEY_EC,
            EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key) == 1
        else { return false }
        let isRight = EVP_DigestVerify(context, signature, signature.count, bytes, bytes.count) == 1
        // What was wrong would else stay in the thread's list of errors.
        ERR_clear_error()
        return isRight
    }
}
