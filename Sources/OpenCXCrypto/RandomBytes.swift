internal import CCrypto

/// Bytes that nobody can guess.
package enum RandomBytes {
    /// As many bytes as are asked for, for keys and secrets.
    package static func make(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { bytes, initialized in
            // Without randomness of the system there is no secret to be made, and nothing to go on with.
            precondition(RAND_bytes(bytes.baseAddress, Int32(count)) == 1, "The system gives no random bytes.")
            initialized = count
        }
    }
}
