/// Recognizes messages that are nothing but manners.
enum SmallTalk {
    enum Kind {
        case greeting, thanks, farewell, acknowledgement
    }

    /// What kind of manners the message is, when it is nothing else.
    static func kind(of text: String) -> Kind? {
        guard text.utf8.count <= 120 else { return nil }
        let words = Words.all(in: text)
        guard !words.isEmpty, words.count <= 9, words.allSatisfy(polite.contains) else {
            return words.isEmpty && text.contains { "👍🙏❤".contains($0) } ? .thanks : nil
        }
        if words.contains(where: thanks.contains) { return .thanks }
        if words.contains(where: farewells.contains) { return .farewell }
        if words.contains(where: greetings.contains) { return .greeting }
        return words.contains(where: acknowledgements.contains) ? .acknowledgement : nil
    }

    /// Whether the customer says thank you, whatever else they say.
    static func isGrateful(_ text: String) -> Bool {
        Words.all(in: String(text.prefix(1000))).contains(where: thanks.contains)
    }

    /// A clear yes.
    static func isYes(_ text: String) -> Bool {
        let words = Words.all(in: text)
        guard !words.isEmpty, words.count <= 6, !words.contains(where: negations.contains) else { return false }
        return words.contains(where: yes.contains) && words.allSatisfy { yes.contains($0) || polite.contains($0) }
    }

    /// A clear no.
    static func isNo(_ text: String) -> Bool {
        let words = Words.all(in: text)
        return words.count <= 8 && words.contains(where: negations.contains)
    }

    private static let greetings = set(
        "hi hello hey hiya greetings morning afternoon evening hallo guten tag moin servus grüß bonjour salut hola buenos ciao olá"
    )
    private static let thanks = set(
        "thanks thank thx ty cheers danke dankeschön merci gracias grazie obrigado obrigada bedankt dank vielen")
    private static let farewells = set("bye goodbye tschüss ciao adios wiedersehen")
    private static let acknowledgements = set(
        "ok okay great perfect cool nice good fine super prima alles klar gut perfekt got understood worked works")
    private static let yes = set(
        "yes yep yeah sure ok okay confirm confirmed correct right please do go ahead ja jawohl gerne bitte klar oui sí si"
    )
    private static let negations = set("no nope dont not stop cancel never nein nicht non nee não")
    private static let polite = greetings.union(thanks).union(farewells).union(acknowledgements).union(
        set(
            """
            you so much very a lot for the your help there again all that it day have nice everyone team sir madam good is this
            was really just und für die hilfe ihre sehr auch schön schönen noch einen dir ihnen das hat geholfen one more and
            beaucoup mucho muchas mille dear to
            """))

    private static func set(_ list: String) -> Set<String> {
        Set(list.split(whereSeparator: \.isWhitespace).map(String.init))
    }
}
