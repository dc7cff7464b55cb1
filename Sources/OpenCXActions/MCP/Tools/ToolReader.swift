internal import OpenCXCore

/// A tool as an action.
struct ToolPlan: Sendable {
    var definition: ActionDefinition
    /// The server's name of it.
    var tool: String
    /// The server's names of the arguments, by the action's.
    var arguments: [String: String]
}

/// Makes an action of a tool.
struct ToolReader {
    let settings: MCPSettings
    /// What was passed over.
    private(set) var notes: [MCPError] = []

    private static let summaryLength = 1024
    private static let titleLength = 120

    init(_ settings: MCPSettings) {
        self.settings = settings
    }

    mutating func plan(_ tool: JSONValue) throws(MCPError) -> ToolPlan {
        guard let name = tool["name"]?.string, (1...256).contains(name.utf8.count) else {
            throw MCPError(.badTool, "A tool has no name, or one that is too long.")
        }
        let own = settings.tools[name] ?? MCPToolSettings()
        guard own.isEnabled, settings.allowedTools?.contains(name) ?? true else {
            throw MCPError(.leftOut, "The settings leave the tool out.")
        }
        let plain = PlainNames.sanitized(settings.namePrefix + name)
        guard !PlainNames.sanitized(name).isEmpty else {
            throw MCPError(.badTool, "Nothing of the tool's name can be in an action's name.")
        }
        let schema = try ToolSchema(tool["inputSchema"] ?? .null)
        notes += schema.notes.map { MCPError(.unsupportedSchema, "\(plain): \($0)") }
        let (parameters, arguments) = try self.parameters(schema, of: name)
        let title = tool["title"]?.string ?? tool["annotations"]?["title"]?.string
        let summary = own.summary ?? tool["description"]?.string ?? title ?? PlainNames.label(name)
        let isReading = settings.trustsReadOnlyHint && tool["annotations"]?["readOnlyHint"] == true
        var definition = ActionDefinition(
            name: plain, summary: PlainNames.line(summary, limit: Self.summaryLength),
            title: title.map { PlainNames.line($0, limit: Self.titleLength) }, examples: own.examples,
            parameters: parameters, effect: own.effect ?? (isReading ? .lookup : .change), replies: own.replies,
            confirmations: own.confirmations, asksFirst: own.asksFirst, segments: own.segments,
            channels: own.channels ?? settings.channels, schemaDefinitions: schema.definitions)
        definition.schemaDefinitions = definition.definitionsInUse
        return ToolPlan(definition: definition, tool: name, arguments: arguments)
    }

    // MARK: Arguments

    private func parameters(
        _ schema: ToolSchema, of tool: String
    ) throws(MCPError) -> ([ActionParameter], names: [String: String]) {
        var parameters: [ActionParameter] = []
        var names: [String: String] = [:]
        for (name, property) in schema.properties.sorted(by: { $0.key < $1.key }) {
            let free = Self.freeName(name, names)
            names[free] = name
            let fact = binding(name, of: tool)
            parameters.append(
                ActionParameter(
                    name: free, label: PlainNames.label(name), source: fact ?? .conversation, schema: property,
                    isRequired: schema.required.contains(name) || fact != nil,
                    limits: limits(name, property, schema, of: tool)))
        }
        for binding in settings.bindings where binding.tool == tool && schema.properties[binding.argument] == nil {
            throw MCPError(
                .badSettings, "There is a binding for the argument \(binding.argument), which the tool does not have.")
        }
        for limit in settings.limits where limit.tool == tool {
            let path = limit.argument.split(separator: ".").map(String.init)
            let isThere =
                schema.properties[limit.argument] != nil
                || schema.properties[path.first ?? ""].map { schema.has(path.dropFirst(), in: $0) } ?? false
            guard isThere else {
                throw MCPError(
                    .badSettings, "There is a limit for the argument \(limit.argument), which the tool does not have.")
            }
        }
        return (parameters, names)
    }

    private static func freeName(_ name: String, _ taken: [String: String]) -> String {
        let sanitized = PlainNames.sanitized(name)
        let base = sanitized.isEmpty ? "argument" : sanitized
        var free = base
        var number = 2
        while taken[free] != nil {
            free = "\(base.prefix(58))_\(number)"
            number += 1
        }
        return free
    }

    private func binding(_ name: String, of tool: String) -> ActionParameter.Source? {
        // What is said for one tool counts more than what is said for all.
        let all = settings.bindings.filter { $0.argument == name && ($0.tool == nil || $0.tool == tool) }
        switch (all.last { $0.tool != nil } ?? all.last)?.fact {
        case .email: return .contactEmail
        case .phone: return .contactPhone
        case .customID: return .contactCustomID
        case nil: return nil
        }
    }

    private func limits(
        _ name: String, _ property: JSONValue, _ schema: ToolSchema, of tool: String
    ) -> [ArgumentLimit] {
        settings.limits.filter { $0.tool == nil || $0.tool == tool }.compactMap { limit in
            var path: [String] = []
            if limit.argument != name {
                guard limit.argument.hasPrefix(name + ".") else { return nil }
                path = limit.argument.dropFirst(name.count + 1).split(separator: ".").map(String.init)
                guard schema.has(path[...], in: property) else { return nil }
            }
            return ArgumentLimit(
                at: path, minimum: limit.minimum, maximum: limit.maximum, allowed: limit.allowed)
        }
    }
}
