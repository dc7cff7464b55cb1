/// What a customer is asked to agree to: whoever says its words and values again with a yes says nothing new.
struct ConsentSubject {
    private let stems: Set<String>
    /// In pieces between spaces; of two that begin alike, the longer one comes first.
    private let values: [[String]]
    private let placeholders: Set<Placeholder>

    /// - Parameters:
    ///   - texts: what names the subject: the title of an action, the label of a detail.
    ///   - values: the values that stand in the question.
    init(_ texts: [String], values: [String] = []) {
        stems = Set(texts.flatMap(Words.content))
        self.values = values.map(Self.pieces).filter { !$0.isEmpty }.sorted { $0.count > $1.count }
        placeholders = Set(values.flatMap(Placeholder.all))
    }

    /// The words by which the customer knows an action, and the arguments that it would be called with.
    init(_ proposal: ActionProposal, _ definition: ActionDefinition?) {
        var texts = [proposal.name]
        if let definition {
            texts += [definition.title ?? definition.summary] + definition.confirmations.values
            texts += definition.parameters.flatMap { [$0.label] + $0.translations.values }
        }
        self.init(texts, values: proposal.arguments.values.map(\.text))
    }

    /// Whether a word is one of the subject's, in whatever form. "Annulez" is what the customer makes of "annuler".
    func has(_ word: String) -> Bool {
        stems.contains(Words.stem(word)) || word.hasSuffix("ez") && stems.contains(String(word.dropLast(2)))
    }

    /// Whether a value of this kind stands in the question, and another one than this.
    func hasAnother(_ placeholder: Placeholder) -> Bool {
        !placeholders.contains(placeholder) && placeholders.contains { $0.kind == placeholder.kind }
    }

    /// A message without the values, each of which has to stand in it whole.
    func withoutValues(of text: String) -> String {
        Self.pieces(of: text).removing(values).joined(separator: " ")
    }

    private static func pieces(of text: String) -> [String] {
        MessageTokens(text).tokens.map { $0.word.hasPrefix("#") ? String($0.word.dropFirst()) : $0.word }
    }
}

extension AnswerRequest {
    /// What the customer says to the action that waits for a yes; `nil` when none does, or when the message is not about it.
    var consent: Consent? {
        guard let proposal = pendingAction?.proposal else { return nil }
        let definition = actions.first { $0.name == proposal.name }
        return Consent(question.text, to: ConsentSubject(proposal, definition))
    }
}
