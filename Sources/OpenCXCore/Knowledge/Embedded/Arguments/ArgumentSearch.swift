/// Finds the arguments of an action in a conversation: in the answers to what was asked, then in the message that asks for the
/// action, then in earlier ones.
struct ArgumentSearch {
    let request: AnswerRequest
    let definition: ActionDefinition
    let details: DetailsAsked
    let phrasebook: Phrasebook

    /// How many earlier messages are looked at.
    static let reach = 6

    /// What was found for the parameters, and whether the customer said what it is for.
    private struct Found {
        var value: RedactedText
        var isCertain: Bool
    }

    /// The arguments that are known. A value that two parameters could have is nobody's, unless
    /// the customer said whose it is.
    func arguments() -> [String: RedactedText] {
        var found: [String: Found] = [:]
        for parameter in definition.parameters where !parameter.isBoundByPlatform {
            found[parameter.name] = self.found(for: parameter)
        }
        return found.filter { name, one in
            one.isCertain || !found.contains { $0.key != name && $0.value.value == one.value }
        }
        .mapValues(\.value)
    }

    /// Whether a message is an answer to a question for this parameter.
    func answers(for parameter: ActionParameter) -> [RedactedText] {
        let questions = DetailsAsked.questions(for: parameter, phrasebook, request.language)
        return details.answers.filter { questions.contains($0.question) }.map(\.answer)
    }

    private func found(for parameter: ActionParameter) -> Found? {
        if case .code(let form) = parameter.source {
            // Nothing else looks like it.
            return code(form).map { Found(value: $0, isCertain: true) }
        }
        guard let finder = ArgumentFinder(parameter, definition.schemaDefinitions) else { return nil }
        if let answer = answers(for: parameter).first {
            switch finder.findAnswer(in: answer.text) {
            case .value(let value, _): return Found(value: RedactedText(derived: value, from: answer), isCertain: true)
            case .ambiguous: return nil
            case .none: break
            }
        }
        return mentioned(finder)
    }

    private func mentioned(_ finder: ArgumentFinder) -> Found? {
        for (text, isAboutAction) in messages {
            switch finder.find(in: text.text) {
            case .ambiguous: return nil
            case .none: continue
            case .value(let value, let isNamed):
                guard isNamed || finder.parameter.isRequired && (isAboutAction || finder.isDistinctive) else {
                    continue
                }
                return Found(value: RedactedText(derived: value, from: text), isCertain: isNamed)
            }
        }
        return nil
    }

    /// What the customer wrote, newest first, and whether it is the message that asks for the action.
    private var messages: [(text: RedactedText, isAboutAction: Bool)] {
        let earlier = request.history.filter { $0.author == .customer }.suffix(Self.reach).reversed()
        // The opening is among the earlier ones, unless nothing was asked.
        let opening = details.opening
        return [(request.question, details.answers.isEmpty)]
            + earlier.map { ($0.text, !details.answers.isEmpty && opening.text.contains($0.text.text)) }
    }

    /// A code of this form in the question, or in what the customer wrote shortly before.
    private func code(_ form: String) -> RedactedText? {
        let earlier = request.history.suffix(Self.reach).filter { $0.author == .customer }.map(\.text).reversed()
        for text in [request.question] + earlier {
            if let code = CodeForm(form).first(in: text.text) { return RedactedText(derived: code, from: text) }
        }
        return nil
    }
}
