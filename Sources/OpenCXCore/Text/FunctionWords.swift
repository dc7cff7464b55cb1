/// Words that hold a sentence together, by language: they say little about its subject and much about its language.
package enum FunctionWords {
    package static let byLanguage: [LanguageTag: Set<String>] = [
        "en": words(
            """
            a about am an and any are as at be been but by can could did do does dont for from get had has have hello help hi
            how i if im in is it its ive just like me my need not of on or our please so some that the their them then there
            they this to us want was we were what when where which who why will with would you your out
            up into too also only all here now than he she his her him while still again yet ever
            """),
        "de": words(
            """
            aber als am an auch auf aus bei bin bitte brauche da das dass dein dem den der des die dir du ein eine einem einen
            einer er es für geht habe haben hallo hat ich ihr ihre im in ist ja kann kein keine könnte man mein meine meinem
            meinen meiner mich mir mit möchte nach nicht noch nur oder sehr sich sie sind so und uns von war was wann wenn wer
            werden wie will wird wir wo zu zum zur über
            """),
        "fr": words(
            """
            au aux avec bonjour ce cette comment dans de des du elle en est et il je la le les leur ma mais me mes moi mon ne
            nous on ou où par pas peux plus pour pouvez puis quand que quel quelle qui sa se ses son sont sur un une vos votre
            vous à été être suis ai avez merci quoi
            """),
        "es": words(
            """
            al como con cómo de del donde dónde el ella en es esta este está estoy gracias ha he hola la las lo los me mi mis
            muy más no nos o para pero por puede puedo que qué quiero se si sin su sus tengo un una y ya yo hay cuál cuándo
            """),
        "it": words(
            """
            a al alla che chi ci ciao come con cosa da dal dei del della delle di dove e ed gli ha ho i il in io la le lo ma mi
            mia mio non o per perché più posso quando quanto questa questo se si sono su un una vi è buongiorno grazie vorrei
            """),
        "nl": words(
            """
            aan als bij dan dat de deze die dit een en er ge heb hebben heeft hallo het hoe ik in is kan kunnen maar me met mijn
            naar niet nog of om onze op te tot u uit van voor waar waarom wanneer wat we wel wie wil worden zijn zo je jullie
            """),
        "pt": words(
            """
            a ao as com como da das de do dos e ela ele em essa esse esta este está eu foi já mais mas me meu meus minha muito
            na nas no nos não o obrigado olá onde os ou para pela pelo por posso quais quando que quem se sem seu sua são um uma
            você vocês é estou tenho
            """),
    ]

    /// The function words of all languages.
    package static let all: Set<String> = byLanguage.values.reduce(into: []) { $0.formUnion($1) }

    /// The languages, in order.
    static let languages = byLanguage.keys.sorted { $0.rawValue < $1.rawValue }

    /// The languages that a word belongs to: a bit for each, by their order in ``languages``.
    static let languagesByWord = WordTable(
        languages.enumerated().reduce(into: [Word: UInt8]()) { places, language in
            for word in byLanguage[language.element] ?? [] {
                places[Word(stringLiteral: word), default: 0] |= 1 << UInt8(language.offset)
            }
        })

    /// Whether a word is one in any language.
    static func contains(_ word: Word) -> Bool { languagesByWord[word] != nil }

    private static func words(_ list: String) -> Set<String> {
        Set(list.split(whereSeparator: \.isWhitespace).map(String.init))
    }
}
