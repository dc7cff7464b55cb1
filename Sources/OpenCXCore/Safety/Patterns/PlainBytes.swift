/// A text's bytes, written in ASCII where other characters say the same, with the place that each comes from.
///
/// Full-width and Arabic digits, no-break spaces and typographic hyphens are what a telephone's keyboard or a copied page puts
/// into a number; characters of no width inside it are dropped.
struct PlainBytes {
    private(set) var bytes: [UInt8]
    /// Where each byte begins and ends in the text; none when nothing was changed.
    private var origins: [(start: Int, end: Int)] = []

    init(_ text: String) {
        bytes = Array(text.utf8)
        guard bytes.contains(where: { $0 >= 0x80 }) else { return }
        var plain: [UInt8] = []
        var origins: [(start: Int, end: Int)] = []
        plain.reserveCapacity(bytes.count)
        origins.reserveCapacity(bytes.count)
        var position = 0
        for scalar in text.unicodeScalars {
            let width = UTF8.width(scalar)
            let next = position + width
            if let byte = Self.plain(scalar) {
                plain.append(byte)
                origins.append((position, next))
            } else if !Self.hasNoWidth(scalar) || plain.last?.isASCIILetter == true
                || (next < bytes.count && bytes[next].isASCIILetter)
            {
                // Between letters it stays, for it sets a number off from them.
                for place in position..<next {
                    plain.append(bytes[place])
                    origins.append((place, place + 1))
                }
            }
            position = next
        }
        bytes = plain
        self.origins = origins
    }

    /// The place in the text of a stretch of these bytes.
    func place(of range: Range<Int>) -> Range<Int> {
        guard !origins.isEmpty, !range.isEmpty else { return range }
        return origins[range.lowerBound].start..<origins[range.upperBound - 1].end
    }

    private static func plain(_ scalar: Unicode.Scalar) -> UInt8? {
        switch scalar.value {
        case 0..<0x80: UInt8(scalar.value)
        case 0xFF01...0xFF5E: UInt8(scalar.value - 0xFF01 + 0x21)
        case 0x660...0x669: UInt8(scalar.value - 0x660 + 48)
        case 0x6F0...0x6F9: UInt8(scalar.value - 0x6F0 + 48)
        case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: UInt8(ascii: " ")
        case 0x2010...0x2015, 0x2212, 0xFE63: UInt8(ascii: "-")
        default: nil
        }
    }

    private static func hasNoWidth(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}
