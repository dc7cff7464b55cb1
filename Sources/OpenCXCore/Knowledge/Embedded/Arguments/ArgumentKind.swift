/// What kind of value a parameter takes, as far as it can be found without a language model.
enum ArgumentKind: Equatable {
    /// One of these values, as they are written.
    case choice([String])
    case integer, number, boolean
    /// A text that fits a pattern.
    case pattern
    case date, email, phone
    /// A text of another format that a word by itself shows: a UUID, an address of a page.
    case token(StringFormat)
    /// Any text.
    case text

    /// `nil` for objects, lists, and what is said in a way that leaves the type open.
    init?(_ parameter: ActionParameter, _ definitions: [String: JSONValue]) {
        let schema = JSONSchema(parameter.schema, definitions: definitions)
        let keywords = Self.keywords(of: parameter.schema, schema, depth: 0)
        if let choices = Self.choices(keywords, parameter.limits) {
            guard !choices.isEmpty else { return nil }
            self = choices.allSatisfy { ["true", "false"].contains($0) } ? .boolean : .choice(choices)
            return
        }
        let types = (schema.types(of: parameter.schema) ?? []).subtracting(["null"])
        if types.contains("string") {
            self = Self.text(keywords)
        } else if types == ["integer"] {
            self = .integer
        } else if types == ["number"] || types == ["integer", "number"] {
            self = .number
        } else if types == ["boolean"] {
            self = .boolean
        } else {
            return nil
        }
    }

    private static func text(_ keywords: [String: JSONValue]) -> ArgumentKind {
        switch keywords["format"]?.string {
        case "date": return .date
        case "email", "idn-email": return .email
        case "phone", "tel", "e164": return .phone
        case let name?:
            if let format = StringFormat(rawValue: name), ![.byte, .uriReference].contains(format) {
                return .token(format)
            }
        case nil: break
        }
        return keywords["pattern"] == nil ? .text : .pattern
    }

    /// The values that are allowed by name, scalars only; `nil` when none are named.
    private static func choices(_ keywords: [String: JSONValue], _ limits: [ArgumentLimit]) -> [String]? {
        var values: [JSONValue]?
        if case .array(let listed)? = keywords["enum"] { values = listed }
        if let const = keywords["const"] { values = [const] }
        if values == nil { values = limits.first { $0.path.isEmpty && $0.allowed != nil }?.allowed }
        return values?.compactMap { value in
            switch value {
            case .string, .integer, .number, .bool: value.argumentText
            case .null, .array, .object: nil
            }
        }
    }

    /// What a schema says, with what its parts say beside it, and without the alternative "null".
    private static func keywords(of value: JSONValue, _ schema: JSONSchema, depth: Int) -> [String: JSONValue] {
        guard depth < 8, case .object(var keywords) = schema.resolved(value) else { return [:] }
        if case .array(let parts)? = keywords["allOf"] {
            for part in parts { keywords.merge(Self.keywords(of: part, schema, depth: depth + 1)) { own, _ in own } }
        }
        for keyword in ["anyOf", "oneOf"] {
            guard case .array(let branches)? = keywords[keyword] else { continue }
            let real = branches.filter { schema.types(of: $0) != ["null"] }
            if real.count == 1 {
                keywords.merge(Self.keywords(of: real[0], schema, depth: depth + 1)) { own, _ in own }
            }
        }
        return keywords
    }
}

extension ActionDefinition {
    /// Whether everything that it must be told can be found without a language model: no objects, no lists.
    var canBeFilledByWords: Bool {
        parameters.allSatisfy { parameter in
            guard parameter.isRequired, case .conversation = parameter.source else { return true }
            return ArgumentKind(parameter, schemaDefinitions) != nil
        }
    }
}
