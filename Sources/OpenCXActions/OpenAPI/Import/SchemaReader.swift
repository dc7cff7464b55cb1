internal import OpenCXCore

/// Turns the schemas of requests, as OpenAPI 2.0, 3.0 or 3.1 writes them, into JSON Schema (2020-12) with all references under
/// `$defs`.
struct SchemaReader {
    let document: Document
    /// What references lead to, by the names given here.
    private(set) var definitions: [String: JSONValue] = [:]
    private var names: [Pointer: String] = [:]
    private var takenNames: Set<String> = []
    /// What references lead to and has not been read yet.
    private var waiting: [(name: String, place: Pointer)] = []
    /// Keywords that could not be taken over.
    private(set) var notes: [OpenAPIError] = []

    static let depthLimit = 60

    init(_ document: Document) {
        self.document = document
    }

    /// Reads a schema. When it fails, nothing of it is kept.
    mutating func read(_ schema: JSONValue, at place: Pointer) throws(OpenAPIError) -> JSONValue {
        let before = (definitions, names, takenNames, notes)
        do throws(OpenAPIError) {
            let result = try convert(schema, at: place, depth: 0)
            // One after the other, not one inside the other: a chain of references may be long.
            while let (name, place) = waiting.popLast() {
                guard let target = place.value(in: document.root) else { throw Document.broken(place) }
                _ = try document.resolve(target, at: place)
                definitions[name] = try convert(target, at: place, depth: 0)
            }
            return result
        } catch {
            (definitions, names, takenNames, notes) = before
            waiting = []
            throw error
        }
    }

    /// A schema behind its references, with what stands beside them.
    func resolved(_ schema: JSONValue) -> JSONValue { self.schema(schema).merged(schema) }

    /// A schema with what its references lead to.
    func schema(_ schema: JSONValue) -> JSONSchema { JSONSchema(schema, definitions: definitions) }

    private mutating func convert(
        _ schema: JSONValue, at place: Pointer, depth: Int
    ) throws(OpenAPIError) -> JSONValue {
        guard depth <= Self.depthLimit else {
            throw OpenAPIError(.invalidToolSchema, at: "\(place)", "The schema is nested too deep; make it flatter.")
        }
        if case .bool = schema { return schema }
        guard case .object(var keywords) = schema else {
            throw OpenAPIError(.invalidToolSchema, at: "\(place)", "The schema must be an object.")
        }
        if let reference = keywords["$ref"] {
            let name = name(of: try document.target(of: reference, at: place))
            var result: [String: JSONValue] = ["$ref": .string("#/$defs/\(name)")]
            result["description"] = document.version.isThreeOne ? keywords["description"] : nil
            return .object(result)
        }
        keywords = Dialect.modern(keywords)
        var result: [String: JSONValue] = [:]
        for (keyword, value) in keywords {
            switch SchemaKeyword(keyword) {
            case .kept: result[keyword] = value
            case .text: if value.string != nil { result[keyword] = value }
            case .schema: result[keyword] = try convert(value, at: place.at(keyword), depth: depth + 1)
            case .schemas: result[keyword] = try list(value, at: place.at(keyword), depth: depth)
            case .namedSchemas: result[keyword] = try members(value, at: place.at(keyword), depth: depth)
            case .passedOver: continue
            }
        }
        checkPattern(&result, at: place)
        Self.dropMissing(from: &result, document: keywords)
        return .object(result)
    }

    /// The name of what stands at a place.
    private mutating func name(of place: Pointer) -> String {
        if let name = names[place] { return name }
        let plain = PlainWords.name(place.names.last ?? "")
        let base = plain.isEmpty ? "Root" : plain
        var name = base
        var number = 2
        while !takenNames.insert(name).inserted {
            name = "\(base)_\(number)"
            number += 1
        }
        names[place] = name
        waiting.append((name, place))
        return name
    }

    private mutating func list(_ value: JSONValue, at place: Pointer, depth: Int) throws(OpenAPIError) -> JSONValue {
        guard case .array(let schemas) = value, !schemas.isEmpty else {
            throw OpenAPIError(.invalidToolSchema, at: "\(place)", "A list of schemas is expected.")
        }
        var result: [JSONValue] = []
        for (index, schema) in schemas.enumerated() {
            result.append(try convert(schema, at: place.at(index), depth: depth + 1))
        }
        return .array(result)
    }

