/// A sum over bytes that notices damage: every step is one-to-one, so one changed word always changes the result. It does not
/// notice malice; what is read is checked in full for that reason.
enum Checksum {
    static func of(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.withUnsafeBytes { raw in
            var sum: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(raw.count)
            var offset = 0
            while offset + 8 <= raw.count {
                let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                sum = step(sum ^ word)
                offset += 8
            }
            while offset < raw.count {
                sum = step(sum ^ UInt64(raw[offset]))
                offset += 1
            }
            return sum ^ (sum >> 32)
        }
    }

    @inline(__always)
    private static func step(_ value: UInt64) -> UInt64 {
        let product = value &* 0xBF58_476D_1CE4_E5B9
        return product ^ (product >> 29)
    }
}
