/// The words of ``Consent``, in the languages that customers are understood in: English, German, French, Spanish, Italian,
/// Dutch, Portuguese, and the yes and no of some more. Apostrophes are dropped, as in ``WordList``.
extension Consent {
    static let affirmations = words(
        """
        yes yep yeah yup sure confirm confirmed absolutely definitely
        ja jawohl jo gerne natürlich klar
        oui sí si sì sim da tak
        """)

    /// What says yes in more than one word; of two that begin alike, the longer one comes first.
    static let phrases = sequences(
        """
        go ahead with it, go ahead with that, go ahead, do it, do that, do so, please do, mach das, mach es, machen sie das,
        tun sie das, vas y, allez y, faites le, de acuerdo, adelante, hazlo, hágalo, va bene, fallo pure, doe maar, pode fazer
        """)

    /// What adds nothing to a yes as a whole, whatever its words are alone.
    static let idioms = sequences(
        """
        no problem, no worries, of course, right away, kind regards, best regards,
        kein problem, in ordnung, viele grüße, beste grüße, liebe grüße, mit freundlichen grüßen,
        pas de problème, pas de souci, sin problema, ningún problema, nessun problema, sem problema,
        geen probleem, met vriendelijke groet, por favor, per favore, está bien, bien sûr
        """)

    /// What may stand before a yes, and is none.
    static let openers = words(
        """
        please thanks thank you thx ok okay hi hello hey great good perfect fine well right
        bitte danke hallo gut prima super perfekt genau merci bonjour parfait gracias hola perfecto vale bueno
        grazie ciao perfetto bene dank hoi goed obrigado obrigada olá perfeito
        """)

    /// What may stand after a yes and adds nothing to it.
    static let manners = words(
        """
        ty cheers very much so do does it that this the a an my our for me us i we am im id would like want to can is thats
        correct exactly indeed certain agree agreed proceed kindly now immediately sir madam regards
        dankeschön schön sehr vielen das es die den der dem sie du ihn ich wir mein meine meinen meiner unsere mach machen machs
        tu tun so ist passt richtig stimmt korrekt einverstanden gern sicher unbedingt selbstverständlich sofort
        jetzt möchte möchten will wollen können kannst mir uns mal ruhig gruß mfg
        sil vous te plaît plait svp stp daccord faites fais le la les mon mes je veux souhaite cest ça ca est volontiers beaucoup
        exactement cordialement
        muchas claro correcto exacto el lo los mi mis quiero eso es saludos
        piacere certo faccia pure il mio mia voglio esatto corretto
        alsjeblieft alstublieft graag bedankt u je dat het mijn zeker klopt akkoord groet groeten
        faça faca isso fazer muito o minha meu bem quero atenciosamente
        proszę prosze dziękuję dziekuje zrób molim hvala prosim mulțumesc tack takk gärna
        """)

    /// What takes a yes back or changes it, also where it is one of the question's words.
    static let doubts = words(
        """
        but wait if unless until maybe perhaps instead except only later tomorrow another other rather not no dont never nope
        cannot cant wont keep
        aber warte warten wenn falls vielleicht erst sondern statt anstatt außer nur später morgen andere anderen anderes nicht
        nein kein keine keinen nie behalten behalte
        mais attends attendez sauf seulement plutôt demain autre pas non jamais garder garde gardez
        pero espera espere quizás quizá salvo solo sólo mañana otro otra nunca mantener conservar
        ma aspetta aspetti forse se tranne domani altro altra tenere tieni mantenere
        maar wacht misschien tenzij behalve alleen ander niet geen nee houden hou
        mas exceto só amanhã outro outra talvez não manter
        """)

    /// "But" in Italian, and the French "my": which one it is, the yes says.
    static func isMine(_ word: String, yes: String?) -> Bool { word == "ma" && yes == "oui" }

    /// What is a no at the beginning of a message.
    static let noes = words(
        """
        no nope nah dont not never nein nee nicht nie kein keine non ne pas jamais nunca não niet geen nej inte ikke
        """)

    /// What is one, too, unless the question is whether to do just that: "Shall I cancel the order?"
    static let brakes = words("cancel stop wait hold warte halt stopp attendez arrêtez espera espere aspetta wacht")

    /// What makes a message without a yes a no, wherever it stands.
    static let refusals = words("dont not never nicht keinesfalls actually")

    /// The pictures that go with a yes.
    static let signs = Set("👍👌🙏❤✅✔✓☑☺🙂😊😀😃😄🎉".unicodeScalars)

    static func words(_ list: String) -> Set<String> {
        Set(list.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    static func sequences(_ list: String) -> [[String]] {
        list.split(separator: ",").map { Words.all(in: String($0)) }
    }
}
