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

    private static let greetings = WordSet(greetingWords)
    private static let thanks = WordSet(thankingWords)
    private static let farewells = WordSet(farewellWords)
    private static let acknowledgements = WordSet(acknowledgingWords)
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
