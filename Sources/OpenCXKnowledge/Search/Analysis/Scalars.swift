/// Reads the Unicode scalars of valid UTF-8, as far as the tokenizer needs to tell them apart.
enum Scalars {
    /// The scalar at a place, and how many bytes it takes. Bytes that are no UTF-8 read as one replacement character.
    @inline(__always)
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (scalar: UInt32, length: Int) {
        let first = UInt32(bytes[index])
        let rest = bytes.count - index
        switch first {
        case 0..<0x80: return (first, 1)
        case 0xC0..<0xE0 where rest >= 2: return ((first & 0x1F) << 6 | continuation(bytes, index + 1), 2)
        case 0xE0..<0xF0 where rest >= 3:
            let low = continuation(bytes, index + 1) << 6 | continuation(bytes, index + 2)
            return ((first & 0x0F) << 12 | low, 3)
        case 0xF0..<0xF8 where rest >= 4:
            let middle = continuation(bytes, index + 1) << 12 | continuation(bytes, index + 2) << 6
            return ((first & 0x07) << 18 | middle | continuation(bytes, index + 3), 4)
        default: return (0xFFFD, 1)
        }
    }

    @inline(__always)
    private static func continuation(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> UInt32 {
        UInt32(bytes[index] & 0x3F)
    }

    /// What a scalar is to the tokenizer.
    enum Kind {
        case letter, mark, ideograph, other
    }

    static func kind(_ value: UInt32) -> Kind {
        switch value {
        case 0x300...0x36F: return .mark
        // Hiragana, Katakana, Han: written without spaces, so each character is a word.
        case 0x3041...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: return .ideograph
        default: break
        }
        guard let scalar = Unicode.Scalar(value) else { return .other }
        if scalar.properties.isAlphabetic { return .letter }
        switch scalar.properties.generalCategory {
        case .decimalNumber, .letterNumber, .otherNumber: return .letter
        case .nonspacingMark, .spacingMark, .enclosingMark: return .mark
        default: return .other
        }
    }

    /// Appends the lower case of a scalar as UTF-8; full-width forms become ASCII.
    static func appendLowercase(_ value: UInt32, to bytes: inout [UInt8]) {
        if value >= 0xFF01, value <= 0xFF5E {
            bytes.append(ASCII.lowercase(UInt8(value - 0xFEE0)))
            return
        }
        guard let scalar = Unicode.Scalar(value) else { return }
        // The dotted capital I would otherwise leave a combining dot.
        if value == 0x130 { return bytes.append(UInt8(ascii: "i")) }
        for scalar in scalar.properties.lowercaseMapping.unicodeScalars {
            bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }
}

/// The tests on single bytes that the fast path of the tokenizer uses.
enum ASCII {
    @inline(__always)
    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5A)
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    @inline(__always)
    static func lowercase(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
}
