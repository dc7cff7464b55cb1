/// JSON text as JavaScript's `JSON.stringify` writes what it has read: no spaces between things, nothing escaped that need not be.
///
/// Front signs rule webhooks over this form, whatever the bytes that it sends look like
/// (dev.frontapp.com/docs/rule-webhooks). The order of members and the way numbers are written stay.
enum CompactJSON {
    /// The text in compact form; `nil` for what cannot be JSON.
    static func text(of bytes: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while place < bytes.count {
            switch bytes[place] {
            case 0x20, 0x09, 0x0A, 0x0D: place += 1
            case UInt8(ascii: "\""):
                result.append(UInt8(ascii: "\""))
                place += 1
                guard let end = string(bytes, from: place, into: &result) else { return nil }
                place = end
            default:
                result.append(bytes[place])
                place += 1
            }
        }
        return result
    }

    /// Copies a string's content and its closing quote.
    ///
    /// - Returns: the place after it.
    private static func string(_ bytes: [UInt8], from start: Int, into result: inout [UInt8]) -> Int? {
        var place = start
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\""):
                result.append(UInt8(ascii: "\""))
                return place + 1
            case UInt8(ascii: "\\"):
                guard let end = escape(bytes, at: place, into: &result) else { return nil }
                place = end
            default:
                result.append(bytes[place])
                place += 1
            }
        }
        return nil
    }

    private static func escape(_ bytes: [UInt8], at place: Int, into result: inout [UInt8]) -> Int? {
        guard place + 1 < bytes.count else { return nil }
        switch bytes[place + 1] {
        case UInt8(ascii: "/"):
            result.append(UInt8(ascii: "/"))
            return place + 2
        case UInt8(ascii: "u"):
            guard let unit = unit(bytes, at: place + 2) else { return nil }
            if UTF16.isLeadSurrogate(unit), place + 7 < bytes.count, bytes[place + 6] == UInt8(ascii: "\\"),
                bytes[place + 7] == UInt8(ascii: "u"), let trail = self.unit(bytes, at: place + 8),
                UTF16.isTrailSurrogate(trail)
            {
                result += String(decoding: [unit, trail], as: UTF16.self).utf8
                return place + 12
            }
            result += spelled(unit)
            return place + 6
        case let other:
            result += [UInt8(ascii: "\\"), other]
            return place + 2
        }
    }

    private static func unit(_ bytes: [UInt8], at place: Int) -> UInt16? {
        guard place + 4 <= bytes.count,
            bytes[place..<place + 4].allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") })
        else {
            return nil
        }
        return UInt16(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
    }

    /// How a single UTF-16 unit is written (ECMA-262, QuoteJSONString).
    private static func spelled(_ unit: UInt16) -> [UInt8] {
        switch unit {
        case 0x08: return Array("\\b".utf8)
        case 0x09: return Array("\\t".utf8)
        case 0x0A: return Array("\\n".utf8)
        case 0x0C: return Array("\\f".utf8)
        case 0x0D: return Array("\\r".utf8)
        case 0x22: return Array("\\\"".utf8)
        case 0x5C: return Array("\\\\".utf8)
        case 0..<0x20, 0xD800...0xDFFF:
            let digits = String(unit, radix: 16)
            return Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
        default: return Array(String(decoding: [unit], as: UTF16.self).utf8)
        }
    }
}
