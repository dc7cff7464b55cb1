/// The fields of a form as browsers and many providers post it (`application/x-www-form-urlencoded`, WHATWG URL, section 5).
package struct FormFields: Sendable {
    /// The fields in their order; a name may come several times.
    package let all: [(name: String, value: String)]

    /// More fields than any provider sends.
    private static let limit = 1000

    /// Reads a body; `nil` when it has more than 1,000 fields. Anything else can be read: a percent sign that begins nothing stands
    /// for itself, and what is no UTF-8 becomes U+FFFD.
    package init?(_ body: [UInt8]) {
        var fields: [(name: String, value: String)] = []
        for part in body.split(separator: UInt8(ascii: "&")) {
            guard fields.count < Self.limit else { return nil }
            let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
            fields.append((Self.text(part[..<equals]), Self.text(part[equals...].dropFirst())))
        }
        all = fields
    }

    /// The value of the first field with this name.
    package subscript(name: String) -> String? { all.first { $0.name == name }?.value }

    /// A body with these fields.
    package static func encoded(_ fields: [(name: String, value: String)]) -> [UInt8] {
        var body: [UInt8] = []
        for (name, value) in fields {
            if !body.isEmpty { body.append(UInt8(ascii: "&")) }
            append(name, to: &body)
            body.append(UInt8(ascii: "="))
            append(value, to: &body)
        }
        return body
    }

    private static func append(_ text: String, to body: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "*"):
                body.append(byte)
            case UInt8(ascii: " "): body.append(UInt8(ascii: "+"))
            default: body += [UInt8(ascii: "%"), hexDigit(byte >> 4), hexDigit(byte & 15)]
            }
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: decoded(bytes), as: UTF8.self) }

    /// The bytes that a name or a value stands for.
    package static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let byte = bytes[place]
            place += 1
            if byte == UInt8(ascii: "%"), bytes.endIndex - place >= 2, let high = hexValue(bytes[place]),
                let low = hexValue(bytes[place + 1])
            {
                result.append(high << 4 | low)
                place += 2
            } else {
                result.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return result
    }

    private static func hexValue(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
