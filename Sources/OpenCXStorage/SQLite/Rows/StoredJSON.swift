@_spi(OpenCXStorage) internal import OpenCXCore

/// A value as the store writes it.
struct StoredJSON: Sendable {
    private let text: [UInt8]

    /// Takes over what a column holds.
    init(copying text: UnsafeBufferPointer<UInt8>) {
        self.text = Array(text)
    }

    static func encode(_ value: some Encodable) throws -> [UInt8] {
        try JSONWriting.encode(value)
    }

    /// - Throws: `StoreError.corrupt`. The decoder's own error may quote what it read.
    func decoded<Value: Decodable>(_: Value.Type = Value.self) throws -> Value {
        try Self.decode(Value.self, from: text)
    }

    static func decode<Value: Decodable>(_: Value.Type, from text: [UInt8]) throws -> Value {
        do { return try JSONText.decode(Value.self, from: text, userInfo: Reading.userInfo) } catch {
            throw StoreError.unreadable("a row")
        }
    }

    /// Says that what is decoded comes out of a store.
    private enum Reading {
        // Made anew each time: a dictionary of `Any` is not sendable.
        static var userInfo: [CodingUserInfoKey: Any] {
            RedactedText.restoringKey.map { [$0: StoredTextDecoding()] } ?? [:]
        }
    }
}
