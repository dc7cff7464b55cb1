/// FNV-1a over 128 bits: the same number for the same bytes on every machine and in every release.
///
/// For recognising equal content, not for security: whoever may choose the bytes can make two that collide.
package struct StableHash {
    private var high: UInt64 = 0x6c62_272e_07bb_0142
    private var low: UInt64 = 0x62b8_2175_6295_c58d

    package init() {}

    package mutating func combine(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { combine(byte) }
        // A separator that no UTF-8 text holds, so that ("ab", "c") and ("a", "bc") differ.
        combine(0xFF)
    }

    package mutating func combine(_ text: String) {
        var text = text
        text.withUTF8 { combine($0) }
    }

    /// Multiplies with the prime, 2^88 + 0x13b, in two halves: the upper power of two is a shift.
    private mutating func combine(_ byte: UInt8) {
        let xored = low ^ UInt64(byte)
        let product = xored.multipliedFullWidth(by: 0x13b)
        high = high &* 0x13b &+ product.high &+ xored << 24
        low = product.low
    }

    /// The hash as 32 hexadecimal digits.
    package var hexDigits: String {
        String(unsafeUninitializedCapacity: 32) { digits in
            for place in 0..<32 {
                let half = place < 16 ? high : low
                let digit = UInt8(truncatingIfNeeded: half >> UInt64(4 * (15 - place % 16)) & 15)
                digits.initializeElement(
                    at: place, to: digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10))
            }
            return 32
        }
    }

    /// Half of the hash.
    package var low64: UInt64 { low }

    package static func hex(_ parts: String...) -> String {
        var hash = StableHash()
        for part in parts { hash.combine(part) }
        return hash.hexDigits
    }
}
