/// Finds out whether a customer asks for a person: somebody of the team, within a few words of talking or wanting.
///
/// Grammar rather than statistics: it has no false alarms to speak of, needs no examples, and says why.
enum HumanRequest {
    /// The sentence that asks, and how sure that is, in `0...1`.
    struct Finding: Equatable {
        var sentence: String
        var strength: Double
    }

    /// What in a message asks for a person, if anything does.
    ///
    /// - Parameter list: the first 8,000 characters of the message, read.
    static func find(in list: WordList) -> Finding? {
        for sentence in list.sentences {
            if let strength = strength(of: sentence.words, in: list) ?? unspaced(sentence, in: list) {
                return Finding(sentence: String(list.text(of: sentence).prefix(200)), strength: strength)
            }
        }
        return wholeMessage(list).map { Finding(sentence: String(list.text.prefix(200)), strength: $0) }
    }

    /// How many words of meaning a message has besides the request: whether it says what it is about.
    static func otherWords(in text: String) -> Int {
        let list = WordList(text.beginning(8000))
        return list.words.indices.count { place in
            let (word, role) = Lexicon.read(place, of: list)
            return role == nil && !FunctionWords.contains(word) && !Lexicon.fillers.contains(word)
                && !Lexicon.qualifiers.contains(word)
        }
    }

    private static func strength(of sentence: Range<Int>, in list: WordList) -> Double? {
        var words: [Word] = []
        var roles: [Lexicon.Role] = []
        words.reserveCapacity(sentence.count)
        roles.reserveCapacity(sentence.count)
        // Whoever asks for somebody does not take three lines for it; what comes later has its own windows.
        for place in sentence.prefix(400) {
            let (word, role) = Lexicon.read(place, of: list)
            words.append(word)
            roles.append(role ?? [])
        }
        for place in words.indices where !roles[place].isDisjoint(with: .anyPerson) {
            if let found = Request(words: words, roles: roles, person: place).strength { return found }
        }
        if speaksToTheirs(words, roles) { return 0.8 }
        return refusesMachine(words, roles) ?? complains(words, roles) ?? reachesNobody(words, roles)
    }

    /// "Could I have a chat with one of your cleaners": whoever it is, it is one of the team.
    private static func speaksToTheirs(_ words: [Word], _ roles: [Lexicon.Role]) -> Bool {
        words.indices.contains { place in
            guard Lexicon.yours.contains(words[place]), place > 1, place + 1 < words.count,
                !roles[place + 1].contains(.machine), !Lexicon.thingsAfter.contains(words[place + 1]),
                Lexicon.towards.contains(words[place - 1]) || words[place - 1] == "of"
            else { return false }
            let before = max(0, place - 6)..<place
            guard let verb = before.last(where: { Lexicon.speech.contains(words[$0]) }) else { return false }
            let isRefused = verb > 0 && (roles[verb - 1].contains(.refusal) || roles[verb - 1].contains(.past))
            return !isRefused && before.contains { roles[$0].contains(.wish) }
        }
    }

    /// "I don't want to talk to a bot".
    private static func refusesMachine(_ words: [Word], _ roles: [Lexicon.Role]) -> Double? {
        for place in words.indices where roles[place].contains(.machine) {
            let before = max(0, place - 7)..<place
            guard before.contains(where: { roles[$0].contains(.contact) }) else { continue }
            let isRefused = before.contains { roles[$0].contains(.refusal) || Lexicon.tired.contains(words[$0]) }
            if isRefused { return 0.85 }
        }
        return nil
    }

    /// "I want to raise a complaint", "escalate this": somebody has to take it.
    private static func complains(_ words: [Word], _ roles: [Lexicon.Role]) -> Double? {
        for place in words.indices {
            guard let matter = Lexicon.complaints[words[place]] else { continue }
            let before = max(0, place - 5)..<place
            if before.contains(where: { roles[$0].contains(.refusal) }) { continue }
            switch matter {
            case .complaining:
                if words.count <= 3 || before.contains(where: { roles[$0].contains(.wish) }) { return 0.7 }
            case .complaint:
                let isMade = before.contains {
                    Lexicon.complaintVerbs.contains(words[$0]) || (words[$0] == "how" && words.count <= 4)
                }
                if isMade { return 0.7 }
            case .escalation:
                if !before.contains(where: { roles[$0].contains(.past) }) { return 0.75 }
            }
        }
        return nil
    }

