/// Finds out whether a conversation gets nowhere: the customer says that the answer did not help, or asks the same again.
enum NoProgress {
    static func find(in question: RedactedText, history: [Message]) -> HandoffSignal? {
        guard let reply = history.lastIndex(where: { $0.author == .ai }) else { return nil }
        let text = question.text.beginning(2000)
        if let phrase = verdict(in: text) { return signal(0.8, phrase, question) }
        let before = history[..<reply].last { $0.author == .customer }
        if let before, Repetition.isSame(question.text, as: before.text.text) {
            return signal(0.7, "the same question again", question)
        }
        return nil
    }

    private static func signal(_ strength: Double, _ evidence: String, _ question: RedactedText) -> HandoffSignal {
        HandoffSignal(
            trigger: .noProgress, strength: strength, evidence: RedactedText(derived: evidence, from: question))
    }

    /// What the customer says of the answer.
    private static func verdict(in text: String) -> String? {
        if text.unicodeScalars.contains("👎") { return "👎" }
        let words = Words.all(in: text)
        // A long message has a new story to tell.
        guard words.count <= 40 else { return nil }
        for place in words.indices {
            for phrase in phrasesByFirstWord[words[place]] ?? [] where words[place...].starts(with: phrase) {
                return phrase.joined(separator: " ")
            }
        }
        return nil
    }

    private static let phrasesByFirstWord = Dictionary(
        grouping: phrases.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }, by: { $0[0] })

    private static let phrases = """
        didnt help
        did not help
        doesnt help
        does not help
        didnt work
        did not work
        not helpful
        wasnt helpful
        isnt helpful
        unhelpful
        not helping
        isnt helping
        no help at all
        of no help
        not what i asked
        not what i mean
        not what i meant
        not what im asking
        not my question
        not answering my question
        didnt answer my question
        did not answer my question
        doesnt answer my question
        you dont understand
        you didnt understand
        dont understand me
        you already said that
        already told you
        already tried that
        tried that already
        i tried that
        still doesnt work
        still not working
        still does not work
        still have the same problem
        same problem again
        wrong answer
        that is wrong
        thats wrong
        thats not right
        not solved
        not resolved
        doesnt solve
        didnt solve
        hat nicht geholfen
        hilft nicht
        hilft mir nicht
        nicht hilfreich
        nicht geholfen
        das war nicht meine frage
        nicht meine frage
        funktioniert immer noch nicht
        geht immer noch nicht
        geht noch immer nicht
        habe ich schon probiert
        habe ich schon versucht
        hab ich schon versucht
        falsche antwort
        du verstehst mich nicht
        sie verstehen mich nicht
        ça ne maide pas
        ne maide pas
        ça naide pas
        pas utile
        ne répond pas à ma question
        ça ne marche toujours pas
        ne fonctionne toujours pas
        no me ayuda
        no me ayudó
        no me sirve
        no sirve
        no ayuda
        no responde a mi pregunta
        sigue sin funcionar
        non mi aiuta
        non aiuta
        non è utile
        non mi è stato utile
        ancora non funziona
        não ajudou
        não ajuda
        não me ajudou
        não resolveu
        helpt niet
        hielp niet
        heeft niet geholpen
        werkt nog steeds niet
        nie pomogło
        to nie pomaga
        не помогло
        не помогает
        yardımcı olmadı
        hjälpte inte
        hjalp ikke
        """
}

/// Compares what a customer says with what they said before.
enum Repetition {
    /// Nearly the same words that carry meaning, three at least.
    static func isSame(_ text: String, as earlier: String) -> Bool {
        isSame(content(text), as: content(earlier))
    }

    static func isSame(_ words: Set<String>, as earlier: Set<String>) -> Bool {
        guard words.count >= 3 else { return false }
        let shared = Double(words.intersection(earlier).count)
        return shared >= 0.8 * Double(words.count) && shared >= 0.6 * Double(earlier.count)
    }

    static func content(_ text: String) -> Set<String> {
        Set(Words.all(in: text.beginning(8000)).filter { !FunctionWords.all.contains($0) })
    }
}
