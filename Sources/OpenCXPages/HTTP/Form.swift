internal import OpenCXCore

/// The fields of a form that a browser has sent (`application/x-www-form-urlencoded`).
struct Form: Sendable {
    private var fields: [(name: String, value: String)] = []

    /// No fields.
    init() {}

    /// Reads a request's body. What is no form, or larger than any form of ours can be, has no fields.
    init(_ request: WebhookRequest) {
        let type = request.header("content-type")?.prefix { $0 != ";" }.lowercased() ?? ""
        guard type == "application/x-www-form-urlencoded", request.body.count <= Self.sizeLimit else { return }
        for pair in request.body.split(separator: UInt8(ascii: "&")).prefix(Self.fieldLimit) {
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            fields.append((Self.decoded(name), Self.decoded(pair.dropFirst(name.count + 1))))
        }
    }

    /// The first field with this name; line breaks as one character each.
    subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// A field without white space around it; `nil` where that leaves nothing.
    func text(_ name: String) -> String? {
        guard let value = self[name] else { return nil }
        let trimmed = value.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        return trimmed.isEmpty ? nil : String(trimmed)
    }

    /// A message of a person and some: 100,000 bytes, each of which may come as three.
    private static let sizeLimit = 400_000
    private static let fieldLimit = 50

    private static func decoded(_ bytes: some Collection<UInt8>) -> String {
        var decoded: [UInt8] = []
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "+"): decoded.append(0x20)
            case UInt8(ascii: "%"):
                let digits = [iterator.next(), iterator.next()].compactMap { $0.flatMap(hexDigit) }
                if digits.count == 2 { decoded.append(digits[0] << 4 | digits[1]) }
            default: decoded.append(byte)
            }
        }
        // Browsers send line breaks as CR LF.
        return String(decoding: decoded.filter { $0 != 0x0D }, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}
