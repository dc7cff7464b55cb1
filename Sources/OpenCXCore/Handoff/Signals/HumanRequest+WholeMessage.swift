/// Messages that ask for somebody by saying nothing else.
extension HumanRequest {
    static func wholeMessage(_ list: WordList) -> Double? {
        let words = list.words
        guard list.text.utf8.count <= 100, words.count <= 9 else { return nil }
        let roles = words.map { Lexicon.roles[$0] ?? [] }
        return isUrgent(words, roles) ?? justTalks(words, roles)
    }

    /// "This is an emergency", "I need urgent assistance": who says that and not about what wants somebody to look at it now.
    private static func isUrgent(_ words: [Word], _ roles: [Lexicon.Role]) -> Double? {
        guard words.count >= 2, !roles.contains(where: { $0.contains(.refusal) }) else { return nil }
        let helps = words.contains(where: Lexicon.remedies.contains)
        guard words.contains(where: { Lexicon.urgent.contains($0) || (helps && Lexicon.soon.contains($0)) }) else {
            return nil
        }
        let saysNoMore = words.allSatisfy { word in
            Lexicon.urgent.contains(word) || Lexicon.soon.contains(word) || Lexicon.remedies.contains(word)
                || Lexicon.besideUrgent.contains(word) || FunctionWords.contains(word)
                || Lexicon.fillers.contains(word) || Lexicon.roles[word]?.contains(.wish) == true
        }
        return saysNoMore ? 0.6 : nil
    }

    /// "Can I talk to you?", "Talk": to whom, the customer has not thought about, and not to a menu.
    private static func justTalks(_ words: [Word], _ roles: [Lexicon.Role]) -> Double? {
        guard let verb = words.firstIndex(where: Lexicon.speech.contains),
            !roles.contains(where: { $0.contains(.refusal) || $0.contains(.past) || $0.contains(.machine) })
        else { return nil }
        if words.count == 1 { return ["talk", "speak"].contains(words[verb]) ? 0.6 : nil }
        let toYou =
            verb + 2 < words.count && Lexicon.towards.contains(words[verb + 1])
            && ["you", "u", "ihnen", "euch"].contains(words[verb + 2])
        let asks =
            words[..<verb].contains { ["i", "we", "ich", "wir", "let"].contains($0) }
            && roles[..<verb].contains { $0.contains(.wish) }
        let saysNoMore = words.dropFirst(verb + 3).allSatisfy(Lexicon.fillers.contains)
        return toYou && asks && saysNoMore ? 0.6 : nil
    }
}

private typealias Lexicon = HumanRequestLexicon
