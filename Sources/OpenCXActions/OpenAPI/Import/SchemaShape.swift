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

/// Takes a member out of a schema, so that nobody but the platform sets it.
enum SchemaEdit {
    /// The schema without what stands at a path of members; `nil` when there is no such member.
    static func removing(
        _ path: ArraySlice<String>, from schema: JSONValue, _ reader: SchemaReader, depth: Int = 0
    ) -> JSONValue? {
        guard let name = path.first, depth < 12, case .object(var keywords) = reader.resolved(schema) else {
            return nil
        }
        var isFound = false
        if case .object(var properties)? = keywords["properties"], let member = properties[name] {
            if path.count == 1 {
                properties[name] = nil
                isFound = true
                if case .array(let names)? = keywords["required"] {
                    keywords["required"] = .array(names.filter { $0 != .string(name) })
                }
            } else if let edited = removing(path.dropFirst(), from: member, reader, depth: depth + 1) {
                properties[name] = edited
                isFound = true
            }
            keywords["properties"] = .object(properties)
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            guard case .array(let parts)? = keywords[keyword] else { continue }
            let edited = parts.map { removing(path, from: $0, reader, depth: depth + 1) }
            guard edited.contains(where: { $0 != nil }) else { continue }
            isFound = true
            keywords[keyword] = .array(zip(parts, edited).map { $1 ?? $0 })
        }
        return isFound ? .object(keywords) : nil
    }

    /// Whether there is a member at a path; lists are looked through.
    static func has(
        _ path: ArraySlice<String>, _ schema: JSONValue, _ reader: SchemaReader, depth: Int = 0
    ) -> Bool {
        guard let name = path.first else { return true }
        guard depth < 12, case .object(let keywords) = reader.resolved(schema) else { return false }
        if let member = keywords["properties"]?[name],
            has(path.dropFirst(), member, reader, depth: depth + 1)
        {
            return true
        }
        if let items = keywords["items"], has(path, items, reader, depth: depth + 1) { return true }
        return ["allOf", "anyOf", "oneOf"].contains { keyword in
            guard case .array(let parts)? = keywords[keyword] else { return false }
            return parts.contains { has(path, $0, reader, depth: depth + 1) }
        }
    }
}
