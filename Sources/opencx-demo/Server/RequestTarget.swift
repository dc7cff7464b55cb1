/// What a request line asks for: a path and a query, both decoded.
///
/// Strict where decoders are usually lenient: an escape that is not two hexadecimal digits, bytes that are not UTF-8,
/// and NUL are refused, so that no two parts of a program can read the same target differently.
struct RequestTarget: Sendable {
    var path: String
    var query: [(name: String, value: String)]

    /// Reads a target in origin form (`/path?query`), absolute form (`http://host/path`) or `*`.
    init?(_ raw: String) {
        var rest = raw.utf8[...]
        for scheme in ["http://", "https://"] where raw.lowercased().hasPrefix(scheme) {
            rest = rest.dropFirst(scheme.utf8.count).drop { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
            if rest.first != UInt8(ascii: "/") { return nil }
        }
        guard rest.first == UInt8(ascii: "/") || rest.elementsEqual("*".utf8) else { return nil }
        let pathBytes = rest.prefix { $0 != UInt8(ascii: "?") }
        guard let path = Self.decode(pathBytes, plusIsSpace: false) else { return nil }
        self.path = path
        query = []
        for pair in rest.dropFirst(pathBytes.count + 1).split(separator: UInt8(ascii: "&")) {
            let nameBytes = pair.prefix { $0 != UInt8(ascii: "=") }
            guard let name = Self.decode(nameBytes, plusIsSpace: true),
                let value = Self.decode(pair.dropFirst(nameBytes.count + 1), plusIsSpace: true)
            else { return nil }
            query.append((name, value))
        }
    }

    private static func decode(_ bytes: Substring.UTF8View, plusIsSpace: Bool) -> String? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(nibble), let low = iterator.next().flatMap(nibble) else {
                    return nil
                }
                decoded.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace:
                decoded.append(UInt8(ascii: " "))
            case 0...0x20, 0x7F:
                return nil
            default:
                decoded.append(byte)
            }
        }
        return decoded.contains(0) ? nil : String(validating: decoded, as: UTF8.self)
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
