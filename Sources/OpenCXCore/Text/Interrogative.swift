/// Recognizes questions, also those that are written without a question mark.
enum Interrogative {
    static func isAsked(in message: String) -> Bool {
        message.contains("?") || Words.all(in: message.beginning(200)).first.map(leads.contains) ?? false
    }

    private static let leads: Set<String> = [
        "where", "wheres", "when", "what", "whats", "which", "who", "why", "how", "can", "could", "do", "does", "is",
        "are", "has", "will", "wo", "wann", "was", "welche", "welcher", "wer", "warum", "wie", "kann", "könnten", "ist",
        "hat",
    ]
}
