/// Finds out whether a conversation gets nowhere: the customer says that the answer did not help, or asks the same again.
enum NoProgress {
    /// - Parameters:
    ///   - question: what the customer wrote.
    ///   - list: its first 8,000 characters, read.
    ///   - content: what carries meaning in them.
    ///   - history: what was said before.
    static func find(
        in question: RedactedText, _ list: WordList, _ content: Repetition.Content, history: [Message]
    ) -> HandoffSignal? {
        guard let reply = history.lastIndex(where: { $0.author == .ai }) else { return nil }
        if let phrase = verdict(in: list.beginning(2000)) { return signal(0.8, phrase, question) }
        let before = history[..<reply].last { $0.author == .customer }
        if let before, Repetition.isSame(content, as: before.text) {
            return signal(0.7, "the same question again", question)
        }
        return nil
    }

    private static func signal(_ strength: Double, _ evidence: String, _ question: RedactedText) -> HandoffSignal {
        HandoffSignal(
            trigger: .noProgress, strength: strength, evidence: RedactedText(derived: evidence, from: question))
    }

    /// What the customer says of the answer.
    private static func verdict(in list: WordList) -> String? {
        if !list.isASCII, list.text.unicodeScalars.contains("👎") { return "👎" }
        let words = list.words
        // A long message has a new story to tell.
        guard words.count <= 40 else { return nil }
        for place in words.indices {
            guard let phrases = phrasesByFirstWord[words[place]] else { continue }
            if let phrase = phrases.first(where: { words[place...].starts(with: $0.words) }) { return phrase.text }
        }
        return nil
    }

    private struct Phrase {
        var text: String
        var words: [Word]
    }

    private static let phrasesByFirstWord = WordTable(
        Dictionary(
            grouping: phrases.split(separator: "\n").map { line in
                Phrase(text: String(line), words: WordList(String(line)).words)
            }, by: { $0.words[0] }))

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
    /// The words that carry meaning, each once, in the order of their numbers.
    struct Content {
        fileprivate let words: [Word]
    }

    static func content(_ list: WordList) -> Content {
        let sorted = list.words.filter { !FunctionWords.contains($0) }.sorted { $0.key < $1.key }
        var words: [Word] = []
        words.reserveCapacity(sorted.count)
        for word in sorted where word != words.last { words.append(word) }
        return Content(words: words)
    }

    /// Nearly the same words, three at least.
    static func isSame(_ content: Content, as earlier: RedactedText) -> Bool {
        guard content.words.count >= 3 else { return false }
        let before = Self.content(WordList(earlier.text.beginning(8000)))
        let shared = Double(shared(content.words, before.words))
        return shared >= 0.8 * Double(content.words.count) && shared >= 0.6 * Double(before.words.count)
    }

    private static func shared(_ a: [Word], _ b: [Word]) -> Int {
        var (shared, first, second) = (0, 0, 0)
        while first < a.count, second < b.count {
            if a[first] == b[second] {
                shared += 1
                first += 1
                second += 1
            } else if a[first].key < b[second].key {
                first += 1
            } else {
                second += 1
            }
        }
        return shared
    }
}
