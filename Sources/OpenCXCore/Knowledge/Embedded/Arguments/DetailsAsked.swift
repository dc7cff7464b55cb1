/// The questions for details that the answerer has just asked, one after the other, and what the customer said to them.
struct DetailsAsked {
    /// What the customer wanted before the first of them was asked.
    let opening: RedactedText
    /// Each question as it was worded, with the customer's answer; newest first.
    let answers: [(question: String, answer: RedactedText)]

    /// Nothing was asked before this question.
    init(_ question: RedactedText) {
        opening = question
        answers = []
    }

    /// - Parameter questions: how questions for details may be worded.
    init(_ request: AnswerRequest, questions: Set<String>) {
        var answers: [(String, RedactedText)] = []
        var latest = request.question
        var rest = request.history[...]
        while let asked = rest.last, asked.author == .ai, questions.contains(asked.text.text) {
            rest.removeLast()
            var before: [RedactedText] = []
            while let message = rest.last, message.author == .customer {
                before.insert(message.text, at: 0)
                rest.removeLast()
            }
            guard !before.isEmpty else { break }
            answers.append((asked.text.text, latest))
            latest = before.joined(separator: "\n")
        }
        self.answers = answers
        opening = latest
    }

    /// How a parameter is asked for, in every language there is wording for.
    static func questions(
        for parameter: ActionParameter, _ phrasebook: Phrasebook, _ language: LanguageTag
    ) -> Set<String> {
        var questions: Set<String> = []
        for tag in Array(phrasebook.wordings.keys) + [language] {
            let values = ["label": RedactedText(derived: parameter.label(in: tag))]
            questions.insert(phrasebook[tag].missingDetail.filling(values).text)
            questions.insert(phrasebook[tag].notFound.filling(values).text)
        }
        return questions
    }
}
