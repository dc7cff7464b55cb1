extension JSONValue {
    /// How the value is written as an argument of an ``ActionProposal``: a text as it is, anything else as JSON.
    package var argumentText: String {
        if case .string(let text) = self { return text }
        return String(decoding: serialized(), as: UTF8.self)
    }

    /// Whether a placeholder stands anywhere in it.
    var hasPlaceholders: Bool {
        switch self {
        case .string(let text): !Placeholder.all(in: text).isEmpty
        case .array(let items): items.contains(where: \.hasPlaceholders)
        case .object(let members):
            members.contains { !Placeholder.all(in: $0.key).isEmpty || $0.value.hasPlaceholders }
        case .null, .bool, .integer, .number: false
        }
    }
}

extension ActionParameter {
    /// Reads an argument as it is written in a proposal: texts stand for themselves, and where the schema has something else,
    /// for JSON. What cannot be read stays a text; the schema has the last word on it.
    func value(from text: String, _ definitions: [String: JSONValue]) -> JSONValue {
        let types = JSONSchema(schema, definitions: definitions).types(of: schema)
        if types == ["string"] { return .string(text) }
        let json = Self.quotingPlaceholders(text)
        guard let value = try? JSONValue(parsing: Array(json.utf8)) else { return .string(text) }
        switch value {
        // "null", "5" and "true" are texts where a text is asked for.
        case .null, .bool, .integer, .number:
            guard let types, types.contains("string") else { return value }
            let isNamed = types.contains(value.typeName) || types.contains("number") && value.double != nil
            return isNamed ? value : .string(text)
        case .string, .array, .object: return value
        }
    }

    /// Redaction also finds telephone numbers that are JSON numbers; what it leaves is no JSON until it is quoted.
    static func quotingPlaceholders(_ json: String) -> String {
        guard !Placeholder.all(in: json).isEmpty else { return json }
        let bytes = Array(json.utf8)
        var out: [UInt8] = []
        var position = 0
        var isInText = false
        while position < bytes.count {
            let byte = bytes[position]
            if !isInText, byte == UInt8(ascii: "["),
                let end = bytes[position...].prefix(Placeholder.longest).firstIndex(of: UInt8(ascii: "]")),
                let piece = String(validating: bytes[position...end], as: UTF8.self),
                Placeholder.all(in: piece).first?.description == piece
            {
                out += "\"\(piece)\"".utf8
                position = end + 1
                continue
            }
            if isInText, byte == UInt8(ascii: "\\") {
                out += bytes[position..<min(position + 2, bytes.count)]
                position += 2
                continue
            }
            if byte == UInt8(ascii: "\"") { isInText.toggle() }
            out.append(byte)
            position += 1
        }
        return String(decoding: out, as: UTF8.self)
    }
}
