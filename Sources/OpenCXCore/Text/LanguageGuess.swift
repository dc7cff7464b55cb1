/// Guesses the language of a message from its function words.
package enum LanguageGuess {
    /// The language, when enough words speak for it and clearly more than for any other.
    package static func language(of text: String) -> LanguageTag? {
        let words = Words.all(in: String(text.prefix(2000)))
        let scores = FunctionWords.byLanguage.mapValues { known in words.count { known.contains($0) } }
        let sorted = scores.sorted { ($0.value, $1.key.rawValue) > ($1.value, $0.key.rawValue) }
        guard sorted.count > 1, sorted[0].value > sorted[1].value else { return nil }
        // A single word is enough for a short message, if no other language has it.
        return sorted[0].value >= 2 || words.count <= 6 ? sorted[0].key : nil
    }
}
