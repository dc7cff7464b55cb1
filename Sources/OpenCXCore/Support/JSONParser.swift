/// Reads JSON text in UTF-8, strictly (RFC 8259), in one pass over its bytes.
///
/// Several times faster than a `JSONDecoder` that has to try every kind of value in turn.
struct JSONParser {
    /// How deep lists and objects may lie in one another: a parser that recurses must not be led off its stack.
    static let depthLimit = 128

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var depth = 0

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        // Files come with a byte order mark now and then.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    static func parse(_ bytes: [UInt8]) throws(JSONParsingError) -> JSONValue {
        // The pointer is used inside of the closure only; a result carries the error out, for closures here do not throw by type.
        let result: Result<JSONValue, JSONParsingError> = bytes.withUnsafeBufferPointer { buffer in
            var parser = JSONParser(buffer)
            do throws(JSONParsingError) {
                let value = try parser.value()
                parser.skipSpace()
                guard parser.position == buffer.count else { throw parser.error("something after the end") }
                return .success(value)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func error(_ problem: StaticString) -> JSONParsingError {
        JSONParsingError(offset: position, problem: "\(problem)")
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    private mutating func value() throws(JSONParsingError) -> JSONValue {
        skipSpace()
        guard position < bytes.count else { throw error("the end where a value should be") }
        switch bytes[position] {
        case UInt8(ascii: "\""): return .string(try text())
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw error("a character that begins no value")
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONParsingError) -> JSONValue {
        let length = word.utf8CodeUnitCount
        guard position + length <= bytes.count,
            word.withUTF8Buffer({ $0.elementsEqual(bytes[position..<position + length]) })
        else { throw error("a character that begins no value") }
        position += length
        return value
    }

    private mutating func enter() throws(JSONParsingError) {
        depth += 1
        position += 1
        if depth > Self.depthLimit { throw error("more lists and objects in one another than are read") }
    }

    private mutating func array() throws(JSONParsingError) -> JSONValue {
        try enter()
        var values: [JSONValue] = []
        skipSpace()
        if next(is: UInt8(ascii: "]")) { return .array(values) }
        while true {
            values.append(try value())
            skipSpace()
            if next(is: UInt8(ascii: "]")) { return .array(values) }
            guard take(UInt8(ascii: ",")) else { throw error("no comma between the members of a list") }
        }
    }

    private mutating func object() throws(JSONParsingError) -> JSONValue {
        try enter()
        // Collected first: a dictionary that knows its size is filled once, and not again each time it grows.
        var members: [(String, JSONValue)] = []
        skipSpace()
        if next(is: UInt8(ascii: "}")) { return .object([:]) }
        while true {
            skipSpace()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                throw error("no name where a member of an object should begin")
            }
            let name = try text()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw error("no colon after a member's name") }
            members.append((name, try value()))
            skipSpace()
            if next(is: UInt8(ascii: "}")) {
                var object = [String: JSONValue](minimumCapacity: members.count)
                for (name, value) in members { object[name] = value }
                return .object(object)
            }
            guard take(UInt8(ascii: ",")) else { throw error("no comma between the members of an object") }
        }
    }

    /// The end of a list or an object, if it comes next.
    private mutating func next(is byte: UInt8) -> Bool {
        guard take(byte) else { return false }
        depth -= 1
        return true
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }
}

// MARK: Numbers

extension JSONParser {
    private mutating func number() throws(JSONParsingError) -> JSONValue {
        let start = position
        let isNegative = take(UInt8(ascii: "-"))
        let firstDigit = position
        var whole: Int64 = 0
        var fits = true
        while let digit = digit() {
            // Counted down from zero, so that the smallest number fits too.
            let (ten, tooLarge) = whole.multipliedReportingOverflow(by: 10)
            let (sum, stillTooLarge) = ten.subtractingReportingOverflow(Int64(digit))
            whole = sum
            if tooLarge || stillTooLarge { fits = false }
        }
        guard position > firstDigit else { throw error("no digit in a number") }
        guard position == firstDigit + 1 || bytes[firstDigit] != UInt8(ascii: "0") else {
            throw error("a number that begins with a zero")
        }
        var isWhole = true
        if take(UInt8(ascii: ".")) {
            isWhole = false
            try digits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isWhole = false
            if !take(UInt8(ascii: "-")) { _ = take(UInt8(ascii: "+")) }
            try digits()
        }
        if isWhole, fits, isNegative { return .integer(whole) }
        if isWhole, fits, whole != .min { return .integer(-whole) }
        // Only ASCII was taken, so this is what the bytes say.
        guard let value = Double(String(decoding: bytes[start..<position], as: UTF8.self)), value.isFinite else {
            throw error("a number that is too large")
        }
        return .number(value)
    }

    private mutating func digit() -> UInt8? {
        guard position < bytes.count, case let digit = bytes[position] &- UInt8(ascii: "0"), digit < 10 else {
            return nil
        }
        position += 1
        return digit
    }

    private mutating func digits() throws(JSONParsingError) {
        guard digit() != nil else { throw error("no digit in a number") }
        while digit() != nil {}
    }
}

// MARK: Texts

extension JSONParser {
    private mutating func text() throws(JSONParsingError) -> String {
        position += 1
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                let text = try checked(bytes[start..<position])
                position += 1
                return text
            case UInt8(ascii: "\\"): return try textWithEscapes(from: start)
            case 0..<0x20: throw error("a control character in a text")
            default: position += 1
            }
        }
        throw error("a text without an end")
    }

