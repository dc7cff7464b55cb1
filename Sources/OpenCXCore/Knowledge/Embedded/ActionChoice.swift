/// Which action, if any, a question asks for, and whether its arguments are known.
struct ActionChoice {
    private let request: AnswerRequest
    private let matches: [(definition: ActionDefinition, score: Double)]

    init(_ request: AnswerRequest, threshold: Double) {
        self.request = request
        // A bare code after "could you tell me your order number?" belongs to the question before it.
        let before = request.history.last { $0.author == .customer }?.text.text ?? ""
        let (message, messageBefore) = (PhraseMatch.Message(request.question.text), PhraseMatch.Message(before))
        matches = request.actions
            .map { action in
                let match = PhraseMatch(examples: action.examples, keywords: action.summary)
                let isBareCode = Self.isBareCode(request.question.text, for: action)
                return (action, match.score(isBareCode ? messageBefore : message))
            }
            .filter { $0.1 >= threshold }
            .sorted { ($0.1, $1.0.name) > ($1.1, $0.0.name) }
    }

    /// How well each action matches.
    static func scores(_ actions: [ActionDefinition], for question: RedactedText) -> [ActionMatch] {
        let message = PhraseMatch.Message(question.text)
        return actions.map { action in
            let match = PhraseMatch(examples: action.examples, keywords: action.summary)
            return ActionMatch(name: action.name, score: match.score(message))
        }
    }

    func draft(_ wording: Wording) -> AnswerDraft? {
        guard let definition = matches.first?.definition else { return nil }
        var arguments: [String: RedactedText] = [:]
        for parameter in definition.parameters {
            if parameter.isBoundByPlatform { continue }
            guard case .code(let form) = parameter.source else {
                // What only a language model finds in a conversation.
                if parameter.isRequired { return nil }
                continue
            }
            guard let value = find(form) else {
                // Without a code in sight the question may be a general one ("how can I …?"), which the knowledge answers better.
                if matches[0].score < 0.75 || HowTo.isAsked(in: request.question.text) { return nil }
                let label = RedactedText(derived: parameter.label(in: request.language))
                return .askBack(wording.missingDetail.filling(["label": label]))
            }
            arguments[parameter.name] = value
        }
        let proposal = ActionProposal(name: definition.name, arguments: arguments)
        guard definition.effect == .change else { return .act(proposal) }
        let question = Self.confirmation(of: proposal, definition, wording, in: request.language)
        return .confirm(proposal, question: question)
    }

    static func confirmation(
        of proposal: ActionProposal, _ definition: ActionDefinition, _ wording: Wording, in language: LanguageTag
    ) -> RedactedText {
        let confirmations = definition.confirmations
        if let own = confirmations[language] ?? confirmations[LanguageTag(rawValue: language.primary)] {
            return RedactedText(derived: own).filling(proposal.arguments)
        }
        let values = definition.parameters.compactMap { parameter -> String? in
            guard let value = proposal.arguments[parameter.name], !parameter.isBoundByPlatform else { return nil }
            // A code speaks for itself; any other value is told with what it is.
            if case .code = parameter.source { return value.text }
            return "\(parameter.label(in: language)): \(value.text)"
        }.joined(separator: ", ")
        let action = (definition.title ?? definition.summary) + (values.isEmpty ? "" : " (\(values))")
        return wording.confirmAction.filling(["action": RedactedText(derived: action, from: wording.confirmAction)])
    }

    /// A code of this form in the question, or in what the customer wrote shortly before.
    private func find(_ form: String) -> RedactedText? {
        let earlier = request.history.suffix(6).filter { $0.author == .customer }.map(\.text).reversed()
        for text in [request.question] + earlier {
            if let code = CodeForm(form).first(in: text.text) { return RedactedText(derived: code, from: text) }
        }
        return nil
    }

    /// Whether a message is a code that the action needs, and hardly anything else.
    private static func isBareCode(_ text: String, for action: ActionDefinition) -> Bool {
        action.parameters.contains { parameter in
            guard case .code(let form) = parameter.source, let code = CodeForm(form).first(in: text) else {
                return false
            }
            return Words.content(of: text).count <= Words.content(of: code).count
        }
    }
}
