extension JSONValue {
    /// Reads JSON text (RFC 8259) in UTF-8, with nothing before or after it.
    ///
    /// Takes time in proportion to its length. Of members with the same name the last one counts; half of a surrogate pair
    /// becomes U+FFFD.
    ///
    /// - Parameters:
    ///   - text: the text.
    ///   - depthLimit: how deep lists and objects may be nested.
    /// - Throws: ``JSONTextError``.
    package init(parsing text: [UInt8], depthLimit: Int = 128) throws(JSONTextError) {
        var parser = JSONParser(text, depthLimit: depthLimit)
        self = try parser.document()
    }
}

/// Why a text is no JSON.
package struct JSONTextError: Error, Hashable {
    /// Where, in bytes from the start.
    package var offset: Int
    /// What is wrong; never quotes the text.
    package var message: String
}

private struct JSONParser {
    private let bytes: [UInt8]
    private let depthLimit: Int
    private var position = 0

    init(_ bytes: [UInt8], depthLimit: Int) {
        self.bytes = bytes
        self.depthLimit = depthLimit
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    mutating func document() throws(JSONTextError) -> JSONValue {
        let value = try value(depth: 0)
        skipSpaces()
        guard position == bytes.count else { throw problem("something follows the value") }
        return value
    }

    private func problem(_ message: String) -> JSONTextError { JSONTextError(offset: position, message: message) }

    private mutating func skipSpaces() {
        while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
    }

    /// Takes a byte when it is the next one.
    private mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: byte) else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(JSONTextError) -> JSONValue {
        skipSpaces()
        guard position < bytes.count else { throw problem("a value is missing") }
        guard depth < depthLimit else { throw problem("lists and objects are nested more than \(depthLimit) deep") }
        switch bytes[position] {
        case UInt8(ascii: "{"): return .object(try members(depth: depth))
        case UInt8(ascii: "["): return .array(try elements(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONTextError) -> JSONValue {
        let isHere = word.withUTF8Buffer { bytes[position...].starts(with: $0) }
        guard isHere else { throw problem("a value is expected") }
        position += word.utf8CodeUnitCount
        return value
    }

    private mutating func members(depth: Int) throws(JSONTextError) -> [String: JSONValue] {
        position += 1
        var members: [String: JSONValue] = [:]
        skipSpaces()
        if take("}") { return members }
        while true {
            skipSpaces()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                throw problem("a member's name is expected")
            }
            let name = try string()
            skipSpaces()
            guard take(":") else { throw problem("a colon is expected") }
            members[name] = try value(depth: depth + 1)
            skipSpaces()
            if take("}") { return members }
            guard take(",") else { throw problem("a comma or } is expected") }
        }
    }

    private mutating func elements(depth: Int) throws(JSONTextError) -> [JSONValue] {
        position += 1
        var elements: [JSONValue] = []
        skipSpaces()
        if take("]") { return elements }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpaces()
            if take("]") { return elements }
            guard take(",") else { throw problem("a comma or ] is expected") }
        }
    }

    // MARK: Texts

    private mutating func string() throws(JSONTextError) -> String {
        position += 1
        var text: [UInt8] = []
        while true {
            let start = position
            while position < bytes.count, bytes[position] >= 0x20, ![0x22, 0x5C].contains(bytes[position]) {
                position += 1
            }
            text += bytes[start..<position]
            guard position < bytes.count else { throw problem("a text does not end") }
            switch bytes[position] {
            case 0x22:
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw problem("a text is not UTF-8")
                }
                position += 1
                return string
            case 0x5C: try escape(into: &text)
            default: throw problem("a control character stands in a text")
            }
        }
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONTextError) {
        guard position + 1 < bytes.count else { throw problem("a text does not end") }
        let kind = bytes[position + 1]
        position += 2
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(kind)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexDigits()
            if code >= 0xD800, code < 0xDC00, bytes[position...].starts(with: [0x5C, 0x75]) {
                let before = position
                position += 2
                let low = try hexDigits()
                if low >= 0xDC00, low < 0xE000 {
                    code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
                } else {
                    position = before
                }
            }
            text += String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8
        default: throw problem("there is no such escape in JSON")
        }
    }

    private mutating func hexDigits() throws(JSONTextError) -> UInt32 {
        guard position + 4 <= bytes.count else { throw problem("a text does not end") }
        var code: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw problem("four hexadecimal digits are expected")
            }
            code = code << 4 | UInt32(digit)
        }
        position += 4
        return code
    }

    // MARK: Numbers

    private mutating func number() throws(JSONTextError) -> JSONValue {
        let start = position
        _ = take("-")
        let firstDigit = position
        guard skipDigits() > 0 else { throw problem("a value is expected") }
        if bytes[firstDigit] == UInt8(ascii: "0"), position - firstDigit > 1 {
            throw problem("a number has a zero too many")
        }
        var isWhole = true
        if take(".") {
            isWhole = false
            guard skipDigits() > 0 else { throw problem("digits are missing after the point") }
        }
        if take("e") || take("E") {
            isWhole = false
            if !take("-") { _ = take("+") }
            guard skipDigits() > 0 else { throw problem("digits are missing in the exponent") }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let value = Int64(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else { throw problem("a number is too large") }
        return .number(value)
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while position < bytes.count, bytes[position].isASCIIDigit { position += 1 }
        return position - start
    }
}
