internal import CCrypto

/// AES-256 in Galois/Counter Mode (NIST SP 800-38D).
package enum AESGCM {
    /// How many bytes a key has.
    package static let keyByteCount = 32
    private static let nonceByteCount = 12
    private static let tagByteCount = 16

    /// Encrypts bytes and binds them to others that stay in the open.
    ///
    /// The nonce is random and stands before the result, the tag behind it. One key may seal 2³² messages (section 8.3).
    package static func seal(_ bytes: [UInt8], key: [UInt8], binding context: [UInt8]) -> [UInt8] {
        precondition(key.count == keyByteCount, "AES-256 has keys of 32 bytes.")
        let nonce = RandomBytes.make(nonceByteCount)
        guard let cipher = EVP_CIPHER_CTX_new() else { preconditionFailure("There is no memory for a cipher.") }
        defer { EVP_CIPHER_CTX_free(cipher) }
        var sealed = [UInt8](repeating: 0, count: bytes.count)
        var tag = [UInt8](repeating: 0, count: tagByteCount)
        var length: Int32 = 0
        // Only a lack of memory makes these fail, and bytes that were not encrypted must never be taken for such that were.
        let isSealed =
            EVP_EncryptInit_ex(cipher, EVP_aes_256_gcm(), nil, key, nonce) == 1
            && EVP_EncryptUpdate(cipher, nil, &length, context, Int32(context.count)) == 1
            && EVP_EncryptUpdate(cipher, &sealed, &length, bytes, Int32(bytes.count)) == 1
            && EVP_EncryptFinal_ex(cipher, &tag, &length) == 1
            && EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_GET_TAG, Int32(tagByteCount), &tag) == 1
        precondition(isSealed, "AES-256-GCM cannot be computed.")
        return nonce + sealed + tag
    }

    /// The bytes that were sealed; `nil` when the key is another, or anything was changed.
    package static func open(_ sealed: [UInt8], key: [UInt8], binding context: [UInt8]) -> [UInt8]? {
        guard key.count == keyByteCount, sealed.count >= nonceByteCount + tagByteCount,
            let cipher = EVP_CIPHER_CTX_new()
        else { return nil }
        defer { EVP_CIPHER_CTX_free(cipher) }
        let nonce = Array(sealed.prefix(nonceByteCount))
        let body = Array(sealed.dropFirst(nonceByteCount).dropLast(tagByteCount))
        var tag = Array(sealed.suffix(tagByteCount))
        var opened = [UInt8](repeating: 0, count: body.count)
        var rest = [UInt8](repeating: 0, count: tagByteCount)
        var length: Int32 = 0
        let isOpen =
            EVP_DecryptInit_ex(cipher, EVP_aes_256_gcm(), nil, key, nonce) == 1
            && EVP_DecryptUpdate(cipher, nil, &length, context, Int32(context.count)) == 1
            && EVP_DecryptUpdate(cipher, &opened, &length, body, Int32(body.count)) == 1
            && EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_SET_TAG, Int32(tagByteCount), &tag) == 1
            && EVP_DecryptFinal_ex(cipher, &rest, &length) == 1
        return isOpen ? opened : nil
    }
}
