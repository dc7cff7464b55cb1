/// Gives a value that encodes itself its containers.
struct JSONEncoding: Encoder {
    let writing: JSONWriting
    let depth: Int

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy _: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(
            ObjectEncoding(writing: writing, place: writing.container(at: depth, isObject: true)))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        ArrayEncoding(writing: writing, place: writing.container(at: depth, isObject: false))
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { ValueEncoding(writing: writing) }
}

/// Writes a value that is nothing but another one.
private struct ValueEncoding: SingleValueEncodingContainer {
    let writing: JSONWriting
    var codingPath: [any CodingKey] { [] }

    func encodeNil() { writing.writeNull() }
    func encode<Value: Encodable>(_ value: Value) throws { try writing.write(value) }
}

/// Writes the members of an object.
private struct ObjectEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writing: JSONWriting
    let place: JSONWriting.Place
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) {
        writing.next(key, in: place)
        writing.writeNull()
    }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        writing.next(key, in: place)
        try writing.write(value)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        nested(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { nested(key).unkeyedContainer() }

    func superEncoder() -> any Encoder { nested(SuperKey()) }
    func superEncoder(forKey key: Key) -> any Encoder { nested(key) }

    private func nested(_ key: some CodingKey) -> JSONEncoding {
        writing.next(key, in: place)
        return JSONEncoding(writing: writing, depth: writing.depth)
    }
}

/// Writes the elements of an array.
private struct ArrayEncoding: UnkeyedEncodingContainer {
    let writing: JSONWriting
    let place: JSONWriting.Place
    var count = 0
    var codingPath: [any CodingKey] { [] }

    mutating func encodeNil() {
        next()
        writing.writeNull()
    }

    mutating func encode<Value: Encodable>(_ value: Value) throws {
        next()
        try writing.write(value)
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        next()
        return JSONEncoding(writing: writing, depth: writing.depth).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        next()
        return JSONEncoding(writing: writing, depth: writing.depth).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder {
        next()
        return JSONEncoding(writing: writing, depth: writing.depth)
    }

    private mutating func next() {
        count += 1
        writing.next(in: place)
    }
}

/// Where what a class inherits goes.
struct SuperKey: CodingKey {
    var stringValue: String { "super" }
    var intValue: Int? { nil }

    init() {}
    init?(stringValue: String) { nil }
    init?(intValue: Int) { nil }
}
