/// Finds the values in a JSON text. Linear in its length; what is nested too deeply is refused.
struct JSONParser {
    private static let deepest = 512

    private var nodes: [JSONText.Node] = []
    private var place = 0
    private var depth = 0

    mutating func nodes(of bytes: [UInt8]) throws -> [JSONText.Node] {
        guard bytes.count < UInt32.max else { throw JSONText.corrupt("It is too long.") }
        nodes.reserveCapacity(bytes.count / 12 + 8)
        try bytes.withUnsafeBufferPointer { bytes in
            try value(in: bytes)
            skipSpace(in: bytes)
            guard place == bytes.count else { throw JSONText.corrupt("Something stands after the value.") }
        }
        return nodes
    }

    private mutating func value(in bytes: UnsafeBufferPointer<UInt8>) throws {
        skipSpace(in: bytes)
        switch try peek(in: bytes) {
        case UInt8(ascii: "{"): try members(.object, UInt8(ascii: "}"), in: bytes)
        case UInt8(ascii: "["): try members(.array, UInt8(ascii: "]"), in: bytes)
        case UInt8(ascii: "\""): try string(in: bytes)
        case UInt8(ascii: "t"): try word("true", .bool, in: bytes)
        case UInt8(ascii: "f"): try word("false", .bool, in: bytes)
        case UInt8(ascii: "n"): try word("null", .null, in: bytes)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): number(in: bytes)
        default: throw JSONText.corrupt("No value starts like this.")
        }
    }

    private mutating func members(
        _ kind: JSONText.Kind, _ end: UInt8, in bytes: UnsafeBufferPointer<UInt8>
    ) throws {
        depth += 1
        guard depth < Self.deepest else { throw JSONText.corrupt("It is nested too deeply.") }
        let node = add(kind, from: place)
        place += 1
        skipSpace(in: bytes)
        var isFirst = true
        while try peek(in: bytes) != end {
            if !isFirst { try take(UInt8(ascii: ","), in: bytes) }
            isFirst = false
            if kind == .object {
                skipSpace(in: bytes)
                guard try peek(in: bytes) == UInt8(ascii: "\"") else { throw JSONText.corrupt("A name is missing.") }
                try string(in: bytes)
                skipSpace(in: bytes)
                try take(UInt8(ascii: ":"), in: bytes)
                nodes[node].count += 1
            }
            try value(in: bytes)
            nodes[node].count += 1
            skipSpace(in: bytes)
        }
        place += 1
        depth -= 1
        finish(node)
    }

    private mutating func string(in bytes: UnsafeBufferPointer<UInt8>) throws {
        place += 1
        let node = add(.string, from: place)
        while true {
            switch try peek(in: bytes) {
            case UInt8(ascii: "\""):
                finish(node)
                place += 1
                return
            case UInt8(ascii: "\\"):
                nodes[node].isEscaped = true
                place += 2
            case 0..<0x20: throw JSONText.corrupt("A text holds a control character.")
            default: place += 1
            }
        }
    }

    private mutating func number(in bytes: UnsafeBufferPointer<UInt8>) {
        let node = add(.number, from: place)
        // Whether it is one shows when it is read.
        while place < bytes.count, Self.isPartOfNumber(bytes[place]) { place += 1 }
        finish(node)
    }

    private mutating func word(
        _ word: StaticString, _ kind: JSONText.Kind, in bytes: UnsafeBufferPointer<UInt8>
    ) throws {
        let node = add(kind, from: place)
        let matches = word.withUTF8Buffer { bytes[place...].starts(with: $0) }
        guard matches else { throw JSONText.corrupt("No value starts like this.") }
        place += word.utf8CodeUnitCount
        finish(node)
    }

    private mutating func add(_ kind: JSONText.Kind, from start: Int) -> Int {
        nodes.append(JSONText.Node(kind: kind, start: UInt32(start)))
        return nodes.count - 1
    }

    private mutating func finish(_ node: Int) {
        nodes[node].end = UInt32(place)
        nodes[node].next = UInt32(nodes.count)
    }

    private func peek(in bytes: UnsafeBufferPointer<UInt8>) throws -> UInt8 {
        guard place < bytes.count else { throw JSONText.corrupt("It ends too early.") }
        return bytes[place]
    }

    private mutating func take(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>) throws {
        guard try peek(in: bytes) == byte else { throw JSONText.corrupt("A comma or a colon is missing.") }
        place += 1
    }

    private mutating func skipSpace(in bytes: UnsafeBufferPointer<UInt8>) {
        while place < bytes.count, Self.isSpace(bytes[place]) { place += 1 }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        // Nothing that begins or ends a value is smaller.
        byte <= 0x20 && (byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09)
    }

    private static func isPartOfNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }
}
