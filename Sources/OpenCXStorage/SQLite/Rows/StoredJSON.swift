@_spi(OpenCXStorage) internal import OpenCXCore

/// A value as the store writes it.
struct StoredJSON: Sendable {
    let text: [UInt8]

    /// Takes over what a column holds.
    init(copying text: UnsafeBufferPointer<UInt8>) {
        self.text = Array(text)
    }

    static func encode(_ value: some Encodable) throws -> [UInt8] {
        try JSONWriting.encode(value)
    }

    static func encode(_ value: some StoredWritable) throws -> [UInt8] {
        try JSONWriting.written(value)
    }

    /// - Throws: `StoreError.corrupt`. The decoder's own error may quote what it read.
    func decoded<Value: Decodable>(_: Value.Type = Value.self) throws -> Value {
        try Self.decode(Value.self, from: text)
    }

    /// - Throws: `StoreError.corrupt`.
    func decoded<Value: StoredReadable>(_: Value.Type = Value.self) throws -> Value {
        try Self.read(Value.self, from: text)
    }

    static func read<Value: StoredReadable>(_: Value.Type, from text: [UInt8]) throws -> Value {
        do { return try Value(JSONNode(text: JSONText(text), node: 0)) } catch { throw StoreError.unreadable("a row") }
    }

    static func decode<Value: Decodable>(_: Value.Type, from text: [UInt8]) throws -> Value {
        do { return try JSONText.decode(Value.self, from: text, userInfo: userInfo) } catch {
            throw StoreError.unreadable("a row")
        }
    }

    /// Says that what is decoded comes out of a store.
    // Made anew each time: a dictionary of `Any` is not sendable.
    static var userInfo: [CodingUserInfoKey: Any] {
        RedactedText.restoringKey.map { [$0: StoredTextDecoding()] } ?? [:]
    }
}
