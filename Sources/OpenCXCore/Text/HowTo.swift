/// Recognizes "how do I …?": what is answered by steps rather than by doing it.
enum HowTo {
    static func isAsked(in question: String) -> Bool {
        let words = WordList(question.beginning(2000)).words
        return words.indices.dropLast().contains { leads.contains(words[$0]) && next.contains(words[$0 + 1]) }
    }

    private static let leads = WordSet("how wie")
    private static let next = WordSet("do to can should kann mache gehe muss")
}
