/// JSON as it was read from a row: its bytes, and where in them each value stands.
///
/// Foundation's decoder makes a dictionary for every object. Ours are small: looking through their names is faster.
final class JSONText {
    /// A value; those inside an object or an array follow it, in an object a name before each.
    struct Node {
        var kind: Kind
        /// Of a string: whether it has to be unescaped.
        var isEscaped = false
        /// Its bytes; of a string those between the quotes.
        var start: UInt32
        var end: UInt32 = 0
        /// The node after the last one inside.
        var next: UInt32 = 0
        /// Of an object or an array: how many names and values are inside.
        var count: UInt32 = 0
    }

    enum Kind {
        case null, bool, number, string, array, object
    }

    private let bytes: [UInt8]
    private let nodes: [Node]

    /// - Throws: `DecodingError.dataCorrupted` when it is not one JSON value.
    init(_ bytes: [UInt8]) throws {
        self.bytes = bytes
        var parser = JSONParser()
        nodes = try parser.nodes(of: bytes)
    }

    /// A value decoded from JSON.
    static func decode<Value: Decodable>(
        _: Value.Type, from bytes: [UInt8], userInfo: [CodingUserInfoKey: Any]
    ) throws -> Value {
        try JSONDecoding(text: JSONText(bytes), node: 0, userInfo: userInfo).decoded()
    }

    subscript(_ node: Int) -> Node { nodes[node] }

    // MARK: Objects

    /// The value of a member.
    func member(_ name: String, of object: Int) -> Int? {
        var name = name
        return name.withUTF8 { name in
            var place = object + 1
            while place < Int(nodes[object].next) {
                if isName(place, name) { return place + 1 }
                place = Int(nodes[place + 1].next)
            }
            return nil
        }
    }

    /// Whether a member's name is this one.
    func isName(_ node: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let node = nodes[node]
        if node.isEscaped { return (try? string(node))?.utf8.elementsEqual(name) == true }
        guard Int(node.end - node.start) == name.count else { return false }
        return bytes.withUnsafeBufferPointer {
            UnsafeBufferPointer(rebasing: $0[Int(node.start)..<Int(node.end)]).elementsEqual(name)
        }
    }

    /// The names of an object's members.
    func names(of object: Int) -> [String] {
        var names: [String] = []
        var place = object + 1
        while place < Int(nodes[object].next) {
            if let name = try? string(nodes[place]) { names.append(name) }
            place = Int(nodes[place + 1].next)
        }
        return names
    }

    // MARK: Values

    func bool(_ node: Int) throws -> Bool {
        guard nodes[node].kind == .bool else { throw Self.mismatch(Bool.self) }
        return bytes[Int(nodes[node].start)] == UInt8(ascii: "t")
    }

    func integer<Number: FixedWidthInteger>(_ node: Int, as _: Number.Type) throws -> Number {
        let node = nodes[node]
        guard node.kind == .number else { throw Self.mismatch(Number.self) }
        if let small = smallInteger(node), let number = Number(exactly: small) { return number }
        let text = text(node)
        // "1.0" and "1e3" are whole numbers too.
        guard let number = Number(text) ?? Double(text).flatMap({ Number(exactly: $0) }) else {
            throw Self.mismatch(Number.self)
        }
        return number
    }

    /// A whole number that is written with digits only, as nearly all are.
    private func smallInteger(_ node: Node) -> Int64? {
        guard node.end > node.start, node.end - node.start <= 18 else { return nil }
        var number: Int64 = 0
        for byte in bytes[Int(node.start)..<Int(node.end)] {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            number = number &* 10 &+ Int64(digit)
        }
        return number
    }

    func double(_ node: Int) throws -> Double {
        let node = nodes[node]
        switch (node.kind, text(node)) {
        case (.number, let text):
            if let number = Double(text) { return number }
        // What JSON has no number for.
        case (.string, "nan"): return .nan
        case (.string, "inf"): return .infinity
        case (.string, "-inf"): return -.infinity
        default: break
        }
        throw Self.mismatch(Double.self)
    }

    func string(_ node: Int) throws -> String { try string(nodes[node]) }

    private func string(_ node: Node) throws -> String {
        guard node.kind == .string else { throw Self.mismatch(String.self) }
        let range = Int(node.start)..<Int(node.end)
        let text =
            if node.isEscaped {
                String(validating: try JSONEscapes.removed(from: bytes[range]), as: UTF8.self)
            } else {
                bytes.withUnsafeBufferPointer { Self.validated(UnsafeBufferPointer(rebasing: $0[range])) }
            }
        guard let text else { throw Self.corrupt("Text is not UTF-8.") }
        return text
    }

    /// The text, if it is one. What is ASCII, as nearly all is, need not be looked at letter by letter.
    private static func validated(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        bytes.reduce(0, |) < 0x80 ? String(decoding: bytes, as: UTF8.self) : String(validating: bytes, as: UTF8.self)
    }

    /// A short one, such as a number.
    private func text(_ node: Node) -> String {
        String(decoding: bytes[Int(node.start)..<Int(node.end)], as: UTF8.self)
    }

    // MARK: Errors

    // They quote nothing: what is stored is a customer's.

    static func mismatch(_ type: Any.Type) -> DecodingError {
        .typeMismatch(type, .init(codingPath: [], debugDescription: "A value of another type was stored."))
    }

    static func corrupt(_ what: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: [], debugDescription: what))
    }
}
