/// Percent-encoding (RFC 3986), and that of forms.
enum PercentEncoding {
    /// What stays as it is.
    enum Kept {
        /// Letters, digits and `-._~`.
        case unreserved
        /// These, and the reserved characters that mean nothing in a query (`allowReserved`).
        case reservedInQuery
        /// As forms have it: a space becomes a plus.
        case form
    }

    private static let hex = Array("0123456789ABCDEF".utf8)

    static func encoded(_ text: String, keeping kept: Kept = .unreserved) -> String {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        for (place, byte) in bytes.enumerated() {
            if keeps(byte, kept) || kept == .reservedInQuery && isEscape(bytes, place) {
                out.append(byte)
            } else if kept == .form, byte == 0x20 {
                out.append(UInt8(ascii: "+"))
            } else {
                out += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// A parameter's name: brackets stay, for servers know `filter[name]` by them.
    static func encodedName(_ name: String, keeping kept: Kept) -> String {
        name.split(separator: "[", omittingEmptySubsequences: false).map { part in
            part.split(separator: "]", omittingEmptySubsequences: false)
                .map { encoded(String($0), keeping: kept == .form ? .form : .unreserved) }.joined(separator: "]")
        }.joined(separator: "[")
    }

    private static func keeps(_ byte: UInt8, _ kept: Kept) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: return true
        case 0x7E: return kept != .form
        case 0x2A: return kept != .unreserved
        default: return kept == .reservedInQuery && ":/?@!$'(),;".utf8.contains(byte)
        }
    }

    /// Whether an escape such as `%2F` starts here.
    private static func isEscape(_ bytes: [UInt8], _ place: Int) -> Bool {
        guard bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.count else { return false }
        return bytes[place + 1...place + 2].allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }

    /// The text behind an encoded one; `nil` when it is not encoded properly.
    static func decoded(_ text: String) -> String? {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        var place = 0
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "%") {
                guard isEscape(bytes, place),
                    let byte = UInt8(String(decoding: bytes[place + 1...place + 2], as: UTF8.self), radix: 16)
                else { return nil }
                out.append(byte)
                place += 3
            } else {
                out.append(bytes[place])
                place += 1
            }
        }
        return String(validating: out, as: UTF8.self)
    }
}
