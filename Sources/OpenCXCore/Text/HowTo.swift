/// Recognizes "how do I …?": what is answered by steps rather than by doing it.
enum HowTo {
    static func isAsked(in question: String) -> Bool {
        let words = Words.all(in: question.beginning(2000))
        return zip(words, words.dropFirst()).contains { word, next in
            leads.contains(word) && ["do", "to", "can", "should", "kann", "mache", "gehe", "muss"].contains(next)
        }
    }

    private static let leads: Set<String> = ["how", "wie"]
}
