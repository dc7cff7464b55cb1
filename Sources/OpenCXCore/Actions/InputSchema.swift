extension ActionDefinition {
    /// The arguments that a model fills in, as JSON Schema (2020-12). What the platform binds is not in it: the model neither
    /// sees nor sets it.
    public var inputSchema: JSONValue {
        let parameters = parameters.filter { !$0.isBoundByPlatform }
        var properties: [String: JSONValue] = [:]
        for parameter in parameters { properties[parameter.name] = parameter.describedSchema }
        var schema: [String: JSONValue] = [
            "type": "object", "properties": .object(properties), "additionalProperties": false,
            "required": .array(parameters.filter(\.isRequired).map { .string($0.name) }),
        ]
        let used = definitions(usedBy: properties.values)
        if !used.isEmpty { schema["$defs"] = .object(used) }
        return .object(schema)
    }

    /// The definitions that the parameters need.
    package var definitionsInUse: [String: JSONValue] { definitions(usedBy: parameters.map(\.schema)) }

    /// The definitions that these schemas need, and those that they need in turn.
    private func definitions(usedBy schemas: some Sequence<JSONValue>) -> [String: JSONValue] {
        var used: [String: JSONValue] = [:]
        var waiting = Array(schemas)
        while let schema = waiting.popLast() {
            switch schema {
            case .array(let items): waiting += items
            case .object(let members):
                waiting += members.values
                guard let reference = members["$ref"]?.string else { continue }
                let name = JSONSchema.definitionName(of: reference)
                if used[name] == nil, let definition = schemaDefinitions[name] {
                    used[name] = definition
                    waiting.append(definition)
                }
            case .null, .bool, .integer, .number, .string: continue
            }
        }
        return used
    }
}

extension ActionParameter {
    /// The schema with the label as its description, and with what the team allows.
    fileprivate var describedSchema: JSONValue {
        guard case .object(var schema) = schema else { return schema }
        if schema["description"] == nil, !label.isEmpty { schema["description"] = .string(label) }
        for limit in limits where limit.path.isEmpty {
            if let allowed = limit.allowed { schema["enum"] = .array(allowed) }
            if let minimum = limit.minimum { schema["minimum"] = JSONValue.number(minimum).canonical }
            if let maximum = limit.maximum { schema["maximum"] = JSONValue.number(maximum).canonical }
        }
        return .object(schema)
    }
}
