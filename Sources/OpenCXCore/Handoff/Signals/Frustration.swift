/// Measures frustrated language: words that carry it, emphasis, and saying the same thing again.
///
/// Words alone are a weak sign, so none but the strongest is enough by itself; the threshold is the team's to set.
enum Frustration {
    static func measure(_ question: RedactedText, history: [Message]) -> HandoffSignal {
        let text = question.text.beginning(8000)
        let words = Words.all(in: text)
        var strength = 0.0
        var evidence: [String] = []
        for phrase in phrases(in: words) {
            strength += phrase.weight
            evidence.append(phrase.text)
        }
        if shouts(text) {
            strength += 0.25
            evidence.append("capitals")
        }
        if zip(text.utf8, text.utf8.dropFirst()).contains(where: emphasis) {
            strength += 0.15
            evidence.append("punctuation")
        }
        if strength > 0 || words.count >= 3, repeats(words, history) {
            strength += 0.35
            evidence.append("said before")
        }
        // A long report holds more words of every kind; what counts is how much of it is complaint.
        if words.count > 80 { strength *= 0.7 }
        return HandoffSignal(
            trigger: .frustration, strength: min(1, strength),
            evidence: RedactedText(derived: evidence.joined(separator: ", "), from: question))
    }

    /// The phrases that occur as whole words, each once, in the order of the list.
    private static func phrases(in words: [String]) -> [Phrase] {
        var found: Set<Int> = []
        for (place, word) in words.enumerated() {
            for index in phrasesByFirstWord[word] ?? [] where words[place...].starts(with: phrases[index].words) {
                found.insert(index)
            }
        }
        return found.sorted().map { phrases[$0] }
    }

    /// "!!", "?!" and "??".
    private static func emphasis(_ mark: UInt8, _ next: UInt8) -> Bool {
        let (exclamation, question) = (UInt8(ascii: "!"), UInt8(ascii: "?"))
        return (mark == question && (next == exclamation || next == question))
            || (mark == exclamation && next == exclamation)
    }

    private static func shouts(_ text: String) -> Bool {
        var letters = 0
        var capitals = 0
        for letter in text.unicodeScalars {
            if letter.isASCII {
                let isCapital = ("A"..."Z").contains(letter)
                letters += isCapital || ("a"..."z").contains(letter) ? 1 : 0
                capitals += isCapital ? 1 : 0
            } else if letter.properties.isAlphabetic {
                letters += 1
                capitals += letter.properties.isUppercase ? 1 : 0
            }
        }
        return letters >= 12 && Double(capitals) > 0.7 * Double(letters)
    }

    /// The customer said nearly the same in one of the last messages.
    private static func repeats(_ words: [String], _ history: [Message]) -> Bool {
        let content = Set(words.filter { !FunctionWords.all.contains($0) })
        return history.suffix(6).contains { message in
            message.author == .customer && Repetition.isSame(content, as: Repetition.content(message.text.text))
        }
    }

    private struct Phrase {
        var text: String
        var words: [String]
        var weight: Double
    }

    private static let phrasesByFirstWord = Dictionary(grouping: phrases.indices) { phrases[$0].words[0] }

    private static let phrases = weights.map { text, weight in
        Phrase(text: text, words: text.split(separator: " ").map(String.init), weight: weight)
    }

    private static let weights: [(String, Double)] = [
        ("ridiculous", 0.6), ("unacceptable", 0.7), ("useless", 0.6), ("pathetic", 0.7), ("disgusting", 0.6),
        ("worst", 0.5), ("terrible", 0.45), ("horrible", 0.45), ("awful", 0.4), ("scam", 0.6), ("fraud", 0.4),
        ("fed up", 0.8), ("sick of", 0.7), ("tired of", 0.45), ("had enough", 0.7), ("waste of time", 0.7),
        ("waste of money", 0.7), ("wasted", 0.35), ("frustrated", 0.6), ("frustrating", 0.5), ("annoying", 0.4),
        ("annoyed", 0.5), ("angry", 0.6), ("furious", 0.9), ("outrageous", 0.8), ("joke", 0.35), ("garbage", 0.5),
        ("rubbish", 0.45), ("crap", 0.5), ("shit", 0.6), ("bullshit", 0.9), ("fuck", 0.8), ("fucking", 0.8),
        ("wtf", 0.7), ("damn", 0.4), ("hell", 0.3), ("stupid", 0.5), ("idiots", 0.8), ("incompetent", 0.8),
        ("lawyer", 0.4), ("sue", 0.4), ("never again", 0.6), ("third time", 0.5), ("for the last time", 0.8),
        ("still not", 0.2), ("still no", 0.25), ("how many times", 0.6), ("that didnt help", 0.4), ("not helping", 0.4),
        ("doesnt help", 0.35), ("poor service", 0.6), ("bad service", 0.6), ("give up", 0.35), ("hate", 0.4),
        ("unbelievable", 0.45), ("disappointed", 0.4), ("unverschämt", 0.8), ("unverschämtheit", 0.9),
        ("frechheit", 0.8), ("lächerlich", 0.6), ("nutzlos", 0.6), ("sauer", 0.4), ("wütend", 0.7),
        ("enttäuscht", 0.4), ("zum kotzen", 0.9), ("verarschen", 0.8), ("mist", 0.3), ("scheiße", 0.7),
        ("schlechter service", 0.6), ("reicht mir", 0.6), ("inacceptable", 0.7), ("ras le bol", 0.8),
        ("inaceptable", 0.7), ("vergonzoso", 0.7), ("inutile", 0.5), ("vergogna", 0.7), ("belachelijk", 0.6),
    ]
}
