/// Guesses the language of a message from its function words.
package enum LanguageGuess {
    /// The language, when enough words speak for it and clearly more than for any other.
    package static func language(of text: String) -> LanguageTag? {
        let words = Words.all(in: text.beginning(2000))
        var scores = Array(repeating: 0, count: FunctionWords.languages.count)
        for word in words {
            for language in FunctionWords.languagesByWord[word] ?? [] { scores[language] += 1 }
        }
        let sorted = scores.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }
        guard scores[sorted[0]] > scores[sorted[1]] else { return nil }
        // A single word is enough for a short message, if no other language has it.
        return scores[sorted[0]] >= 2 || words.count <= 6 ? FunctionWords.languages[sorted[0]] : nil
    }
}