    private mutating func textWithEscapes(from start: Int) throws(JSONParsingError) -> String {
        var out = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: out, as: UTF8.self) else { throw error("a text that is not UTF-8") }
                position += 1
                return text
            case UInt8(ascii: "\\"): try escape(into: &out)
            case 0..<0x20: throw error("a control character in a text")
            default:
                out.append(byte)
                position += 1
            }
        }
        throw error("a text without an end")
    }

    private func checked(_ slice: Slice<UnsafeBufferPointer<UInt8>>) throws(JSONParsingError) -> String {
        let part = UnsafeBufferPointer(rebasing: slice)
        // Nearly all texts are ASCII, and then there is nothing to be validated.
        if part.reduce(0, |) < 0x80 { return String(decoding: part, as: UTF8.self) }
        guard let text = String(validating: part, as: UTF8.self) else { throw error("a text that is not UTF-8") }
        return text
    }

    private mutating func escape(into out: inout [UInt8]) throws(JSONParsingError) {
        guard position + 1 < bytes.count else { throw error("a text without an end") }
        let letter = bytes[position + 1]
        position += 2
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(letter)
        case UInt8(ascii: "b"): out.append(0x08)
        case UInt8(ascii: "f"): out.append(0x0C)
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "u"): out += UTF8.encode(try scalar()) ?? UTF8.encodedReplacementCharacter
        default: throw error("an escape that does not exist")
        }
    }

    /// The scalar after `\u`; half of a surrogate pair without the other half is the replacement character, as elsewhere.
    private mutating func scalar() throws(JSONParsingError) -> Unicode.Scalar {
        let first = try hex()
        guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
        guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { return "\u{FFFD}" }
        let back = position
        position += 2
        let second = try hex()
        guard (0xDC00..<0xE000).contains(second) else {
            position = back
            return "\u{FFFD}"
        }
        return Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func hex() throws(JSONParsingError) -> UInt32 {
        guard position + 4 <= bytes.count else { throw error("a text without an end") }
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = bytes[position]
            let digit: UInt8 =
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
                case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
                case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
                default: throw error("an escape that does not exist")
                }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }
}

/// Why a text is no JSON. Says where, and never what stands there.
public struct JSONParsingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where reading stopped, in bytes from the beginning.
    public var offset: Int
    /// What is wrong there.
    public var problem: String

    /// What is wrong, and where.
    public var description: String { "This is no JSON: \(problem), at byte \(offset)." }
}

extension JSONValue {
    /// Reads JSON text in UTF-8. Of members with the same name the last one counts.
    ///
    /// - Throws: ``JSONParsingError`` for anything that is not JSON, for lists and objects more than 128 deep, and for
    ///   numbers that no `Double` holds.
    public init(parsing bytes: [UInt8]) throws(JSONParsingError) {
        self = try JSONParser.parse(bytes)
    }
}
