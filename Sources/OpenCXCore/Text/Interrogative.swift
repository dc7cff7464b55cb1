/// Recognizes questions, also those that are written without a question mark.
enum Interrogative {
    static func isAsked(in message: String) -> Bool {
        message.contains("?") || WordList(message.beginning(200)).words.first.map(leads.contains) == true
    }

    private static let leads = WordSet(
        """
        where wheres when what whats which who why how can could do does is are has will wo wann was welche welcher wer
        warum wie kann könnten ist hat
        """)
}
