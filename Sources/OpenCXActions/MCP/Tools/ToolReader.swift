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
    private(set) var rules: ActionRules

    private static let summaryLength = 1024
    private static let titleLength = 120

    init(_ settings: MCPSettings) {
        self.settings = settings
        rules = ActionRules(bindings: settings.bindings, limits: settings.limits)
    }

    mutating func plan(_ tool: JSONValue) throws(MCPError) -> ToolPlan {
        guard let name = tool["name"]?.string, (1...256).contains(name.utf8.count) else {
            throw MCPError(.badTool, "A tool has no name, or one that is too long.")
        }
        let own = settings.tools[name] ?? ActionOverrides()
        guard own.isEnabled, settings.allowedTools?.contains(name) ?? true else {
            throw MCPError(.leftOut, "The settings leave the tool out.")
        }
        let plain = PlainWords.name(settings.namePrefix + name)
        guard !PlainWords.name(name).isEmpty else {
            throw MCPError(.badTool, "Nothing of the tool's name can be in an action's name.")
        }
        let schema = try ToolSchema(tool["inputSchema"] ?? .null)
        notes += schema.notes.map { MCPError(.unsupportedSchema, "\(plain): \($0)") }
        let (parameters, arguments) = try self.parameters(schema, of: name)
        let title = tool["title"]?.string ?? tool["annotations"]?["title"]?.string
        let summary = own.summary ?? tool["description"]?.string ?? title ?? PlainWords.label(name)
        let isReading = settings.trustsReadOnlyHint && tool["annotations"]?["readOnlyHint"] == true
        var definition = ActionDefinition(
            name: plain, summary: PlainWords.line(summary, limit: Self.summaryLength),
            title: title.map { PlainWords.line($0, limit: Self.titleLength) }, examples: own.examples,
            parameters: parameters, effect: own.effect ?? (isReading ? .lookup : .change), replies: own.replies,
            confirmations: own.confirmations, asksFirst: own.asksFirst ?? false, segments: own.segments,
            channels: own.channels ?? settings.channels, schemaDefinitions: schema.definitions)
        definition.schemaDefinitions = definition.definitionsInUse
        return ToolPlan(definition: definition, tool: name, arguments: arguments)
    }

    // MARK: Arguments

    private mutating func parameters(
        _ schema: ToolSchema, of tool: String
    ) throws(MCPError) -> ([ActionParameter], names: [String: String]) {
        var parameters: [ActionParameter] = []
        var names: [String: String] = [:]
        var free = FreeNames(nameless: "argument")
        for (name, property) in schema.properties.sorted(by: { $0.key < $1.key }) {
            let own = free.name(for: name)
            names[own] = name
            let fact = rules.source(of: name, in: tool)
            parameters.append(
                ActionParameter(
                    name: own, label: PlainWords.label(name), source: fact ?? .conversation, schema: property,
                    isRequired: schema.required.contains(name) || fact != nil,
                    limits: rules.limits(on: name, in: tool) { schema.has($0, in: property) }))
        }
        if let rule = rules.unmet(of: tool).first {
            throw MCPError(
                .badSettings, "There is a \(rule.kind) for the argument \(rule.argument), which the tool does not have."
            )
        }
        return (parameters, names)
    }
}
