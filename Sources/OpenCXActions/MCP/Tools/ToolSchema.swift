internal import OpenCXCore

/// The schema of a tool's arguments, in the words that the core checks: keywords that it knows, and references into `$defs`.
struct ToolSchema {
    /// The arguments by the server's names.
    private(set) var properties: [String: JSONValue] = [:]
    /// Those that a call needs.
    private(set) var required: Set<String> = []
    /// What `#/$defs/Name` stands for.
    private(set) var definitions: [String: JSONValue] = [:]
    /// What is left to the server to check.
    private(set) var notes: [String] = []

    /// The model's names of definitions by the server's references.
    private var names: [String: String] = [:]

    private static let depthLimit = 32
    static let sizeLimit = 1 << 16

    /// Reads a schema.
    init(_ schema: JSONValue) throws(MCPError) {
        guard case .object(let root) = schema else { throw Self.bad("is no object") }
        guard schema.serialized().count <= Self.sizeLimit else { throw Self.bad("is longer than 64 KB") }
        guard root["type"] == nil || root["type"] == "object" else { throw Self.bad("does not describe an object") }
        var free = FreeNames(nameless: "Definition")
        for holder in ["$defs", "definitions"] {
            guard case .object(let members)? = root[holder] else { continue }
            for name in members.keys.sorted() { names["#/\(holder)/\(Self.escaped(name))"] = free.name(for: name) }
        }
        for holder in ["$defs", "definitions"] {
            guard case .object(let members)? = root[holder] else { continue }
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                guard let free = names["#/\(holder)/\(Self.escaped(name))"] else { continue }
                definitions[free] = try convert(value, depth: 0)
            }
        }
        if let members = root["properties"] {
            guard case .object(let members) = members else { throw Self.bad("has arguments without names") }
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                properties[name] = try convert(value, depth: 0)
            }
        }
        if let list = root["required"] {
            guard case .array(let list) = list else { throw Self.bad("does not list what is required") }
            required = Set(list.compactMap(\.string))
        }
        if let missing = required.sorted().first(where: { properties[$0] == nil }) {
            throw Self.bad("requires \(PlainWords.name(missing)) and does not describe it")
        }
        for keyword in ["allOf", "anyOf", "oneOf", "not", "if", "dependentRequired", "dependentSchemas"]
        where root[keyword] != nil {
            notes.append("What \(keyword) says of the arguments together is left to the server to check.")
        }
    }

    private static func bad(_ what: String) -> MCPError {
        MCPError(.unsupportedSchema, "The schema of the arguments \(what).")
    }

    /// A member's name the way a JSON pointer has it.
    private static func escaped(_ name: String) -> String {
        name.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
            .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
    }

    // MARK: Keywords

    private mutating func convert(_ schema: JSONValue, depth: Int) throws(MCPError) -> JSONValue {
        guard depth < Self.depthLimit else { throw Self.bad("is nested more than \(Self.depthLimit) deep") }
        if case .bool = schema { return schema }
        guard case .object(let keywords) = schema else { throw Self.bad("has a part that is no schema") }
        var result: [String: JSONValue] = [:]
        for (keyword, value) in keywords {
            switch keyword {
            case "$ref": result[keyword] = .string("#/$defs/\(try definition(value))")
            case "type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
                "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "required", "minProperties",
                "maxProperties", "default", "dependentRequired", "minContains", "maxContains":
                result[keyword] = value
            case "description", "title", "format":
                result[keyword] = value.string.map { .string(PlainWords.line($0, limit: 1024)) }
            case "pattern": result[keyword] = pattern(value)
            case "items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames":
                result[keyword] = try convert(value, depth: depth + 1)
            case "allOf", "anyOf", "oneOf", "prefixItems": result[keyword] = try list(value, depth: depth)
            case "properties", "patternProperties": result[keyword] = try members(value, depth: depth)
            default: continue
            }
        }
        return .object(result)
    }

    private mutating func list(_ value: JSONValue, depth: Int) throws(MCPError) -> JSONValue {
        guard case .array(let schemas) = value else { throw Self.bad("has a part that is no list of schemas") }
        var result: [JSONValue] = []
        for schema in schemas { result.append(try convert(schema, depth: depth + 1)) }
        return .array(result)
    }

    private mutating func members(_ value: JSONValue, depth: Int) throws(MCPError) -> JSONValue {
        guard case .object(let schemas) = value else { throw Self.bad("has a part without names") }
        var result: [String: JSONValue] = [:]
        for (name, schema) in schemas { result[name] = try convert(schema, depth: depth + 1) }
        return .object(result)
    }

    private func definition(_ reference: JSONValue) throws(MCPError) -> String {
        guard let text = reference.string, let name = names[text] else {
            throw Self.bad("has a reference that does not lead into its $defs")
        }
        return name
    }

    private mutating func pattern(_ value: JSONValue) -> JSONValue? {
        guard let text = value.string else { return nil }
        do throws(Pattern.Problem) {
            _ = try Pattern(text)
            return value
        } catch {
            notes.append("A pattern is left to the server to check: \(error.message).")
            return nil
        }
    }
}

extension ToolSchema {
    /// Whether the path leads to a member that an argument's schema names.
    func has(_ path: ArraySlice<String>, in schema: JSONValue) -> Bool {
        JSONSchema(schema, definitions: definitions).hasMember(at: path, of: schema)
    }
}
