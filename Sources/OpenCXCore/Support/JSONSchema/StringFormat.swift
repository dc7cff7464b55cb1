import FoundationEssentials

/// The formats of texts that are checked; others say nothing.
enum StringFormat: String {
    case date, time, email, hostname, ipv4, ipv6, uri, uuid, byte
    case dateTime = "date-time"
    case idnEmail = "idn-email"
    case uriReference = "uri-reference"

    /// What the text must be, for a message.
    var wording: String {
        switch self {
        case .date: "a date such as 2026-01-31"
        case .time: "a time such as 13:45:00Z"
        case .dateTime: "a date and time such as 2026-01-31T13:45:00Z"
        case .email, .idnEmail: "an e-mail address"
        case .hostname: "a host name"
        case .ipv4: "an IPv4 address"
        case .ipv6: "an IPv6 address"
        case .uri: "an absolute address such as https://example.com/"
        case .uriReference: "an address without spaces"
        case .uuid: "a UUID such as 123e4567-e89b-12d3-a456-426614174000"
        case .byte: "Base64"
        }
    }

    func matches(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        switch self {
        case .date: return Self.isDate(bytes[...])
        case .time: return Self.isTime(bytes[...])
        case .dateTime:
            guard bytes.count > 11, [0x54, 0x74, 0x20].contains(bytes[10]) else { return false }
            return Self.isDate(bytes[..<10]) && Self.isTime(bytes[11...])
        case .email, .idnEmail: return Self.isEmail(text)
        case .hostname: return Self.isHostname(text)
        case .ipv4: return Self.isIPv4(text)
        case .ipv6: return Self.isIPv6(text)
        case .uri:
            guard let colon = bytes.firstIndex(of: 0x3A), colon > 0, bytes[0].isASCIILetter else { return false }
            let scheme = bytes[..<colon].allSatisfy { $0.isASCIIAlphanumeric || [0x2B, 0x2D, 0x2E].contains($0) }
            return scheme && colon + 1 < bytes.count && Self.hasNoSpaces(bytes)
        case .uriReference: return Self.hasNoSpaces(bytes)
        case .uuid:
            return bytes.count == 36
                && bytes.enumerated().allSatisfy { place, byte in
                    [8, 13, 18, 23].contains(place) ? byte == 0x2D : Self.isHex(byte)
                }
        case .byte:
            let body = bytes.reversed().drop { $0 == 0x3D }
            return bytes.count % 4 == 0 && bytes.count - body.count <= 2
                && body.allSatisfy { $0.isASCIIAlphanumeric || $0 == 0x2B || $0 == 0x2F }
        }
    }

    private static func hasNoSpaces(_ bytes: [UInt8]) -> Bool { bytes.allSatisfy { $0 > 0x20 && $0 != 0x7F } }

    private static func isHex(_ byte: UInt8) -> Bool {
        byte.isASCIIDigit || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    /// The number that a fixed count of digits makes.
    private static func number(_ bytes: ArraySlice<UInt8>, _ offset: Int, _ count: Int) -> Int? {
        let digits = bytes.dropFirst(offset).prefix(count)
        guard digits.count == count, digits.allSatisfy(\.isASCIIDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private static func isDate(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count == 10, bytes.dropFirst(4).first == 0x2D, bytes.dropFirst(7).first == 0x2D,
            let year = number(bytes, 0, 4), let month = number(bytes, 5, 2), let day = number(bytes, 8, 2),
            (1...12).contains(month)
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[month - 1]).contains(day)
    }

    /// `hh:mm:ss`, a fraction, and a zone.
    private static func isTime(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let hour = number(bytes, 0, 2), let minute = number(bytes, 3, 2), let second = number(bytes, 6, 2),
            bytes.dropFirst(2).first == 0x3A, bytes.dropFirst(5).first == 0x3A, hour < 24, minute < 60, second <= 60
        else { return false }
        var rest = bytes.dropFirst(8)
        if rest.first == 0x2E {
            let fraction = rest.dropFirst().prefix(while: \.isASCIIDigit)
            if fraction.isEmpty { return false }
            rest = rest.dropFirst(1 + fraction.count)
        }
        if rest.count == 1 { return rest.first == 0x5A || rest.first == 0x7A }
        guard rest.count == 6, rest.first == 0x2B || rest.first == 0x2D, rest.dropFirst(3).first == 0x3A,
            let hours = number(rest, 1, 2), let minutes = number(rest, 4, 2)
        else { return false }
        return hours < 24 && minutes < 60
    }

    private static func isEmail(_ text: String) -> Bool {
        guard let at = text.lastIndex(of: "@"), text.utf8.count <= 254, hasNoSpaces(Array(text.utf8)) else {
            return false
        }
        let local = text[..<at]
        let domain = text[text.index(after: at)...]
        return !local.isEmpty && local.utf8.count <= 64 && !local.contains("@") && !local.hasPrefix(".")
            && !local.hasSuffix(".") && !local.contains("..") && domain.split(separator: ".").count >= 1
            && (isHostname(String(domain)) || domain.unicodeScalars.contains { $0.value > 127 })
    }

    private static func isHostname(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                    && label.utf8.allSatisfy { $0.isASCIIAlphanumeric || $0 == 0x2D }
            }
    }

    private static func isIPv4(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.utf8.count) && part.utf8.allSatisfy(\.isASCIIDigit)
                    && (part.utf8.count == 1 || !part.hasPrefix("0")) && (Int(part) ?? 256) < 256
            }
    }

    private static func isIPv6(_ text: String) -> Bool {
        let halves = text.utf8.count <= 45 ? text.components(separatedBy: "::") : []
        guard (1...2).contains(halves.count) else { return false }
        var count = 0
        for (place, half) in halves.enumerated() where !half.isEmpty {
            let groups = half.split(separator: ":", omittingEmptySubsequences: false)
            for (index, group) in groups.enumerated() {
                if group.contains("."), place == halves.count - 1, index == groups.count - 1 {
                    guard isIPv4(String(group)) else { return false }
                    count += 2
                } else {
                    guard (1...4).contains(group.utf8.count), group.utf8.allSatisfy(isHex) else { return false }
                    count += 1
                }
            }
        }
        return halves.count == 2 ? count < 8 : count == 8
    }
}
