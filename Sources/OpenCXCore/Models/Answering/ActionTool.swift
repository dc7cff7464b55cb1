/// Actions as tools of a language model, and its calls as proposals.
enum ActionTool {
    /// How many tools a prompt offers at most; beyond, the pinned ones and those that fit the question best.
    static let limit = 48

    /// The tools for a request.
    static func tools(for request: AnswerRequest) -> [ModelTool] {
        guard request.actions.count > limit else { return request.actions.map(tool) }
        let scores = ActionChoice.scores(request.actions, for: request.question)
        let ranked = zip(request.actions, scores).enumerated().sorted { a, b in
            let (left, right) = (a.element, b.element)
            if left.0.isPinned != right.0.isPinned { return left.0.isPinned }
            return (left.1.score, b.offset) > (right.1.score, a.offset)
        }
        return ranked.prefix(limit).map { tool($0.element.0) }
    }

    /// The tool for an action. Parameters that the platform binds are not shown (law 10).
    static func tool(_ action: ActionDefinition) -> ModelTool {
        let caution = action.needsYes ? " The customer is asked to agree first." : ""
        let shown = action.parameters.filter { !$0.isBoundByPlatform }
        let isStrict = shown.allSatisfy { parameter in
            if case .code(let form) = parameter.source { parameter.isRequired && !form.contains("@") } else { false }
        }
        return ModelTool(
            name: action.name, description: action.summary + "." + caution, schema: action.inputSchema,
            isStrict: isStrict)
    }

    /// What is wrong with a call, in words for the model.
    struct BadCall: Error {
        var problem: RedactedText
    }

    /// The proposal that a call makes. Arguments that the platform binds are dropped, whatever the model put there.
    ///
    /// - Throws: ``BadCall``, which goes back to the model once; what the redactor or the vault throws.
    static func proposal(_ call: ModelCall, for request: AnswerRequest) async throws -> ActionProposal {
        guard let action = request.actions.first(where: { $0.name == call.name }) else {
            throw BadCall(problem: "There is no such tool.")
        }
        let raw = call.arguments.reveal()
        let json = raw.allSatisfy(\.isWhitespace) ? .object([:]) : try? JSONValue(parsing: Array(raw.utf8))
        guard case .object(let members)? = json else {
            throw BadCall(problem: "The arguments were no JSON object.")
        }
        var arguments: [String: RedactedText] = [:]
        for parameter in action.parameters where !parameter.isBoundByPlatform {
            let label = RedactedText(derived: parameter.name)
            guard let value = members[parameter.name], value != .null else {
                if !parameter.isRequired { continue }
                throw BadCall(problem: "The argument " + label + " is missing; ask the customer if you do not know it.")
            }
            let text = try await request.context.redact(UnredactedText(plain(value)))
            arguments[parameter.name] = try checked(text, for: parameter, request)
        }
        let objections = action.objections(to: arguments)
        guard objections.isEmpty else {
            throw BadCall(problem: RedactedText(derived: objections.joined(separator: " ")))
        }
        return ActionProposal(name: action.name, arguments: arguments)
    }

    /// A code must have its form, and must have been said: a model that makes one up asks about somebody else's order.
    private static func checked(
        _ value: RedactedText, for parameter: ActionParameter, _ request: AnswerRequest
    ) throws(BadCall) -> RedactedText {
        guard case .code(let form) = parameter.source else { return value }
        let codes = CodeForm(form)
        let label = RedactedText(derived: parameter.name)
        guard let code = codes.first(in: value.text) else {
            throw BadCall(problem: "The argument " + label + " does not have the form that the tool asks for.")
        }
        let said = code.lowercased()
        guard texts(of: request).contains(where: { $0.lowercased().contains(said) }) else {
            throw BadCall(problem: "Nobody said the value of " + label + "; ask the customer for it.")
        }
        return RedactedText(derived: code, from: value)
    }

    private static func texts(of request: AnswerRequest) -> [String] {
        let results = (request.results + request.earlierActions).flatMap { [$0.result] + Array($0.fields.values) }
        return [request.question.text] + request.history.reversed().map(\.text.text) + results.map(\.text)
    }

    /// Models put numbers where texts belong.
    private static func plain(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        default: String(decoding: value.serialized(), as: UTF8.self)
        }
    }
}
