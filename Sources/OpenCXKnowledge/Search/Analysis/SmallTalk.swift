/// Words that people use to talk about any problem: they say a little about which one it is, but a small help center makes them
/// look rare, and so important. They count less than their frequency suggests.
enum SmallTalk {
    /// The terms of a language, given by its two-letter code.
    static func of(_ language: String) -> TermTable { tables[language] ?? none }

    private static let none = TermTable()
    private static let tables: [String: TermTable] = Dictionary(
        uniqueKeysWithValues: lists.map { ($0, terms($1, language: $0)) })

    private static func terms(_ words: String, language: String) -> TermTable {
        var stemmer = Stemmer(language: language)
        var terms = TermTable()
        for word in words.split(whereSeparator: \.isWhitespace) {
            var term: [UInt8] = []
            Array(word.utf8).withUnsafeBufferPointer { stemmer.appendStem(of: $0, to: &term) }
            _ = terms.intern(term)
        }
        return terms
    }

    private static let lists: [String: String] = [
        "en": """
        able actually ago almost already although always another anybody anymore anyone anything anyway apparently appear
        appreciate around ask away back bad best better bit bought bring came come correct currently day different easy else
        enough ever every everyone everything exactly example explain far find fine first found gave get give go goes gone
        good got great guess guy happen happy hard help hope however idea instead issue keep kind kindly know last later
        least left less like likely little long look lot made make many matter maybe mean month much must need never new
        next nobody nothing ok okay old one part people perhaps place pls point possible pretty probably problem put question
        quite rather real really reason right said saw say second see seem several since someone something soon sorry start
        still stop stuff suddenly suggest sure take tell tend thing think thought till time today together told tomorrow
        took tried trouble try turn two understand unable use using usual usually want wanted way week well went whatever
        whether wish without wonder work would wrong year yes yesterday yet
        """,
        "de": """
        ab allerdings angeblich anfang bald bekommen bekomme besser bestimmt bisher bitten brauche brauchen bringen danach
        dazu denken eben eigentlich einfach ende endlich erst erste fragen frage früher ganz geben geht gehen genau gestern
        gibt glauben gleich gut heute hilfe immer kein keine keinen komisch komme kommen kommt lang lange lassen laut leider
        letzte machen macht mehr möchte möglich monat morgen nächste nein neu neue nie nix nichts ok paar passiert problem
        richtig sache sagen schnell schon schreiben sehen sogar sofort stehen tage überhaupt versuchen versucht vielleicht
        warum wieso wirklich wissen woche wochen zeit
        """,
    ]
}
