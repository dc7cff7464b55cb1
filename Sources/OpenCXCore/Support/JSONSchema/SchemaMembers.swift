extension JSONSchema {
    /// Whether there is a member at a path of names in a schema; lists and alternatives are looked through.
    package func hasMember(at path: ArraySlice<String>, of schema: JSONValue) -> Bool {
        var search = MemberSearch(schema: self)
        return search.has(path, schema, depth: 0)
    }

    /// The schema without the member at a path, so that nobody but the platform sets it; `nil` when there is no such member.
    package func removingMember(at path: ArraySlice<String>, from schema: JSONValue) -> JSONValue? {
        var search = MemberSearch(schema: self)
        return search.removing(path, from: schema, depth: 0)
    }

    /// A schema behind its references, with what stands beside them.
    package func merged(_ schema: JSONValue) -> JSONValue {
        guard schema["$ref"] != nil, case .object(let beside) = schema else { return schema }
        guard case .object(let members) = resolved(schema) else { return resolved(schema) }
        return .object(members.merging(beside.filter { $0.key != "$ref" }) { $1 })
    }
}

/// Schemas refer to themselves, in several alternatives at once: a search has to end all the same.
private struct MemberSearch {
    let schema: JSONSchema
    private var stepsLeft = 10_000
    private static let depthLimit = 12
    private static let alternatives = ["allOf", "anyOf", "oneOf"]

    init(schema: JSONSchema) {
        self.schema = schema
    }

    mutating func has(_ path: ArraySlice<String>, _ value: JSONValue, depth: Int) -> Bool {
        guard let name = path.first else { return true }
        guard let keywords = keywords(of: value, depth) else { return false }
        if let member = keywords["properties"]?[name], has(path.dropFirst(), member, depth: depth + 1) { return true }
        if let items = keywords["items"], has(path, items, depth: depth + 1) { return true }
        for keyword in Self.alternatives {
            guard case .array(let parts)? = keywords[keyword] else { continue }
            for part in parts where has(path, part, depth: depth + 1) { return true }
        }
        return false
    }

    mutating func removing(_ path: ArraySlice<String>, from value: JSONValue, depth: Int) -> JSONValue? {
        guard let name = path.first, var keywords = keywords(of: value, depth) else { return nil }
        var isFound = false
        if case .object(var properties)? = keywords["properties"], let member = properties[name] {
            if path.count == 1 {
                properties[name] = nil
                isFound = true
                if case .array(let names)? = keywords["required"] {
                    keywords["required"] = .array(names.filter { $0 != .string(name) })
                }
            } else if let edited = removing(path.dropFirst(), from: member, depth: depth + 1) {
                properties[name] = edited
                isFound = true
            }
            keywords["properties"] = .object(properties)
        }
        for keyword in Self.alternatives {
            guard case .array(var parts)? = keywords[keyword] else { continue }
            for place in parts.indices {
                guard let edited = removing(path, from: parts[place], depth: depth + 1) else { continue }
                parts[place] = edited
                isFound = true
            }
            keywords[keyword] = .array(parts)
        }
        return isFound ? .object(keywords) : nil
    }

    private mutating func keywords(of value: JSONValue, _ depth: Int) -> [String: JSONValue]? {
        stepsLeft -= 1
        guard stepsLeft >= 0, depth < Self.depthLimit, case .object(let keywords) = schema.merged(value) else {
            return nil
        }
        return keywords
    }
}