    /// "Nobody answers", "call centre not reachable": the customer has tried to reach a person already.
    private static func reachesNobody(_ words: [Word], _ roles: [Lexicon.Role]) -> Double? {
        guard words.count <= 12 else { return nil }
        for place in words.indices {
            let isHotline = roles[place].contains(.hotline)
            let isNobody = roles[place].contains(.nobody) || words[place...].starts(with: Lexicon.noOne)
            guard isNobody || isHotline else { continue }
            let after = (place + 1)..<min(words.count, place + 7)
            if after.contains(where: { Lexicon.unreachable.contains(words[$0]) }) { return 0.65 }
            let isNegated = isNobody || after.contains { roles[$0].contains(.refusal) }
            if isNegated, after.contains(where: { Lexicon.answering.contains(words[$0]) }) { return 0.65 }
        }
        return nil
    }

    /// Languages that are written without spaces have phrases instead of grammar.
    private static func unspaced(_ sentence: WordList.Sentence, in list: WordList) -> Double? {
        if list.isASCII { return nil }
        let whole = list.text(of: sentence)
        guard whole.utf8.contains(where: { $0 >= 0xE0 }) else { return nil }
        let text = String(whole.prefix(300))
        for (phrase, refusals) in Lexicon.unspaced where text.contains(phrase) {
            if !refusals.contains(where: { text.contains($0) }) { return 0.9 }
        }
        return nil
    }
}

/// One word for a person, in its sentence: does the sentence ask for them?
private struct Request {
    let words: [Word]
    let roles: [Lexicon.Role]
    let person: Int

    private var before: Range<Int> { max(0, person - 10)..<person }
    private var after: Range<Int> { (person + 1)..<min(words.count, person + 6) }

    private func has(_ role: Lexicon.Role, in range: Range<Int>) -> Bool {
        range.contains { roles[$0].contains(role) }
    }

    /// "Transfer me to an agent", not "transfer my subscription to another person".
    private func isContact(_ place: Int) -> Bool {
        guard roles[place].contains(.contact) else { return false }
        guard Lexicon.transitive.contains(words[place]) else { return true }
        return words[(place + 1)..<person].allSatisfy {
            Lexicon.objects.contains($0) || Lexicon.qualifiers.contains($0)
        }
    }

    private var isQualified: Bool { person > 0 && Lexicon.qualifiers.contains(words[person - 1]) }

    var strength: Double? {
        if isCompound || isRefused || isTold { return nil }
        let isCertain = roles[person].contains(.certain) || (isQualified && roles[person].contains(.possible))
        let speaks = before.contains(where: isContact) || speaksAfter
        if isCertain {
            if speaks || isOnTheLine { return 0.95 }
            if wants { return 0.9 }
            if isAvailabilityAsked || isGotTo { return 0.8 }
            if isWholeMessage { return 0.9 }
            return nil
        }
        if speaks, has(.preposition, in: max(0, person - 4)..<person) || speaksAfter { return 0.9 }
        if isToHelp { return 0.8 }
        if speaks, words.count <= 4, isWholeMessage { return 0.8 }
        if isPersonWished { return 0.8 }
        if isOnTheLine { return 0.85 }
        return isTeamPlease ? 0.85 : nil
    }

    /// German and Dutch put the verb last, and "a human to talk to" does, too.
    private var speaksAfter: Bool {
        after.prefix(4).contains { roles[$0].contains(.contact) && !Lexicon.saying.contains(words[$0]) }
            && (has(.wish, in: before) || has(.preposition, in: before) || words.count <= 5
                || has(.wish, in: after))
    }

    /// The wish stands near the person, and no other thing between them is what is wished for.
    private var wants: Bool {
        let near = max(0, person - 6)..<person
        guard let wish = near.last(where: { roles[$0].contains(.strongWish) }) else { return false }
        return ((wish + 1)..<person).allSatisfy { place in
            !roles[place].isEmpty || FunctionWords.contains(words[place])
                || Lexicon.qualifiers.contains(words[place])
        }
    }

