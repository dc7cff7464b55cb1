/// What stands for a character that a JSON text cannot hold as it is.
enum JSONEscapes {
    /// The text's bytes as they are meant.
    ///
    /// - Throws: `DecodingError.dataCorrupted` when a backslash begins nothing.
    static func removed(from text: ArraySlice<UInt8>) throws -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var place = text.startIndex
        while place < text.endIndex {
            guard text[place] == UInt8(ascii: "\\") else {
                result.append(text[place])
                place += 1
                continue
            }
            guard place + 1 < text.endIndex else { throw unknown }
            place += 2
            switch text[place - 1] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(text[place - 1])
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "u"): result += try character(in: text, &place)
            default: throw unknown
            }
        }
        return result
    }

    /// A character by its number in UTF-16; one that does not fit is written as two.
    private static func character(in text: ArraySlice<UInt8>, _ place: inout Int) throws -> [UInt8] {
        var units = [try unit(in: text, &place)]
        if UTF16.isLeadSurrogate(units[0]), text[place...].starts(with: "\\u".utf8) {
            place += 2
            units.append(try unit(in: text, &place))
        }
        guard let character = String(validating: units, as: UTF16.self) else { throw unknown }
        return Array(character.utf8)
    }

    private static func unit(in text: ArraySlice<UInt8>, _ place: inout Int) throws -> UInt16 {
        let digits = text[place...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw unknown }
        place += 4
        return unit
    }

    private static let unknown = JSONText.corrupt("A backslash begins nothing.")
}
