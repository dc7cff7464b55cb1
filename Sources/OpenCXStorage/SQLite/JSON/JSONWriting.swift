/// JSON on its way into a row: the bytes, and the objects and arrays that are still open.
///
/// Foundation's encoder first builds a tree of values and then sorts and writes it, which costs several times what is stored.
/// This one writes as it goes; members stand in the order in which a type encodes them.
final class JSONWriting {
    /// What an open object or array is.
    private struct Frame {
        var number: Int
        var isObject: Bool
        var isEmpty = true
    }

    /// A place in the text that a container writes to.
    struct Place {
        fileprivate var depth: Int
        fileprivate var number: Int
    }

    // One value is written by one task, and nothing below holds on to these while it calls anything that changes them; checking
    // that at every byte took a fifth of the time.
    @exclusivity(unchecked) fileprivate var bytes: GrowingBytes
    @exclusivity(unchecked) private var open: [Frame] = []
    private var frames = 0
    /// A container was used after it was closed by another one: it has no place in the text any more.
    private var isMisused = false

    private init(capacity: Int) {
        bytes = GrowingBytes(capacity: capacity)
    }

    /// - Throws: what the value throws, or `EncodingError.invalidValue` when it goes back to a container that it had left.
    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let writing = JSONWriting(capacity: 512)
        try writing.write(value)
        if writing.isMisused {
            throw EncodingError.invalidValue(
                value, .init(codingPath: [], debugDescription: "A container was used after it was left."))
        }
        return writing.bytes.array
    }

    /// What a value writes of itself.
    ///
    /// - Parameter capacity: about how long that is.
    static func written(_ value: some StoredWritable, capacity: Int = 1024) throws -> [UInt8] {
        let writing = JSONWriting(capacity: capacity)
        try value.write(to: writing)
        return writing.bytes.array
    }

    // MARK: Structure

    var depth: Int { open.count }

    /// The object or array that stands at a depth: the open one, or a new one.
    func container(at depth: Int, isObject: Bool) -> Place {
        if open.count > depth {
            close(to: depth + 1)
            if open[depth].isObject != isObject { isMisused = true }
        } else {
            frames += 1
            open.append(Frame(number: frames, isObject: isObject))
            bytes.append(isObject ? UInt8(ascii: "{") : UInt8(ascii: "["))
        }
        return Place(depth: depth, number: open[depth].number)
    }

    /// Goes on in a container, whose inner ones are over with that.
    func next(in place: Place) {
        close(to: place.depth + 1)
        guard open.count == place.depth + 1, open[place.depth].number == place.number else {
            isMisused = true
            return
        }
        if !open[place.depth].isEmpty { bytes.append(UInt8(ascii: ",")) }
        open[place.depth].isEmpty = false
    }

    func next(_ key: some CodingKey, in place: Place) {
        next(in: place)
        write(text: key.stringValue)
        bytes.append(UInt8(ascii: ":"))
    }

    private func close(to depth: Int) {
        while open.count > depth { bytes.append(open.removeLast().isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) }
    }

    // MARK: Values

    func write<Value: Encodable>(_ value: Value) throws {
        // A cast to the type that was just compared cannot fail.
        switch ObjectIdentifier(Value.self) {
        case ObjectIdentifier(String.self): write(text: value as! String)
        case ObjectIdentifier(Int.self): write(integer: value as! Int)
        case ObjectIdentifier(Bool.self): write(bool: value as! Bool)
        case ObjectIdentifier(Double.self): write(double: value as! Double)
        case ObjectIdentifier(Float.self): write(double: Double(value as! Float))
        case ObjectIdentifier(Int64.self): write(integer: value as! Int64)
        case ObjectIdentifier(Int32.self): write(integer: value as! Int32)
        case ObjectIdentifier(Int16.self): write(integer: value as! Int16)
        case ObjectIdentifier(Int8.self): write(integer: value as! Int8)
        case ObjectIdentifier(UInt.self): write(integer: value as! UInt)
        case ObjectIdentifier(UInt64.self): write(integer: value as! UInt64)
        case ObjectIdentifier(UInt32.self): write(integer: value as! UInt32)
        case ObjectIdentifier(UInt16.self): write(integer: value as! UInt16)
        case ObjectIdentifier(UInt8.self): write(integer: value as! UInt8)
        default:
            let (start, depth) = (bytes.count, open.count)
            try value.encode(to: JSONEncoding(writing: self, depth: depth))
            close(to: depth)
            if bytes.count == start { bytes.append("{}") }
        }
    }

    func writeNull() { bytes.append("null") }

    func write(bool value: Bool) { bytes.append(value ? "true" : "false") }

    func write(integer number: Int) {
        guard number > 9 || number < 0 else { return bytes.append(UInt8(ascii: "0") + UInt8(number)) }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var place = digits.count
            var rest = number.magnitude
            while rest > 0 {
                place -= 1
                digits.initializeElement(at: place, to: UInt8(ascii: "0") + UInt8(rest % 10))
                rest /= 10
            }
            if number < 0 { bytes.append(UInt8(ascii: "-")) }
            bytes.append(UnsafeBufferPointer(rebasing: digits[place...]))
        }
    }

    private func write(integer number: some BinaryInteger) {
        if let small = Int(exactly: number) { return write(integer: small) }
        write(ascii: String(number))
    }

    func write(double number: Double) {
        // What JSON has no number for stands as text: a score that is not a number must not keep a turn from being stored.
        guard number.isFinite else { return write(text: number.isNaN ? "nan" : number > 0 ? "inf" : "-inf") }
        var text = number.description
        text.withUTF8 { text in
            let isWhole = text.suffix(2).elementsEqual(".0".utf8)
            bytes.append(UnsafeBufferPointer(rebasing: isWhole ? text.dropLast(2) : text[...]))
        }
    }

    /// A text without anything that would have to be escaped.
    private func write(ascii text: String) {
        var text = text
        text.withUTF8 { bytes.append($0) }
    }

    func write(text: String) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { text in
            var start = 0
            for place in text.indices where text[place] < 0x20 || text[place] == 0x22 || text[place] == 0x5C {
                bytes.append(UnsafeBufferPointer(rebasing: text[start..<place]))
                start = place + 1
                writeEscaped(text[place])
            }
            bytes.append(UnsafeBufferPointer(rebasing: text[start...]))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private func writeEscaped(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x22, 0x5C: bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        default: write(ascii: "u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))")
        }
    }
}

