internal import OpenCXCore

/// Collects the arguments of an action, each with a name of its own, bound and limited as the settings say.
struct ArgumentPlanner {
    private let settings: OpenAPISettings
    private let operation: String
    private(set) var parameters: [ActionParameter] = []
    private var names = FreeNames(nameless: "argument")

    init(settings: OpenAPISettings, operation: String) {
        self.settings = settings
        self.operation = operation
    }

    /// Adds an argument.
    ///
    /// - Returns: the action's name for it.
    mutating func add(
        _ name: String, schema: JSONValue, description: String?, isRequired: Bool, _ schemas: SchemaReader,
        _ usage: inout SettingsUsage
    ) -> String {
        var resolved = schemas.resolved(schema)
        if case .object(var keywords) = resolved {
            let text = description ?? keywords["description"]?.string
            keywords["description"] = text.map { .string(PlainWords.line($0, limit: 1024)) }
            resolved = .object(keywords)
        }
        let argument = names.name(for: name)
        let fact = usage.rules.source(of: name, in: operation)
        let labels = settings.labels[name] ?? [:]
        usage.used(label: name)
        parameters.append(
            ActionParameter(
                name: argument, label: labels["en"] ?? Self.title(resolved) ?? PlainWords.label(name),
                source: fact ?? .conversation, translations: labels, schema: resolved,
                isRequired: isRequired || fact != nil,
                limits: usage.rules.limits(on: name, in: operation) {
                    schemas.schema(resolved).hasMember(at: $0, of: resolved)
                }))
        return argument
    }

    /// Adds what a body holds: its members where it is a plain object, else all of it as one argument.
    mutating func add(_ body: DocumentBody, _ schemas: SchemaReader, _ usage: inout SettingsUsage) -> BodyPlan {
        var body = body
        let isOneText = body.format == .text || SchemaShape(body.schema, schemas) == nil
        let bound = usage.rules.boundMembers(of: operation) { path in
            // A member of its own is bound where it is added.
            guard path.count > 1 || isOneText else { return false }
            guard let rest = schemas.schema(body.schema).removingMember(at: path[...], from: body.schema) else {
                return false
            }
            body.schema = rest
            return true
        }
        var plan = BodyPlan(
            format: body.format, contentType: body.contentType, content: .members([]), isRequired: body.isRequired,
            encodings: body.encodings)
        if !isOneText, let shape = SchemaShape(body.schema, schemas) {
            plan.content = .members(
                shape.members.sorted { $0.key < $1.key }.map { name, schema in
                    let isRequired = shape.required.contains(name)
                    let argument = add(
                        name, schema: schema, description: nil, isRequired: isRequired && body.isRequired, schemas,
                        &usage)
                    return BodyPlan.Member(argument: argument, name: name, isRequired: isRequired)
                })
        } else {
            plan.content = .whole(argument: addWhole(body, schemas, &usage))
        }
        plan.bound = bound.map { path, source in
            let argument = names.name(for: path.joined(separator: "."))
            parameters.append(
                ActionParameter(name: argument, label: PlainWords.label(path.last ?? ""), source: source, schema: [:]))
            return (argument, path)
        }
        return plan
    }

    private mutating func addWhole(
        _ body: DocumentBody, _ schemas: SchemaReader, _ usage: inout SettingsUsage
    ) -> String {
        let argument = add(
            "body", schema: body.schema, description: body.description, isRequired: body.isRequired, schemas, &usage)
        // Limits name the members of the body, not the argument that it happens to be.
        parameters[parameters.count - 1].limits += usage.rules.limits(on: nil, in: operation) {
            schemas.schema(body.schema).hasMember(at: $0, of: body.schema)
        }
        return argument
    }

    // MARK: Names

    /// What the schema calls it, where that is short enough to be put into a question.
    private static func title(_ schema: JSONValue) -> String? {
        guard let title = schema["title"]?.string.map({ PlainWords.line($0) }), (1...60).contains(title.count) else {
            return nil
        }
        return title
    }
}

/// A path with parameters in braces.
struct PathTemplate {
    /// What stands between the parameters, and their names.
    private(set) var parts: [Part] = []

    enum Part: Hashable {
        case text(String)
        case parameter(String)
    }

    var names: [String] {
        parts.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
    }

    /// `nil` when the braces do not match.
    init?(_ path: String) {
        var rest = Substring(path)
        while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}") else { return nil }
            let name = rest[rest.index(after: open)..<close]
            guard !name.isEmpty, !name.contains("{") else { return nil }
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            parts.append(.parameter(String(name)))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
    }
}
