/// Gives a value that decodes itself its containers.
struct JSONDecoding: Decoder {
    let text: JSONText
    let node: Int
    let userInfo: [CodingUserInfoKey: Any]

    var codingPath: [any CodingKey] { [] }

    /// The value as one of this type.
    func decoded<Value: Decodable>(_: Value.Type = Value.self) throws -> Value {
        // A cast to the type that was just compared cannot fail.
        switch ObjectIdentifier(Value.self) {
        case ObjectIdentifier(String.self): try text.string(node) as! Value
        case ObjectIdentifier(Int.self): try text.integer(node, as: Int.self) as! Value
        case ObjectIdentifier(Bool.self): try text.bool(node) as! Value
        case ObjectIdentifier(Double.self): try text.double(node) as! Value
        case ObjectIdentifier(Float.self): Float(try text.double(node)) as! Value
        case ObjectIdentifier(Int64.self): try text.integer(node, as: Int64.self) as! Value
        case ObjectIdentifier(Int32.self): try text.integer(node, as: Int32.self) as! Value
        case ObjectIdentifier(Int16.self): try text.integer(node, as: Int16.self) as! Value
        case ObjectIdentifier(Int8.self): try text.integer(node, as: Int8.self) as! Value
        case ObjectIdentifier(UInt.self): try text.integer(node, as: UInt.self) as! Value
        case ObjectIdentifier(UInt64.self): try text.integer(node, as: UInt64.self) as! Value
        case ObjectIdentifier(UInt32.self): try text.integer(node, as: UInt32.self) as! Value
        case ObjectIdentifier(UInt16.self): try text.integer(node, as: UInt16.self) as! Value
        case ObjectIdentifier(UInt8.self): try text.integer(node, as: UInt8.self) as! Value
        default: try Value(from: self)
        }
    }

    var isNull: Bool { text[node].kind == .null }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard text[node].kind == .object else { throw JSONText.mismatch([String: Any].self) }
        return KeyedDecodingContainer(ObjectDecoding(object: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard text[node].kind == .array else { throw JSONText.mismatch([Any].self) }
        return ArrayDecoding(array: self)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { ValueDecoding(value: self) }

    fileprivate func at(_ node: Int) -> JSONDecoding { JSONDecoding(text: text, node: node, userInfo: userInfo) }
}

/// Reads a value that is nothing but another one.
private struct ValueDecoding: SingleValueDecodingContainer {
    let value: JSONDecoding
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { value.isNull }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try value.decoded() }
}

/// Reads the members of an object.
private struct ObjectDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let object: JSONDecoding
    var codingPath: [any CodingKey] { [] }

    var allKeys: [Key] { object.text.names(of: object.node).compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { object.text.member(key.stringValue, of: object.node) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { try member(key).isNull }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try member(key).decoded() }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        guard let node = object.text.member(key.stringValue, of: object.node) else { return nil }
        let value = object.at(node)
        return value.isNull ? nil : try value.decoded()
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try member(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try member(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try member(SuperKey()) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try member(key) }

    private func member(_ key: some CodingKey) throws -> JSONDecoding {
        guard let node = object.text.member(key.stringValue, of: object.node) else {
            throw DecodingError.keyNotFound(key, .init(codingPath: [], debugDescription: "A member is missing."))
        }
        return object.at(node)
    }
}

/// Reads the elements of an array.
private struct ArrayDecoding: UnkeyedDecodingContainer {
    private let array: JSONDecoding
    private var node: Int
    private(set) var currentIndex = 0

    init(array: JSONDecoding) {
        self.array = array
        node = array.node + 1
    }

    var codingPath: [any CodingKey] { [] }
    var count: Int? { Int(array.text[array.node].count) }
    var isAtEnd: Bool { node >= Int(array.text[array.node].next) }

    mutating func decodeNil() throws -> Bool {
        let isNull = try element().isNull
        if isNull { advance() }
        return isNull
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        // Only then on to the next one: a type may try several.
        let value = try element().decoded(type)
        advance()
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        let container = try element().container(keyedBy: type)
        advance()
        return container
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let container = try element().unkeyedContainer()
        advance()
        return container
    }

    mutating func superDecoder() throws -> any Decoder {
        let decoder = try element()
        advance()
        return decoder
    }

    private func element() throws -> JSONDecoding {
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                Any.self, .init(codingPath: [], debugDescription: "The array is at its end."))
        }
        return array.at(node)
    }

    private mutating func advance() {
        node = Int(array.text[node].next)
        currentIndex += 1
    }
}
