internal import OpenCXCore

/// Words to write JSON Schemas with.
enum Schema {
    /// An object of exactly these members.
    static func object(
        _ members: KeyValuePairs<String, JSONValue>, required: [String]? = nil, description: String? = nil
    ) -> JSONValue {
        let properties = Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
        var schema: [String: JSONValue] = [
            "type": "object", "properties": .object(properties), "additionalProperties": false,
        ]
        let required = required ?? members.map(\.key)
        if !required.isEmpty { schema["required"] = .array(required.map(JSONValue.string)) }
        if let description { schema["description"] = .string(description) }
        return .object(schema)
    }

    /// A text, in characters.
    static func text(_ range: ClosedRange<Int>? = nil, _ description: String? = nil) -> JSONValue {
        var schema: [String: JSONValue] = ["type": "string"]
        if let range {
            if range.lowerBound > 0 { schema["minLength"] = .integer(Int64(range.lowerBound)) }
            schema["maxLength"] = .integer(Int64(range.upperBound))
        }
        if let description { schema["description"] = .string(description) }
        return .object(schema)
    }

    static func choice(_ values: [String], _ description: String? = nil) -> JSONValue {
        var schema: [String: JSONValue] = ["type": "string", "enum": .array(values.map(JSONValue.string))]
        if let description { schema["description"] = .string(description) }
        return .object(schema)
    }

    static func list(_ items: JSONValue, _ range: ClosedRange<Int>? = nil) -> JSONValue {
        var schema: [String: JSONValue] = ["type": "array", "items": items]
        if let range {
            if range.lowerBound > 0 { schema["minItems"] = .integer(Int64(range.lowerBound)) }
            schema["maxItems"] = .integer(Int64(range.upperBound))
        }
        return .object(schema)
    }

    static func integer(_ range: ClosedRange<Int>? = nil, _ description: String? = nil) -> JSONValue {
        var schema: [String: JSONValue] = ["type": "integer"]
        if let range {
            schema["minimum"] = .integer(Int64(range.lowerBound))
            schema["maximum"] = .integer(Int64(range.upperBound))
        }
        if let description { schema["description"] = .string(description) }
        return .object(schema)
    }

    /// The schema, or `null`.
    static func optional(_ schema: JSONValue) -> JSONValue {
        if case .object(var members) = schema, let type = members["type"], members["$ref"] == nil {
            members["type"] = [type, "null"]
            if case .array(let values)? = members["enum"] { members["enum"] = .array(values + [.null]) }
            return .object(members)
        }
        return ["anyOf": [schema, ["type": "null"]]]
    }

    /// A schema under `components`.
    static func named(_ name: String) -> JSONValue { ["$ref": .string("#/$defs/" + name)] }

    /// Texts by name.
    static let texts: JSONValue = ["type": "object", "additionalProperties": ["type": "string"]]

    static let bool: JSONValue = ["type": "boolean"]
    static let number: JSONValue = ["type": "number"]
    static let null: JSONValue = ["type": "null"]
    static let anything: JSONValue = [:]
    static let id = text(1...200)
    static let time: JSONValue = ["type": "string", "format": "date-time"]

    /// A page of items, and where to go on.
    static func page(_ items: JSONValue) -> JSONValue {
        object(["items": list(items), "next": next])
    }

    /// A page of items, where to go on, and how many there are on all pages.
    static func countedPage(_ items: JSONValue) -> JSONValue {
        object(["items": list(items), "next": next, "total": optional(integer())])
    }

    private static let next = optional(text(nil, "Goes into `cursor` for the next page; null on the last one."))
}
