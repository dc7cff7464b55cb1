/// One check of a value against a schema: walks both, within a bound.
struct SchemaChecker {
    let definitions: [String: JSONValue]
    let isOpen: (String) -> Bool
    var violations: [SchemaViolation] = []
    /// Whether a value may be brought into the right type.
    var coerces = true
    private var depth = 0
    private var work = 0

    /// How many violations are told.
    static let violationLimit = 12
    static let depthLimit = 64
    static let workLimit = 200_000

    init(definitions: [String: JSONValue], isOpen: @escaping (String) -> Bool) {
        self.definitions = definitions
        self.isOpen = isOpen
    }

    mutating func report(_ place: String, _ message: String) {
        violations.append(SchemaViolation(place: place, message: message))
    }

    /// Checks a value; the result is the value in the type that the schema asks for.
    mutating func check(_ value: JSONValue, _ schema: JSONValue, at place: String) -> JSONValue {
        work += 1
        depth += 1
        defer { depth -= 1 }
        guard work <= Self.workLimit, depth <= Self.depthLimit else {
            report(place, "is too large or nested too deep to be checked")
            return value
        }
        if case .string(let text) = value, isOpen(text) { return value }
        guard case .object(let keywords) = schema else {
            if schema == false { report(place, "must not be given") }
            return value
        }
        var value = value
        if let reference = keywords["$ref"]?.string {
            guard let target = definitions[JSONSchema.definitionName(of: reference)] else {
                report(place, "cannot be checked: its schema refers to something that does not exist")
                return value
            }
            value = check(value, target, at: place)
        }
        if let type = keywords["type"], let typed = typed(value, type, at: place) { value = typed }
        checkFixedValues(value, keywords, at: place)
        switch value {
        case .string(let text): checkText(text, keywords, at: place)
        case .integer, .number: checkNumber(value, keywords, at: place)
        case .array(let items): value = .array(checkItems(items, keywords, at: place))
        case .object(let members): value = .object(checkMembers(members, keywords, at: place))
        case .null, .bool: break
        }
        return combine(value, keywords, at: place)
    }

    private mutating func checkFixedValues(_ value: JSONValue, _ keywords: [String: JSONValue], at place: String) {
        if let constant = keywords["const"], constant.canonical != value.canonical {
            report(place, "must be \(Self.shown(constant))")
        }
        guard case .array(let allowed)? = keywords["enum"] else { return }
        let canonical = value.canonical
        guard !allowed.contains(where: { $0.canonical == canonical }) else { return }
        let some = allowed.prefix(20).map(Self.shown).joined(separator: ", ")
        report(place, "must be one of \(some)\(allowed.count > 20 ? " and \(allowed.count - 20) more" : "")")
    }

    /// A value of the schema's own, for a message.
    static func shown(_ value: JSONValue) -> String {
        String(String(decoding: value.serialized(), as: UTF8.self).prefix(80))
    }

    // MARK: Types

    /// The value in one of the types; reports when there is none.
    private mutating func typed(_ value: JSONValue, _ type: JSONValue, at place: String) -> JSONValue? {
        let types: [String] =
            switch type {
            case .string(let name): [name]
            case .array(let names): names.compactMap(\.string)
            default: []
            }
        if types.isEmpty { return value }
        if types.contains(value.typeName) || types.contains("number") && value.double != nil { return value }
        if types.contains("integer"), case .number(let number) = value, let whole = Int64(exactly: number) {
            return .integer(whole)
        }
        if coerces, let coerced = types.lazy.compactMap({ Self.coerced(value, to: $0) }).first { return coerced }
        let names = types.map { $0 == "integer" ? "a whole number" : $0 == "null" ? "null" : Self.article($0) }
        report(place, "must be \(names.joined(separator: " or "))")
        return nil
    }

    private static func article(_ type: String) -> String {
        switch type {
        case "array": "a list"
        case "object": "an object"
        case "string": "a text"
        case "boolean": "true or false"
        default: "a \(type)"
        }
    }

    /// The same value in another type, where only the writing differs.
    private static func coerced(_ value: JSONValue, to type: String) -> JSONValue? {
        switch (value, type) {
        case (.string(let text), "integer"), (.string(let text), "number"):
            guard let parsed = try? JSONValue(parsing: Array(text.utf8)), parsed.double != nil else { return nil }
            if type == "number" { return parsed }
            if case .integer = parsed.canonical { return parsed.canonical }
            return nil
        case (.string("true"), "boolean"): return true
        case (.string("false"), "boolean"): return false
        case (.string("null"), "null"): return .null
        case (.string(let text), "array"):
            guard let parsed = try? JSONValue(parsing: Array(text.utf8)), case .array = parsed else { return nil }
            return parsed
        case (.string(let text), "object"):
            guard let parsed = try? JSONValue(parsing: Array(text.utf8)), case .object = parsed else { return nil }
            return parsed
        case (.integer, "string"), (.number, "string"), (.bool, "string"):
            return .string(String(decoding: value.canonical.serialized(), as: UTF8.self))
        default: return nil
        }
    }

    // MARK: Several schemas

    private mutating func combine(_ value: JSONValue, _ keywords: [String: JSONValue], at place: String) -> JSONValue {
        var value = value
        if case .array(let parts)? = keywords["allOf"] {
            for part in parts { value = check(value, part, at: place) }
        }
        if case .array(let branches)? = keywords["anyOf"] {
            value = choose(value, branches, exactlyOne: false, at: place)
        }
        if case .array(let branches)? = keywords["oneOf"] {
            value = choose(value, branches, exactlyOne: true, at: place)
        }
        if let excluded = keywords["not"], attempt(value, excluded, at: place, coercing: false).1.isEmpty {
            report(place, "must not be what its schema rules out")
        }
        if let condition = keywords["if"] {
            let holds = attempt(value, condition, at: place, coercing: false).1.isEmpty
            if let consequence = keywords[holds ? "then" : "else"] { value = check(value, consequence, at: place) }
        }
        return value
    }

    /// The value as a branch has it that it fits; else reports what the nearest branch says.
    private mutating func choose(
        _ value: JSONValue, _ branches: [JSONValue], exactlyOne: Bool, at place: String
    ) -> JSONValue {
        let strict = branches.map { attempt(value, $0, at: place, coercing: false) }
        let fitting = strict.filter(\.1.isEmpty)
        if fitting.count > 1, exactlyOne {
            report(place, "fits more than one of the forms it may have; it must fit exactly one")
        }
        if let first = fitting.first { return first.0 }
        let loose = coerces ? branches.map { attempt(value, $0, at: place, coercing: true) } : strict
        if let first = loose.first(where: \.1.isEmpty) { return first.0 }
        guard let nearest = loose.min(by: { $0.1.count < $1.1.count }) else { return value }
        report(place, "fits none of the forms it may have; of the nearest one:")
        violations += nearest.1.prefix(3)
        return value
    }

    private mutating func attempt(
        _ value: JSONValue, _ schema: JSONValue, at place: String, coercing: Bool
    ) -> (JSONValue, [SchemaViolation]) {
        let (before, couldCoerce) = (violations, coerces)
        violations = []
        coerces = coercing && couldCoerce
        let typed = check(value, schema, at: place)
        let found = violations
        (violations, coerces) = (before, couldCoerce)
        return (typed, found)
    }
}
