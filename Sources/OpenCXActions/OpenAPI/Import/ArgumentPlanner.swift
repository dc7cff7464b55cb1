internal import OpenCXCore

/// Collects the arguments of an action, each with a name of its own, bound and limited as the settings say.
struct ArgumentPlanner {
    private let settings: OpenAPISettings
    private let operation: String
    private(set) var parameters: [ActionParameter] = []
    private var names: Set<String> = []

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
            keywords["description"] = text.map { .string(PlainWords.cut(PlainWords.collapsed($0), to: 1024)) }
            resolved = .object(keywords)
        }
        let argument = freeName(name)
        let fact = binding(name, &usage)
        let labels = settings.labels[name] ?? [:]
        usage.used(label: name)
        parameters.append(
            ActionParameter(
                name: argument, label: labels["en"] ?? Self.title(resolved) ?? Self.label(name),
                source: fact ?? .conversation, translations: labels, schema: resolved,
                isRequired: isRequired || fact != nil, limits: limits(name, resolved, schemas, &usage)))
        return argument
    }

    /// Adds what a body holds: its members where it is a plain object, else all of it as one argument.
    mutating func add(_ body: DocumentBody, _ schemas: SchemaReader, _ usage: inout SettingsUsage) -> BodyPlan {
        var body = body
        var bound: [(path: [String], fact: ActionParameter.Source)] = []
        let isOneText = body.format == .text || SchemaShape(body.schema, schemas) == nil
        for (index, binding) in settings.bindings.enumerated() where applies(binding.operation) {
            let path = binding.parameter.split(separator: ".").map(String.init)
            // A member of its own is bound where it is added.
            guard path.count > 1 || isOneText else { continue }
            guard let schema = SchemaEdit.removing(path[...], from: body.schema, schemas) else { continue }
            usage.used(binding: index)
            body.schema = schema
            bound.append((path, Self.source(binding.fact)))
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
        plan.bound = bound.map { path, fact in
            let argument = freeName(path.joined(separator: "."))
            parameters.append(
                ActionParameter(name: argument, label: Self.label(path.last ?? ""), source: fact, schema: [:]))
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
        var limits: [ArgumentLimit] = []
        for (index, limit) in settings.limits.enumerated() where applies(limit.operation) {
            let path = limit.parameter.split(separator: ".").map(String.init)
            guard SchemaEdit.has(path[...], body.schema, schemas) else { continue }
            usage.used(limit: index)
            limits.append(
                ArgumentLimit(at: path, minimum: limit.minimum, maximum: limit.maximum, allowed: limit.allowed))
        }
        parameters[parameters.count - 1].limits += limits
        return argument
    }

    // MARK: Settings

    private func applies(_ operation: String?) -> Bool { operation == nil || operation == self.operation }

    private func binding(_ name: String, _ usage: inout SettingsUsage) -> ActionParameter.Source? {
        var source: ActionParameter.Source?
        for (index, binding) in settings.bindings.enumerated()
        where binding.parameter == name && applies(binding.operation) {
            usage.used(binding: index)
            // What is said for one operation counts more than what is said for all.
            if source == nil || binding.operation != nil { source = Self.source(binding.fact) }
        }
        return source
    }

    private static func source(_ fact: OpenAPIBinding.Fact) -> ActionParameter.Source {
        switch fact {
        case .email: .contactEmail
        case .phone: .contactPhone
        case .customID: .contactCustomID
        }
    }

    private func limits(
        _ name: String, _ schema: JSONValue, _ schemas: SchemaReader, _ usage: inout SettingsUsage
    ) -> [ArgumentLimit] {
        var limits: [ArgumentLimit] = []
        for (index, limit) in settings.limits.enumerated() where applies(limit.operation) {
            let path: [String]
            if limit.parameter == name {
                path = []
            } else if limit.parameter.hasPrefix(name + ".") {
                path = limit.parameter.dropFirst(name.count + 1).split(separator: ".").map(String.init)
            } else {
                continue
            }
            guard SchemaEdit.has(path[...], schema, schemas) else { continue }
            usage.used(limit: index)
            limits.append(
                ArgumentLimit(at: path, minimum: limit.minimum, maximum: limit.maximum, allowed: limit.allowed))
        }
        return limits
    }

    // MARK: Names

    private mutating func freeName(_ name: String) -> String {
        let base = ToolName.sanitized(name)
        var free = base
        var number = 2
        while !names.insert(free).inserted {
            free = "\(base.prefix(60))_\(number)"
            number += 1
        }
        return free
    }

    /// What the schema calls it, where that is short enough to be put into a question.
    private static func title(_ schema: JSONValue) -> String? {
        guard let title = schema["title"]?.string.map(PlainWords.collapsed), (1...60).contains(title.count) else {
            return nil
        }
        return title
    }

    /// `orderId` and `order_id` as words: "order id".
    private static func label(_ name: String) -> String {
        var words = ""
        var previous: Character = " "
        for character in name {
            if character.isLetter || character.isNumber {
                if character.isUppercase, previous.isLowercase { words.append(" ") }
                words += character.isUppercase && !previous.isUppercase ? character.lowercased() : String(character)
            } else if words.last != " ", !words.isEmpty {
                words.append(" ")
            }
            previous = character
        }
        return words.last == " " ? String(words.dropLast()) : words
    }
}

/// Texts on one line.
enum PlainWords {
    static func collapsed(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    static func cut(_ text: String, to length: Int) -> String {
        text.count <= length ? text : text.prefix(length - 1) + "…"
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
