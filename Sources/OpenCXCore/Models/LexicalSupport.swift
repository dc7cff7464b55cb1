/// How much of an answer its sources bear out, by the words they share. Cheap, and blind to meaning: it finds what was made up
/// out of nothing, and above all numbers that no source gives.
struct LexicalSupport {
    /// The share of the answer's words of substance that stand in supported sentences, in `0...1`.
    var share: Double
    /// Whether the answer gives a number that no source does.
    var hasForeignNumber: Bool

    /// What an answer's confidence is worth after this. A number out of nothing weighs more than words.
    var factor: Double { hasForeignNumber ? share * 0.4 : share }

    /// - Parameters:
    ///   - answer: what is looked at.
    ///   - sources: what it may rest on.
    ///   - talk: what was said before; its words may be repeated, but a sentence of nothing else rests on nothing.
    ///   - sameLanguage: whether the answer is in the language of its sources; else only numbers are compared.
    init(of answer: String, by sources: [String], besides talk: [String] = [], sameLanguage: Bool) {
        let stems = Self.stems(of: sources)
        let said = Self.stems(of: talk)
        var total = 0
        var supported = 0
        var foreign = false
        for sentence in WordKeys.sentences(of: answer) {
            var substance = 0
            var hits = 0
            var echoes = 0
            var isForeign = false
            for (place, word) in sentence.enumerated() {
                if word.hasDigit {
                    // "1." at the beginning of a line counts steps.
                    if place == 0, word.count == 1 { continue }
                    let number = Self.number(word)
                    if !stems.contains(number), !said.contains(number) { isForeign = true }
                } else if sameLanguage, word.count > 2, !Self.neutral.contains(word) {
                    substance += 1
                    let stem = word.stem
                    if stems.contains(stem) { hits += 1 } else if said.contains(stem) { echoes += 1 }
                }
            }
            if isForeign { foreign = true }
            // A short sentence without numbers is a matter of wording: "Yes, that works."
            guard isForeign || substance > 2 else { continue }
            total += max(substance, 1)
            let isSupported = substance == 0 || hits > 0 && (hits + echoes) * 2 >= substance
            if !isForeign, isSupported { supported += max(substance, 1) }
        }
        share = total == 0 ? 1 : Double(supported) / Double(total)
        hasForeignNumber = foreign
    }

    private static func stems(of texts: [String]) -> Set<UInt64> {
        var stems: Set<UInt64> = []
        for text in texts {
            WordKeys.scan(text) { word in
                if word.hasDigit { stems.insert(number(word)) } else { stems.insert(word.stem) }
            }
        }
        return stems
    }

    /// Numbers are compared without leading zeros: the 3rd of May is 05-03 elsewhere.
    private static func number(_ word: WordKey) -> UInt64 {
        var bytes = word.bytes
        while bytes > 0xFF, bytes & 0xFF == 0x30 { bytes >>= 8 }
        return UInt64(truncatingIfNeeded: bytes ^ (bytes >> 64))
    }

    private static let neutral: Set<WordKey> = Set(FunctionWords.all.map { WordKey($0.utf8) }).union(
        WordKeys.set(
            """
            let know anything else happy glad sorry apologize apologies understand question questions further assist assistance
            thank thanks welcome contact feel free reach sure course sounds great day yes soon team support agent see inform
            information details following simply able may might should must shall since because however otherwise
            based provided according provide yourself ive youll ill weve youre dont cant doesnt isnt thats heres
            gerne gern freue weiter weitere weiteren fragen frage bescheid melden leid selbstverständlich natürlich danke vielen
            dank falls sollten sollte dürfen müssen muss damit dazu dafür diese dieser dieses außerdem jederzeit
            """))
}
