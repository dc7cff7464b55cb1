/// A JSON Schema (2020-12, the part that describes arguments and answers), and what it says about a value.
///
/// References lead into `$defs` (`#/$defs/Name`) and nowhere else. Unknown keywords and formats say nothing, as the standard
/// has it. A value that is right except for its type is brought into it: models write `"5"` for 5.
package struct JSONSchema: Sendable {
    /// The schema.
    package var root: JSONValue
    /// What `#/$defs/Name` stands for.
    package var definitions: [String: JSONValue]

    /// Makes a schema; without definitions, those under the root's `$defs` count.
    package init(_ root: JSONValue, definitions: [String: JSONValue]? = nil) {
        self.root = root
        if case .object(let members)? = root["$defs"], definitions == nil {
            self.definitions = members
        } else {
            self.definitions = definitions ?? [:]
        }
    }

    /// What is wrong with a value, and the value with the types that the schema asks for.
    ///
    /// - Parameters:
    ///   - value: the value.
    ///   - name: what messages call it.
    ///   - coerces: whether the value may be brought into the right type.
    ///   - isOpen: texts that nothing is said about yet, such as placeholders.
    package func check(
        _ value: JSONValue, name: String = "", coerces: Bool = true,
        isOpen: @escaping (String) -> Bool = { _ in false }
    ) -> (value: JSONValue, violations: [SchemaViolation]) {
        var checker = SchemaChecker(definitions: definitions, isOpen: isOpen)
        checker.coerces = coerces
        let typed = checker.check(value, root, at: name)
        return (typed, Array(checker.violations.prefix(SchemaChecker.violationLimit)))
    }

    /// The schema behind a reference, and those behind that.
    package func resolved(_ schema: JSONValue) -> JSONValue {
        var schema = schema
        // More hops than definitions are a circle.
        for _ in 0...definitions.count {
            guard let target = schema["$ref"]?.string, let next = definitions[Self.definitionName(of: target)] else {
                break
            }
            schema = next
        }
        return schema
    }

    /// `Name` of `#/$defs/Name`.
    static func definitionName(of reference: String) -> String {
        let prefix = "#/$defs/"
        return reference.hasPrefix(prefix) ? String(reference.dropFirst(prefix.count)) : reference
    }

    /// The types that a schema allows, as far as it names any; `nil` for all of them.
    package func types(of schema: JSONValue, depth: Int = 0) -> Set<String>? {
        let schema = resolved(schema)
        switch schema["type"] {
        case .string(let type): return [type]
        case .array(let types): return Set(types.compactMap(\.string))
        default: break
        }
        guard depth < 8 else { return nil }
        for keyword in ["anyOf", "oneOf"] {
            guard case .array(let branches)? = schema[keyword] else { continue }
            var all: Set<String> = []
            for branch in branches {
                guard let types = types(of: branch, depth: depth + 1) else { return nil }
                all.formUnion(types)
            }
            return all
        }
        if case .array(let parts)? = schema["allOf"] {
            for part in parts {
                if let types = types(of: part, depth: depth + 1) { return types }
            }
        }
        if case .array(let values)? = schema["enum"], !values.isEmpty { return Set(values.map(\.typeName)) }
        return schema["const"].map { [$0.typeName] }
    }
}

/// What is wrong with a value, worded so that a model can put it right; never quotes the value.
package struct SchemaViolation: Hashable, Sendable, CustomStringConvertible {
    /// Where: `items[2].price`.
    package var place: String
    /// What must be: "must be a number".
    package var message: String

    /// Place and message.
    package var description: String { place.isEmpty ? message : "\(place) \(message)" }
}

extension JSONValue {
    /// What JSON Schema calls its type.
    package var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .integer: "integer"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    /// The number, when this is one.
    package var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// The same with whole numbers written as such, so that 1 and 1.0 are equal.
    package var canonical: JSONValue {
        switch self {
        case .number(let value): Int64(exactly: value).map(JSONValue.integer) ?? self
        case .array(let values): .array(values.map(\.canonical))
        case .object(let members): .object(members.mapValues(\.canonical))
        default: self
        }
    }
}
