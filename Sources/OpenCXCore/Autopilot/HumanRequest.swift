/// Finds out whether a customer asks for a person: somebody to talk to, within a few words of wanting to.
enum HumanRequest {
    static func find(in question: RedactedText) -> HandoffSignal? {
        for bytes in question.text.beginning(8000).utf8.split(whereSeparator: { ends.contains($0) }) {
            let sentence = Substring(bytes)
            let words = Words.all(in: String(sentence))
            guard let strength = strength(of: words) else { continue }
            return HandoffSignal(
                trigger: .explicitRequest, strength: strength,
                evidence: RedactedText(derived: String(sentence.prefix(200)), from: question))
        }
        return nil
    }

    private static let ends = Array(".?!\n;".utf8)

    private static func strength(of words: [String]) -> Double? {
        for (place, word) in words.enumerated() {
            let isQualified = place > 0 && qualifiers.contains(words[place - 1]) && anybody.contains(word)
            let isCertain = (certainly.contains(word) || isQualified) && !isCompound(words, after: place)
            guard isCertain || possibly.contains(word) else { continue }
            let before = words[max(0, place - 9)..<place]
            if isRefused(before) { continue }
            let hasVerb =
                before.contains(where: contactVerbs.contains) || before.contains("put") && before.contains("me")
            let wants = before.contains(where: wishes.contains)
            if isCertain, hasVerb || wants { return 0.95 }
            if hasVerb, before.contains(where: prepositions.contains) { return 0.9 }
            // "Can you get someone to help me?"
            if wants, anybody.contains(word), words[place...].prefix(4).contains("help") { return 0.8 }
            // "Live agent", "real human please": the whole message is the request.
            if isCertain, words.count <= 4, !before.contains(where: ["for", "of", "by", "für", "von"].contains) {
                return 0.9
            }
        }
        return nil
    }

    /// "I don't need an agent": a refusal right before the wish or the verb.
    private static func isRefused(_ before: ArraySlice<String>) -> Bool {
        before.indices.contains { place in
            refusals.contains(before[place])
                && before[(place + 1)...].prefix(1).contains { wishes.contains($0) || contactVerbs.contains($0) }
        }
    }

    /// "human size chart", "agent portal": the word names a thing, not somebody to talk to.
    private static func isCompound(_ words: [String], after place: Int) -> Bool {
        guard place + 1 < words.count else { return false }
        return [
            "size", "sized", "resources", "error", "hair", "rights", "portal", "app", "code", "id", "fee", "string",
        ]
        .contains(words[place + 1])
    }

    /// Words for people of a support team that are rarely about anything else.
    private static let certainly = set(
        """
        human humans agent agents representative representatives operator advisor adviser executive supervisor manager
        receptionist reception humano agente asesor representante operador humain conseiller opérateur mensch menschen
        mitarbeiter mitarbeiterin kundenberater berater sachbearbeiter ansprechpartner umano operatore consulente medewerker
        mens atendente pessoa
        """)

    /// Words that mean such a person only after a verb of contact.
    private static let possibly = set(
        """
        person someone somebody anyone anybody people worker rep staff team colleague support service representant personne quelqu persona
        alguien jemand jemanden jemandem person kollegen kundendienst kundenservice support iemand qualcuno alguém centre
        center
        """)

    /// Words that mean somebody of the team when a word such as "real" stands before them.
    private static let anybody = set(
        "person someone somebody anyone anybody people worker team support service care colleague")

    private static let qualifiers = set("real live actual normal human customer")

    private static let contactVerbs = set(
        """
        talk speak chat connect transfer pass forward escalate reach call contact took talking speaking hablar hable
        comunicar parler contacter sprechen reden verbinden verbinde weiterleiten spreche parlare spreken praten falar
        conversar
        """)

    private static let wishes = set(
        "want wants need get give let like could can may please have quiero necesito veux voudrais will möchte brauche bitte voglio vorrei wil quero preciso just"
    )

    private static let prepositions = set(
        "to with an through me directly an mit einem einer con un une à avec met een com real actual live normal some")

    private static let refusals = set("not dont without never nicht kein keinen ohne sans sin senza geen sem")

    private static func set(_ list: String) -> Set<String> {
        Set(list.split(whereSeparator: \.isWhitespace).map(String.init))
    }
}