    private mutating func members(
        _ value: JSONValue, at place: Pointer, depth: Int
    ) throws(OpenAPIError) -> JSONValue {
        guard case .object(let schemas) = value else {
            throw OpenAPIError(.invalidToolSchema, at: "\(place)", "Schemas by name are expected.")
        }
        var result: [String: JSONValue] = [:]
        for (name, schema) in schemas {
            // What only responses have is not asked for.
            if schema["readOnly"] == true { continue }
            result[name] = try convert(schema, at: place.at(name), depth: depth + 1)
        }
        return .object(result)
    }

    /// Members that were left out are not required either.
    private static func dropMissing(from result: inout [String: JSONValue], document: [String: JSONValue]) {
        guard case .array(let names)? = result["required"] else {
            result["required"] = nil
            return
        }
        guard case .object(let all)? = document["properties"], case .object(let kept)? = result["properties"] else {
            return
        }
        let still = names.filter { name in name.string.map { all[$0] == nil || kept[$0] != nil } ?? false }
        result["required"] = still.isEmpty ? nil : .array(still)
    }

    private mutating func checkPattern(_ schema: inout [String: JSONValue], at place: Pointer) {
        guard let pattern = schema["pattern"]?.string else { return }
        do throws(Pattern.Problem) {
            _ = try Pattern(pattern)
        } catch {
            schema["pattern"] = nil
            notes.append(
                OpenAPIError(
                    .invalidToolSchema, at: "\(place.at("pattern"))",
                    "The pattern is left to the API to check: \(error.message)."))
        }
    }
}

/// What is done with a keyword.
private enum SchemaKeyword {
    case kept, text, schema, schemas, namedSchemas, passedOver

    init(_ keyword: String) {
        switch keyword {
        case "type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
            "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "required", "minProperties",
            "maxProperties", "default", "dependentRequired", "minContains", "maxContains":
            self = .kept
        case "description", "title", "format", "pattern": self = .text
        case "items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames": self = .schema
        case "allOf", "anyOf", "oneOf", "prefixItems": self = .schemas
        case "properties", "patternProperties": self = .namedSchemas
        default: self = .passedOver
        }
    }
}

/// The older dialects of JSON Schema that OpenAPI 2.0 and 3.0 have, in today's words.
private enum Dialect {
    static func modern(_ keywords: [String: JSONValue]) -> [String: JSONValue] {
        var keywords = keywords
        for (bound, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            guard case .bool(let isExclusive)? = keywords[bound] else { continue }
            keywords[bound] = isExclusive ? keywords[limit] : nil
            if isExclusive { keywords[limit] = nil }
        }
        if keywords["type"] == "file" {
            keywords["type"] = "string"
            keywords["format"] = "binary"
        }
        if keywords["nullable"] == true || keywords["x-nullable"] == true { allowNull(&keywords) }
        // Lists of items by place are `prefixItems` today.
        if case .array? = keywords["items"] { keywords["prefixItems"] = keywords.removeValue(forKey: "items") }
        return keywords
    }

    private static func allowNull(_ keywords: inout [String: JSONValue]) {
        switch keywords["type"] {
        case .string(let type): keywords["type"] = [.string(type), "null"]
        case .array(let types) where !types.contains("null"): keywords["type"] = .array(types + ["null"])
        default: break
        }
        if case .array(let values)? = keywords["enum"], !values.contains(.null) {
            keywords["enum"] = .array(values + [.null])
        }
        for keyword in ["anyOf", "oneOf"] {
            guard case .array(let branches)? = keywords[keyword] else { continue }
            keywords[keyword] = .array(branches + [["type": "null"]])
        }
        if keywords["type"] == nil, keywords["anyOf"] == nil, keywords["oneOf"] == nil,
            let parts = keywords.removeValue(forKey: "allOf")
        {
            keywords["anyOf"] = [["allOf": parts], ["type": "null"]]
        }
    }
}
