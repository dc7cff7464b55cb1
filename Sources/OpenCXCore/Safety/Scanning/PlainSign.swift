/// A character beyond ASCII that says what an ASCII character says, or nothing.
struct PlainSign {
    /// The ASCII character; `nil` for a character of no width.
    var meaning: UInt8?
    /// How many bytes it has.
    var width: Int

    init(meaning: UInt8?, width: Int) {
        self.meaning = meaning
        self.width = width
    }

    /// The sign that begins here; `nil` where the character stands for itself.
    init?(at position: Int, in source: [UInt8]) {
        // Latin, Greek and Cyrillic letters are most of what is not ASCII, and stand for themselves.
        let lead = source[position]
        guard lead == 0xC2 || lead >= 0xD8, let (value, width) = Self.scalar(at: position, in: source) else {
            return nil
        }
        if let ascii = Self.ascii(value) {
            self.init(meaning: ascii, width: width)
        } else if Self.hasNoWidth(value) {
            self.init(meaning: nil, width: width)
        } else {
            return nil
        }
    }

    private static func scalar(at position: Int, in source: [UInt8]) -> (value: UInt32, width: Int)? {
        let lead = source[position]
        let width = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        // The bytes are a string's, so they are complete.
        guard lead >= 0xC2, position + width <= source.count else { return nil }
        var value = UInt32(lead) & (width == 2 ? 0x1F : width == 3 ? 0x0F : 0x07)
        for byte in source[position + 1..<position + width] { value = value << 6 | UInt32(byte & 0x3F) }
        return (value, width)
    }

    private static func ascii(_ value: UInt32) -> UInt8? {
        switch value {
        case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: UInt8(ascii: " ")
        case 0x2010...0x2015, 0x2043, 0x2212, 0x30FC, 0xFE58, 0xFE63: UInt8(ascii: "-")
        case 0xB7, 0x2022, 0x2024, 0x2027, 0x2219, 0x22C5, 0x3002, 0x30FB, 0xFE52, 0xFF61: UInt8(ascii: ".")
        case 0x2044, 0x2215: UInt8(ascii: "/")
        case 0x3001: UInt8(ascii: ",")
        case 0x300C...0x300F: UInt8(ascii: "\"")
        case 0xFE6B: UInt8(ascii: "@")
        case 0xFF01...0xFF5E: UInt8(value - 0xFF01 + 0x21)
        // Signs that lead with E2 and E3 and are frequent stand before the general question, which is dear.
        case 0x2018...0x2026, 0x20AC, 0x3041...0x9FFF: nil
        default: digit(value)
        }
    }

    /// The decimal digits of all scripts, mathematical ones too, and the circled ones.
    private static func digit(_ value: UInt32) -> UInt8? {
        switch value {
        case 0x2460...0x2468: return UInt8(value - 0x2460 + 49)
        case 0x24EA: return 48
        default: break
        }
        guard let scalar = Unicode.Scalar(value), scalar.properties.numericType == .decimal,
            let number = scalar.properties.numericValue
        else { return nil }
        return 48 + UInt8(number)
    }

    /// Also what turns a digit into a picture of one: the variation selector and the keycap.
    private static func hasNoWidth(_ value: UInt32) -> Bool {
        switch value {
        case 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x206F, 0x20E3,
            0xFE00...0xFE0F, 0xFEFF:
            true
        default: false
        }
    }
}
