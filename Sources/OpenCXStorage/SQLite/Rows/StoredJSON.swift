internal import FoundationEssentials
@_spi(OpenCXStorage) internal import OpenCXCore

/// A value as the store writes it.
struct StoredJSON: Sendable {
    private let text: Data

    /// Takes over what a column holds.
    init(copying text: UnsafeBufferPointer<UInt8>) {
        self.text = Data(buffer: text)
    }

    private static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A score that is not a number must not keep a turn from being stored.
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return encoder
    }()

    private static let decoder: JSONDecoder = {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        if let key = RedactedText.restoringKey { decoder.userInfo[key] = StoredTextDecoding() }
        return decoder
    }()

    static func encode(_ value: some Encodable) throws -> [UInt8] {
        [UInt8](try encoder.encode(value))
    }

    /// - Throws: `StoreError.corrupt`. The decoder's own error may quote what it read.
    func decoded<Value: Decodable>(_: Value.Type = Value.self) throws -> Value {
        try Self.decode(Value.self, from: text)
    }

    static func decode<Value: Decodable>(_: Value.Type, from text: Data) throws -> Value {
        do { return try decoder.decode(Value.self, from: text) } catch {
            throw StoreError.unreadable("a row")
        }
    }
}
