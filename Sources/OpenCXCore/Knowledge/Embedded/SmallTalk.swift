/// Recognizes messages that are nothing but manners.
enum SmallTalk {
    enum Kind {
        case greeting, thanks, farewell, acknowledgement
    }

    /// What kind of manners the message is, when it is nothing else.
    static func kind(of text: String) -> Kind? {
        guard text.utf8.count <= 120 else { return nil }
        let words = WordList(text).words
        guard !words.isEmpty, words.count <= 9, words.allSatisfy(polite.contains) else {
            return words.isEmpty && text.contains { "👍🙏❤".contains($0) } ? .thanks : nil
        }
        if words.contains(where: thanks.contains) { return .thanks }
        if words.contains(where: farewells.contains) { return .farewell }
        if words.contains(where: greetings.contains) { return .greeting }
        return words.contains(where: acknowledgements.contains) ? .acknowledgement : nil
    }

    /// Whether the customer says thank you, whatever else they say.
    static func isGrateful(_ list: WordList) -> Bool {
        list.beginning(1000).words.contains(where: thanks.contains)
    }

    /// A clear yes: it begins with one and takes nothing back. A question is no yes, and neither is "please" or "ok" alone.
    static func isYes(_ text: String) -> Bool {
        guard !text.contains("?"), text.utf8.count <= 200 else { return false }
        let words = WordList(text).words
        let isAffirmed =
            words.first.map(yes.contains) == true || words.starts(with: ["go", "ahead"])
            || words.starts(with: ["do", "it"])
            || (words.prefix(2).contains("please") && words.contains("do"))
            || words.starts(with: ["no", "problem"]) && words.contains("ahead")
        return isAffirmed && words.count <= 12 && !words.dropFirst(2).contains(where: doubts.contains)
            && !words.dropFirst().contains(where: { ["no", "nein", "not", "dont", "nicht"].contains($0) })
    }

    /// A clear no.
    static func isNo(_ text: String) -> Bool {
        guard !text.contains("?"), text.utf8.count <= 200, !isYes(text) else { return false }
        let words = WordList(text).words
        return words.count <= 12 && (words.first.map(no.contains) == true || words.contains(where: refusals.contains))
    }

    private static let greetings = WordSet(greetingWords)
    private static let thanks = WordSet(thankingWords)
    private static let farewells = WordSet(farewellWords)
    private static let acknowledgements = WordSet(acknowledgingWords)
    private static let yes = WordSet(
        "yes yep yeah yup sure confirm confirmed absolutely definitely ja jawohl jo gerne natürlich klar oui sí si sim da tak"
    )
    private static let no = WordSet("no nope nah stop nein nee non não cancel wait warte halt")
    private static let refusals = WordSet("dont not never nicht keinesfalls actually")
    private static let doubts = WordSet("but wait if unless maybe aber warte vielleicht wenn")
    private static let polite = WordSet(
        greetingWords, thankingWords, farewellWords, acknowledgingWords,
        """
        you so much very a lot for the your help there again all that it day have nice everyone team sir madam good is this
        was really just und für die hilfe ihre sehr auch schön schönen noch einen dir ihnen das hat geholfen one more and
        beaucoup mucho muchas mille dear to
        """)

    private static let greetingWords =
        "hi hello hey hiya greetings morning afternoon evening hallo guten tag moin servus grüß bonjour salut hola buenos ciao olá"
    private static let thankingWords =
        "thanks thank thx ty cheers danke dankeschön merci gracias grazie obrigado obrigada bedankt dank vielen"
    private static let farewellWords = "bye goodbye tschüss ciao adios wiedersehen"
    private static let acknowledgingWords =
        "ok okay great perfect cool nice good fine super prima alles klar gut perfekt got understood worked works"
}
