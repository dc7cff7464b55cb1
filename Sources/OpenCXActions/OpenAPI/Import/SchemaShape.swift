internal import OpenCXCore

/// The members of an object's schema, so that they can be arguments of their own.
struct SchemaShape {
    var members: [String: JSONValue] = [:]
    var required: Set<String> = []

    /// `nil` where a schema says more than "an object with these members".
    init?(_ schema: JSONValue, _ reader: SchemaReader) {
        guard add(schema, reader, depth: 0), !members.isEmpty else { return nil }
    }

    private mutating func add(_ schema: JSONValue, _ reader: SchemaReader, depth: Int) -> Bool {
        guard depth < 10, case .object(let keywords) = reader.resolved(schema) else { return false }
        guard keywords["type"].map({ $0 == "object" }) ?? true else { return false }
        let sayMore = [
            "anyOf", "oneOf", "not", "if", "enum", "const", "minProperties", "maxProperties", "patternProperties",
            "dependentRequired", "propertyNames", "$ref",
        ]
        guard !sayMore.contains(where: { keywords[$0] != nil }) else { return false }
        if case .object? = keywords["additionalProperties"] { return false }
        if case .array(let parts)? = keywords["allOf"] {
            for part in parts where !add(part, reader, depth: depth + 1) { return false }
        }
        if case .object(let own)? = keywords["properties"] {
            for (name, schema) in own {
                // The same member in two parts must fit both.
                members[name] = members[name].map { $0 == schema ? schema : ["allOf": [$0, schema]] } ?? schema
            }
        }
        if case .array(let names)? = keywords["required"] { required.formUnion(names.compactMap(\.string)) }
        return true
    }
}
