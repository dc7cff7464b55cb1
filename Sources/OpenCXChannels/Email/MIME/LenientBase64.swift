/// Base64 as it is found in mails: in lines, with pieces that end for themselves, cut off, or no Base64 at all.
enum LenientBase64 {
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, digit) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated() {
            values[Int(digit)] = UInt8(value)
        }
        return values
    }()

    /// The bytes that are meant; what cannot be Base64 is returned as it is.
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>, limit: Int) -> [UInt8] {
        if isText(bytes) { return Array(bytes.prefix(limit)) }
        var result: [UInt8] = []
        result.reserveCapacity(min(limit, bytes.count / 4 * 3 + 3))
        var (buffer, bits) = (UInt32(0), UInt32(0))
        for byte in bytes {
            let value = values[Int(byte)]
            if value == 0xFF {
                // A piece ends; the next one begins anew.
                if byte == UInt8(ascii: "=") { (buffer, bits) = (0, 0) }
                continue
            }
            buffer = (buffer & 0xFFFF) << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                result.append(UInt8(truncatingIfNeeded: buffer >> bits))
                if result.count == limit { break }
            }
        }
        return result
    }

    /// Whether it is text that was called Base64 by mistake: lines with several words.
    private static func isText(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var spaces = 0
        var isInWord = false
        for byte in bytes.prefix(400) {
            switch byte {
            case 0x20:
                if isInWord { spaces += 1 }
                isInWord = false
            case 0x0D, 0x0A, 0x09: isInWord = false
            default: isInWord = true
            }
        }
        return spaces >= 3
    }
}