    /// "I need a person": and nothing after it.
    private var isPersonWished: Bool {
        guard ["person", "persona", "personne", "pessoa", "persoon", "someone", "jemanden"].contains(words[person]),
            person > 1
        else { return false }
        let tail = after.allSatisfy { Lexicon.fillers.contains(words[$0]) }
        let wish = max(0, person - 2)..<person
        return tail && after.count < 3 && has(.strongWish, in: wish)
    }

    /// "put me through to", "get me a manager on the line".
    private var isOnTheLine: Bool {
        let puts = before.contains {
            Lexicon.puts.contains(words[$0]) && $0 + 1 < words.count && Lexicon.me.contains(words[$0 + 1])
        }
        return puts && (roles[person].contains(.certain) || has(.preposition, in: before))
            || after.contains { ["line", "phone"].contains(words[$0]) } && has(.strongWish, in: before)
    }

    /// "How do I get through to a real person?"
    private var isGotTo: Bool {
        guard let towards = (max(0, person - 4)..<person).last(where: { ["to", "with"].contains(words[$0]) }) else {
            return false
        }
        return has(.wish, in: max(0, towards - 3)..<towards) && (isQualified || Lexicon.humans.contains(words[person]))
            || towards > 0 && words[towards - 1] == "through"
    }

    /// "Is there a human I can talk to?", "any agent available?"
    private var isAvailabilityAsked: Bool {
        let asked = before.contains { ["there", "any", "hay", "gibt"].contains(words[$0]) }
        let open = after.contains { Lexicon.available.contains(words[$0]) }
        return (asked && (open || words.count <= 6)) || (open && words.count <= 5)
    }

    /// "Can you get someone to help me?" Not "can someone help me": that is how questions begin.
    private var isToHelp: Bool {
        let near = max(0, person - 3)..<person
        let brings = near.contains { Lexicon.brings.contains(words[$0]) }
        let helps = after.contains { ["help", "assist", "call", "contact", "helfen", "anrufen"].contains(words[$0]) }
        let asks =
            before.contains { ["there", "hay"].contains(words[$0]) }
            && after.prefix(2).contains { Lexicon.available.contains(words[$0]) }
        return (brings && helps) || asks
    }

    /// "Billing team please".
    private var isTeamPlease: Bool {
        ["team", "department", "desk", "staff", "support"].contains(words[person]) && words.count <= 4
            && person + 1 < words.count && words[person + 1] == "please"
    }

    /// "Live agent", "real human please": nothing else is said.
    private var isWholeMessage: Bool {
        words.count <= 5
            && words.indices.allSatisfy { place in
                !roles[place].isEmpty || Lexicon.fillers.contains(words[place])
                    || Lexicon.qualifiers.contains(words[place])
            }
            && !before.contains { ["for", "of", "by", "für", "von", "de", "why", "what", "who"].contains(words[$0]) }
    }

    /// "I don't need an agent", "no human needed": a refusal right before the wish, the verb or the person.
    private var isRefused: Bool {
        before.contains { place in
            guard roles[place].contains(.refusal) else { return false }
            if place > 0, ["can", "could", "why"].contains(words[place - 1]) { return false }
            let next = roles[place + 1]
            if next.contains(.wish) || next.contains(.contact) { return true }
            // "no human", "not a human", "nicht mit einem Mitarbeiter".
            return person - place <= 3 && words[(place + 1)..<person].allSatisfy(Lexicon.articles.contains)
        } || after.prefix(4).contains { ["nicht", "unnecessary"].contains(words[$0]) }
    }

    /// "human size chart", "agent portal", "password manager": the word is part of a name, not somebody to talk to.
    private var isCompound: Bool {
        if person > 0, Lexicon.thingsBefore.contains(words[person - 1]) { return true }
        guard person + 1 < words.count else { return false }
        let next = words[person + 1]
        if Lexicon.thingsAfter.contains(next) { return true }
        if roles[person].contains(.adjective), !Lexicon.continues(next) { return true }
        return false
    }

    /// "I was talking to an agent", "your representative told me": a report of what was.
    private var isTold: Bool {
        if after.first.map({ Lexicon.saying.contains(words[$0]) }) == true { return true }
        let speaks = before.filter { roles[$0].contains(.contact) }
        return speaks.contains { place in
            place > 0 && (roles[place - 1].contains(.past) || (place > 1 && roles[place - 2].contains(.past)))
        }
    }
}

private typealias Lexicon = HumanRequestLexicon
