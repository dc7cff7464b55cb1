/// FNV-1a over 128 bits: the same number for the same bytes on every machine and in every release.
///
/// For recognising equal content, not for security: whoever may choose the bytes can make two that collide.
package struct StableHash {
    private var state: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d

    package init() {}

    package mutating func combine(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            state ^= UInt128(byte)
            state &*= 0x0000_0000_0100_0000_0000_0000_0000_013b
        }
        // A separator that no UTF-8 text holds, so that ("ab", "c") and ("a", "bc") differ.
        state ^= 0xFF
        state &*= 0x0000_0000_0100_0000_0000_0000_0000_013b
    }

    package mutating func combine(_ text: String) {
        combine(text.utf8)
    }

    /// The hash as 32 hexadecimal digits.
    package var hexDigits: String {
        let digits = String(state, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }

    /// Half of the hash.
    package var low64: UInt64 { UInt64(truncatingIfNeeded: state) }

    package static func hex(_ parts: String...) -> String {
        var hash = StableHash()
        for part in parts { hash.combine(part) }
        return hash.hexDigits
    }
}
