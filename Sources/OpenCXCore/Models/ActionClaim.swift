/// Finds sentences that say that something was done, in English and German. What was done stands in the ledger; a text that
/// claims more is withheld.
enum ActionClaim {
    /// Whether the text claims that something was done which no action's record bears out.
    static func isUnbacked(_ text: String, for request: AnswerRequest) -> Bool {
        for sentence in WordKeys.sentences(of: text) {
            guard let claim = claim(in: sentence), !isBacked(claim, by: request) else { continue }
            if !isQuoted(sentence, in: request) { return true }
        }
        return false
    }

    private struct Claim {
        /// What is said to have been done.
        var verb: WordKey
        /// Whether the AI says that it did it, rather than that it was done.
        var isOwn: Bool
    }

    private static func claim(in sentence: [WordKey]) -> Claim? {
        guard let place = sentence.firstIndex(where: done.contains) else { return nil }
        let before = sentence[..<place]
        // "Once your refund has been issued …" promises nothing, and "has not been cancelled" claims nothing.
        if before.contains(where: hedges.contains) || sentence.contains(where: negations.contains) { return nil }
        let verb = sentence[place]
        if let helper = before.lastIndex(where: firstPerson.contains) {
            // "I have now cancelled", "ich habe Ihre Bestellung storniert"; not "we ship what was cancelled".
            let between = sentence[(helper + 1)..<place]
            let isGerman = germanFirstPerson.contains(sentence[helper])
            // German may put the auxiliary first: "das habe ich storniert".
            let isInverted = helper > 0 && auxiliaries.contains(sentence[helper - 1])
            let isPerfect =
                isInverted || between.contains(where: auxiliaries.contains) || joined.contains(sentence[helper])
            let isPast = between.allSatisfy(adverbs.contains)
            if isPerfect || !isGerman && isPast { return Claim(verb: verb, isOwn: true) }
        }
        let passive = before.contains(where: passives.contains)
        if passive, before.contains(where: customers.contains) { return Claim(verb: verb, isOwn: false) }
        return nil
    }

    private static func isBacked(_ claim: Claim, by request: AnswerRequest) -> Bool {
        let changes = (request.results + request.earlierActions).filter { $0.changes && $0.outcome == .succeeded }
        if changes.contains(where: { mentions(claim.verb, $0, request) }) { return true }
        if !changes.isEmpty, general.contains(claim.verb) { return true }
        // Somebody else did it, and a lookup says so.
        return !claim.isOwn
            && (request.results + request.earlierActions).contains { $0.outcome == .succeeded && says($0, claim.verb) }
    }

    private static func mentions(_ verb: WordKey, _ record: ActionRecord, _ request: AnswerRequest) -> Bool {
        var texts = [record.name, record.result.text]
        if let definition = request.actions.first(where: { $0.name == record.name }) {
            texts += [definition.summary] + definition.examples + definition.replies.values
        }
        return texts.contains { holds(verb, $0) }
    }

    private static func says(_ record: ActionRecord, _ verb: WordKey) -> Bool {
        holds(verb, record.result.text) || record.fields.values.contains { holds(verb, $0.text) }
    }

    /// Whether a text holds a word of the verb's family: "cancel" and "cancelled", "refund" and "refunded".
    private static func holds(_ verb: WordKey, _ text: String) -> Bool {
        var found = false
        WordKeys.scan(text) { if $0.stem == verb.stem || $0.stem & mask == verb.stem & mask { found = true } }
        return found
    }

    private static let mask: UInt64 = 0xFF_FFFF_FFFF

    /// Whether the team wrote the very sentence.
    private static func isQuoted(_ sentence: [WordKey], in request: AnswerRequest) -> Bool {
        let texts =
            request.passages.map(\.markdown.text) + request.matched.map(\.scenario.content.text)
            + request.results.map(\.result.text)
        return texts.contains { WordKeys.sentences(of: $0).contains(sentence) }
    }
}

extension ActionClaim {
    private static let done = WordKeys.set(
        """
        cancelled canceled refunded updated changed booked rebooked reserved scheduled rescheduled issued processed submitted
        created deleted removed added applied sent forwarded escalated reset activated deactivated upgraded downgraded credited
        extended transferred subscribed unsubscribed initiated placed ordered replaced arranged notified completed corrected
        modified approved reimbursed exchanged waived blocked unblocked renewed
        storniert erstattet rückerstattet zurückerstattet geändert aktualisiert gebucht umgebucht reserviert gelöscht entfernt
        hinzugefügt verschickt versendet gesendet geschickt weitergeleitet zurückgesetzt aktiviert deaktiviert gekündigt
        verlängert gutgeschrieben veranlasst ausgelöst eingeleitet erstellt angelegt bearbeitet vorgenommen durchgeführt
        ersetzt umgetauscht überwiesen abgeschlossen freigegeben gesperrt entsperrt
        """)
    /// Verbs that fit whatever was done.
    private static let general = WordKeys.set(
        """
        updated changed processed submitted initiated arranged completed modified applied
        geändert aktualisiert veranlasst ausgelöst eingeleitet bearbeitet vorgenommen durchgeführt abgeschlossen
        """)
    private static let firstPerson = WordKeys.set("i we ive weve ich wir habe haben")
    private static let germanFirstPerson = WordKeys.set("ich wir habe haben")
    private static let joined = WordKeys.set("ive weve habe haben")
    private static let auxiliaries = WordKeys.set("have had habe haben hatte hatten")
    private static let adverbs = WordKeys.set("just now already also successfully then and have has it")
    private static let passives = WordKeys.set("been now already successfully wurde wurden ist sind bereits")
    private static let customers = WordKeys.set(
        "your it this that everything all ihre ihr ihren ihrem deine dein deinen es das dies alles")
    private static let hedges = WordKeys.set(
        """
        once after when if until unless before whether where which who items orders
        sobald wenn nachdem falls bevor ob solange
        """)
    private static let negations = WordKeys.set(
        "not cannot cant couldnt havent hasnt isnt wasnt never unable nicht kein keine keinen nie")
}
