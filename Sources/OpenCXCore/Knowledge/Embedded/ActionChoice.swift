/// Which action, if any, a question asks for, and whether its arguments are known.
struct ActionChoice {
    private let request: AnswerRequest
    private let phrasebook: Phrasebook
    private let details: DetailsAsked
    private let matches: [(definition: ActionDefinition, score: Double)]

    /// From this score on a missing detail is worth a question.
    private static let sureFrom = 0.75

    init(_ request: AnswerRequest, threshold: Double, phrasebook: Phrasebook) {
        self.request = request
        self.phrasebook = phrasebook
        let actions = request.actions.filter(\.canBeFilledByWords)
        var questions: Set<String> = []
        for parameter in actions.flatMap(\.parameters) where !parameter.isBoundByPlatform {
            questions.formUnion(DetailsAsked.questions(for: parameter, phrasebook, request.language))
        }
        let before = request.history.last { $0.author == .customer }?.text.text ?? ""
        let (message, messageBefore) = (PhraseMatch.Message(request.question.text), PhraseMatch.Message(before))
        let scored = actions.map { action in
            let match = PhraseMatch(examples: Self.examples(of: action), keywords: action.summary)
            return (action: action, match: match, score: match.score(message))
        }
        // Whoever asks for something else in so many words is not answering any more.
        let newFrom = Interrogative.isAsked(in: request.question.text) ? threshold : Self.sureFrom
        let isNew = scored.contains { $0.score >= newFrom }
        let details = isNew ? DetailsAsked(request.question) : DetailsAsked(request, questions: questions)
        self.details = details
        let opening = PhraseMatch.Message(details.opening.text)
        matches =
            scored.map { action, match, score in
                // An answer to "could you tell me your order number?" belongs to the question before it, and so does a bare
                // code, whatever was said before.
                if Self.isAsked(action, in: details, phrasebook, request.language) {
                    return (action, max(match.score(opening), score))
                }
                let isBare = Self.isBareCode(request.question.text, for: action)
                return (action, isBare ? match.score(messageBefore) : score)
            }
            .filter { $0.1 >= threshold }
            .sorted { ($0.1, $1.0.name) > ($1.1, $0.0.name) }
    }

    /// How well each action matches.
    static func scores(_ actions: [ActionDefinition], for question: RedactedText) -> [ActionMatch] {
        let message = PhraseMatch.Message(question.text)
        return actions.map { action in
            let match = PhraseMatch(examples: examples(of: action), keywords: action.summary)
            return ActionMatch(name: action.name, score: match.score(message))
        }
    }

    /// The examples; a title says in a few words what the action does, so it is one more.
    private static func examples(of action: ActionDefinition) -> [String] {
        action.examples + (action.title.map { [$0] } ?? [])
    }

    /// Whether the last question to the customer was for a detail of this action.
    private static func isAsked(
        _ action: ActionDefinition, in details: DetailsAsked, _ phrasebook: Phrasebook, _ language: LanguageTag
    ) -> Bool {
        guard let last = details.answers.first?.question else { return false }
        return action.parameters.contains {
            !$0.isBoundByPlatform && DetailsAsked.questions(for: $0, phrasebook, language).contains(last)
        }
    }

    func draft(_ wording: Wording) -> AnswerDraft? {
        guard let (definition, score) = matches.first else { return nil }
        let search = ArgumentSearch(request: request, definition: definition, details: details, phrasebook: phrasebook)
        let arguments = search.arguments()
        for parameter in definition.parameters where parameter.isRequired && !parameter.isBoundByPlatform {
            if arguments[parameter.name] != nil { continue }
            // Without the detail in sight the question may be a general one ("how can I …?"), which the knowledge answers better.
            guard score >= Self.sureFrom, !HowTo.isAsked(in: request.question.text) else { return nil }
            // What is no answer to the question just asked is something else, unless it looks like a try.
            if search.answers(for: parameter).first == request.question, !looksLikeTry { return nil }
            let label = RedactedText(derived: parameter.label(in: request.language))
            return .askBack(wording.missingDetail.filling(["label": label]))
        }
        let proposal = ActionProposal(name: definition.name, arguments: arguments)
        guard definition.effect == .change else { return .act(proposal) }
        let question = Self.confirmation(of: proposal, definition, wording, in: request.language)
        return .confirm(proposal, question: question)
    }

    /// Whether an answer that cannot be used was meant as one: a few words, and no question.
    private var looksLikeTry: Bool {
        let text = request.question.text
        return !Interrogative.isAsked(in: text) && Words.content(of: text).count <= 4
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

    /// Whether a message is a code that the action needs, and hardly anything else.
    private static func isBareCode(_ text: String, for action: ActionDefinition) -> Bool {
        action.parameters.contains { parameter in
            guard let code = code(parameter, action, in: text) else { return false }
            return Words.content(of: text).count <= Words.content(of: code).count
        }
    }

    private static func code(_ parameter: ActionParameter, _ action: ActionDefinition, in text: String) -> String? {
        if case .code(let form) = parameter.source { return CodeForm(form).first(in: text) }
        guard case .conversation = parameter.source, parameter.isRequired,
            let finder = ArgumentFinder(parameter, action.schemaDefinitions), finder.isDistinctive,
            case .value(let value, _) = finder.find(in: text)
        else { return nil }
        return value
    }
}
