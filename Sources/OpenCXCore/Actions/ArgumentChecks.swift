extension ActionDefinition {
    /// What is wrong with proposed arguments, as far as it can be told while placeholders stand for personal data. Worded so
    /// that a model can put it right; never quotes a value.
    func objections(to arguments: [String: RedactedText]) -> [String] {
        var objections = unknownArguments(in: arguments.keys)
        for parameter in parameters where !parameter.isBoundByPlatform {
            guard let text = arguments[parameter.name] else {
                if parameter.isRequired { objections.append("The argument \(parameter.name) is missing.") }
                continue
            }
            let value = parameter.value(from: text.text, schemaDefinitions)
            let (_, violations) = parameter.check(value, schemaDefinitions) { !Placeholder.all(in: $0).isEmpty }
            objections += violations.map(\.description)
        }
        return objections
    }

    /// What is wrong with arguments as they are, and the arguments in the types that the schemas ask for.
    package func checked(
        _ values: [String: JSONValue]
    ) -> (values: [String: JSONValue], objections: [String]) {
        var objections = unknownArguments(in: values.keys)
        var checked: [String: JSONValue] = [:]
        for parameter in parameters {
            guard let value = values[parameter.name] else {
                if parameter.isRequired { objections.append("The argument \(parameter.name) is missing.") }
                continue
            }
            let (typed, violations) = parameter.check(value, schemaDefinitions)
            checked[parameter.name] = typed
            objections += violations.map(\.description)
        }
        return (checked, objections)
    }

    /// What is said about arguments that the action does not take. Those that the platform binds are passed over: they are
    /// never taken from a proposal.
    private func unknownArguments(in given: some Sequence<String>) -> [String] {
        let names = Set(parameters.map(\.name))
        guard !given.allSatisfy(names.contains) else { return [] }
        let taken = parameters.filter { !$0.isBoundByPlatform }.map(\.name).joined(separator: ", ")
        return [
            "There is an argument that the action does not take; "
                + (taken.isEmpty ? "it takes none." : "it takes \(taken).")
        ]
    }
}

extension ActionParameter {
    /// What is wrong with a value, and the value in the type that the schema asks for.
    func check(
        _ value: JSONValue, _ definitions: [String: JSONValue], isOpen: @escaping (String) -> Bool = { _ in false }
    ) -> (value: JSONValue, violations: [SchemaViolation]) {
        var (typed, violations) = JSONSchema(schema, definitions: definitions).check(value, name: name, isOpen: isOpen)
        for limit in limits { violations += limit.violations(of: typed, named: name, isOpen: isOpen) }
        return (typed, violations)
    }
}

extension Contact {
    /// The fact that an argument is bound to.
    func value(of source: ActionParameter.Source) -> String? {
        switch source {
        case .code, .conversation: nil
        case .contactEmail: email
        case .contactPhone: phone
        case .contactCustomID: customID
        }
    }
}
