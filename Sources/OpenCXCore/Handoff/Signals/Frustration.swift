/// Measures frustrated language: words that carry it, emphasis, saying the same thing again, and anger that goes on.
///
/// Words alone are a weak sign, so none but the strongest is enough by itself; the threshold is the team's to set.
enum Frustration {
    static func measure(_ question: RedactedText, history: [Message]) -> HandoffSignal {
        let list = WordList(question.text.beginning(8000))
        return measure(question, list, Repetition.content(list), history: history)
    }

    /// Takes a message that was read.
    ///
    /// - Parameters:
    ///   - question: what the customer wrote.
    ///   - list: its first 8,000 characters, read.
    ///   - content: what carries meaning in them.
    ///   - history: what was said before.
    static func measure(
        _ question: RedactedText, _ list: WordList, _ content: Repetition.Content, history: [Message]
    ) -> HandoffSignal {
        let text = list.text
        let words = list.words
        let phrases = phrases(in: words)
        var strength = phrases.weight
        var evidence = phrases.map(\.text)
        if shouts(text) {
            strength += 0.25
            evidence.append("capitals")
        }
        if isEmphatic(text) {
            strength += 0.15
            evidence.append("punctuation")
        }
        if strength > 0 || words.count >= 3, repeats(content, history) {
            strength += 0.35
            evidence.append("said before")
        }
        if strength > 0, strength < 1 {
            // Somebody whose anger goes on is angrier than the words of one message say.
            let before = earlier(in: history)
            strength += 0.4 * before
            if before > 0 { evidence.append("before, too") }
        }
        // A long report holds more words of every kind; what counts is how much of it is complaint.
        if words.count > 80 { strength *= 0.7 }
        return HandoffSignal(
            trigger: .frustration, strength: min(1, strength),
            evidence: RedactedText(derived: evidence.joined(separator: ", "), from: question))
    }

    /// The phrases of the lexicon, each once, in the order of the text.
    ///
    /// Of two that begin at one word the longer counts, and none inside another. A word that "not" turns round is left out.
    private static func phrases(in words: [Word]) -> [FrustrationLexicon.Phrase] {
        var found: [FrustrationLexicon.Phrase] = []
        var place = 0
        while place < words.count {
            let rest = words[place...]
            guard
                let phrase = FrustrationLexicon.byFirstWord[words[place]]?.first(where: { rest.starts(with: $0.words) })
            else {
                place += 1
                continue
            }
            let isTurned =
                !phrase.isNegative
                && words[max(0, place - 2)..<place].contains(where: FrustrationLexicon.negations.contains)
            if !isTurned, !found.contains(where: { $0.text == phrase.text }) { found.append(phrase) }
            place += phrase.words.count
        }
        return found
    }

    /// What the words of the customer's last three messages say, by the strongest of them.
    private static func earlier(in history: [Message]) -> Double {
        history.suffix(6).filter { $0.author == .customer }.suffix(3)
            .map { phrases(in: WordList($0.text.text.beginning(2000)).words).weight }
            .max().map { min(1, $0) } ?? 0
    }

    /// "!!", "?!" and "??".
    private static func isEmphatic(_ text: String) -> Bool {
        let (exclamation, question) = (UInt8(ascii: "!"), UInt8(ascii: "?"))
        var previous: UInt8 = 0
        for mark in text.utf8 {
            if mark == exclamation && (previous == exclamation || previous == question) { return true }
            if mark == question && previous == question { return true }
            previous = mark
        }
        return false
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
    private static func repeats(_ content: Repetition.Content, _ history: [Message]) -> Bool {
        history.suffix(6).contains { message in
            message.author == .customer && Repetition.isSame(content, as: message.text)
        }
    }
}

extension [FrustrationLexicon.Phrase] {
    fileprivate var weight: Double { reduce(0) { $0 + $1.weight } }
}
