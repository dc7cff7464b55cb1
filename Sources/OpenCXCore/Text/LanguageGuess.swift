/// Guesses the language of a message from its function words.
package enum LanguageGuess {
    /// The language, when enough words speak for it and clearly more than for any other.
    package static func language(of text: String) -> LanguageTag? {
        let words = WordList(text.beginning(2000)).words
        var scores = Array(repeating: 0, count: FunctionWords.languages.count)
        for word in words {
            var languages = FunctionWords.languagesByWord[word] ?? 0
            while languages != 0 {
                scores[languages.trailingZeroBitCount] += 1
                languages &= languages - 1
            }
        }
        guard let most = scores.max(), scores.count(where: { $0 == most }) == 1,
            let best = scores.firstIndex(of: most)
        else { return nil }
        // A single word is enough for a short message, if no other language has it.
        return most >= 2 || words.count <= 6 ? FunctionWords.languages[best] : nil
    }
}