// MARK: Values that write themselves

extension JSONWriting {
    /// A list of values.
    func array(_ values: some Collection<some StoredWritable>) throws {
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for value in values {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            try value.write(to: self)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// An object, whose members the closure writes.
    func object(_ body: (inout Members) throws -> Void) throws {
        bytes.append(UInt8(ascii: "{"))
        var members = Members(writing: self)
        try body(&members)
        bytes.append(UInt8(ascii: "}"))
    }

    /// An enumeration's case, and what it holds.
    func enumerationCase(_ name: StaticString, _ body: (inout Members) throws -> Void = { _ in }) throws {
        try object { json in
            json.name(name)
            try object(body)
        }
    }

    /// The members of an object that is being written.
    struct Members {
        fileprivate let writing: JSONWriting
        private var isEmpty = true

        fileprivate init(writing: JSONWriting) {
            self.writing = writing
        }

        mutating func member(_ name: StaticString, _ value: some StoredWritable) throws {
            self.name(name)
            try value.write(to: writing)
        }

        /// A member that is left out when there is nothing to write.
        mutating func member(_ name: StaticString, _ value: (some StoredWritable)?) throws {
            if let value { try member(name, value) }
        }

        /// A member that is left out when there is nothing to write, written by the type's `Codable` conformance.
        mutating func coded(_ name: StaticString, _ value: (some Encodable)?) throws {
            guard let value else { return }
            self.name(name)
            try writing.write(value)
        }

        /// A member whose name is not known in advance.
        mutating func member(of name: String, _ value: some StoredWritable) throws {
            separate()
            writing.write(text: name)
            writing.bytes.append(UInt8(ascii: ":"))
            try value.write(to: writing)
        }

        /// A member's name; its value has to follow.
        fileprivate mutating func name(_ name: StaticString) {
            separate()
            writing.bytes.append(UInt8(ascii: "\""))
            writing.bytes.append(name)
            writing.bytes.append(UInt8(ascii: "\""))
            writing.bytes.append(UInt8(ascii: ":"))
        }

        private mutating func separate() {
            if !isEmpty { writing.bytes.append(UInt8(ascii: ",")) }
            isEmpty = false
        }
    }
}
