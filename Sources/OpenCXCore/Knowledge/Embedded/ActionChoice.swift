/// Which action, if any, a question asks for, and whether its arguments are known.
struct ActionChoice {
    private let request: AnswerRequest
    private let matches: [(definition: ActionDefinition, score: Double)]

    init(_ request: AnswerRequest, threshold: Double) {
        self.request = request
        // A bare code after "could you tell me your order number?" belongs to the question before it.
        let customer = request.history.last { $0.author == .customer }?.text.text ?? ""
        let texts = [request.question.text] + (Self.isBare(request.question.text) ? [customer] : [])
        matches = request.actions
            .map { action in
                let match = PhraseMatch(examples: action.examples, keywords: action.summary)
                return (action, texts.map(match.score).max() ?? 0)
            }
            .filter { $0.1 >= threshold }
            .sorted { ($0.1, $1.0.name) > ($1.1, $0.0.name) }
    }

    /// How well each action matches.
    static func scores(_ actions: [ActionDefinition], for question: RedactedText) -> [ActionMatch] {
        actions.map { action in
            let match = PhraseMatch(examples: action.examples, keywords: action.summary)
            return ActionMatch(name: action.name, score: match.score(question.text))
        }
    }

    func draft(_ wording: Wording) -> AnswerDraft? {
        guard let definition = matches.first?.definition else { return nil }
        var arguments: [String: RedactedText] = [:]
        for parameter in definition.parameters {
            guard case .code(let form) = parameter.source else { continue }
            guard let value = find(form) else {
                // Without a code in sight the question may be a general one, which the knowledge answers better.
                if matches[0].score < 0.75 { return nil }
                let label = RedactedText(derived: parameter.label, from: request.question)
                return .askBack(wording.missingDetail.filling(["label": label]))
            }
            arguments[parameter.name] = value
        }
        let proposal = ActionProposal(name: definition.name, arguments: arguments)
        guard definition.effect == .change else { return .act(proposal) }
        return .confirm(proposal, question: Self.confirmation(of: proposal, definition, wording))
    }

    static func confirmation(
        of proposal: ActionProposal, _ definition: ActionDefinition, _ wording: Wording
    ) -> RedactedText {
        let values = proposal.arguments.sorted { $0.key < $1.key }.map(\.value.text).joined(separator: ", ")
        let action = definition.summary + (values.isEmpty ? "" : " (\(values))")
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

    private static func isBare(_ text: String) -> Bool {
        Words.content(of: text).count <= 3
    }
}

/// The form of a code: `#` is a digit, `@` a letter, anything else stands for itself, whatever its capitals.
struct CodeForm {
    private let form: [Character]

    init(_ form: String) {
        self.form = Array(form)
    }

    /// The first code of this form that stands by itself, as the form writes it.
    func first(in text: String) -> String? {
        let characters = Array(text.prefix(8000))
        guard !form.isEmpty, characters.count >= form.count else { return nil }
        for start in 0...(characters.count - form.count) {
            if start > 0, characters[start - 1].isLetter || characters[start - 1].isNumber { continue }
            let end = start + form.count
            if end < characters.count, characters[end].isLetter || characters[end].isNumber { continue }
            let piece = characters[start..<end]
            guard zip(form, piece).allSatisfy(matches) else { continue }
            return String(zip(form, piece).map { "#@".contains($0) ? $1 : $0 })
        }
        return nil
    }

    private func matches(_ form: Character, _ character: Character) -> Bool {
        switch form {
        case "#": character.isASCII && character.isNumber
        case "@": character.isLetter
        default: form.lowercased() == character.lowercased()
        }
    }
}
