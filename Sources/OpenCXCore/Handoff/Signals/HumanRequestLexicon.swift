/// The words that ``HumanRequest`` looks for, by what they do in a sentence. Apostrophes are dropped ("don't" is "dont").
enum HumanRequestLexicon {
    struct Role: OptionSet {
        let rawValue: UInt16
        /// Somebody of a support team, rarely about anything else.
        static let certain = Role(rawValue: 1)
        /// Such a person only after a verb of contact.
        static let possible = Role(rawValue: 2)
        /// Certain, but an adjective as well: "human error".
        static let adjective = Role(rawValue: 4)
        static let contact = Role(rawValue: 8)
        static let wish = Role(rawValue: 16)
        /// A wish that needs no verb of contact: "I want a human".
        static let strongWish = Role(rawValue: 32)
        static let preposition = Role(rawValue: 64)
        static let refusal = Role(rawValue: 128)
        static let machine = Role(rawValue: 256)
        static let nobody = Role(rawValue: 512)
        static let hotline = Role(rawValue: 1024)
        /// What tells of something past: "was talking", "after speaking".
        static let past = Role(rawValue: 2048)
        static let anyPerson: Role = [.certain, .possible]
    }

    static let roles: WordTable<Role> = {
        var roles: [Word: Role] = [:]
        func add(_ role: Role, _ list: String) {
            for word in list.split(whereSeparator: \.isWhitespace) {
                roles[Word(stringLiteral: String(word)), default: []].insert(role)
            }
        }
        add(
            .certain,
            """
            human humans agent agents representative representatives operator operators advisor adviser advisors advisers
            executive supervisor supervisors manager managers receptionist reception csr
            mensch menschen mitarbeiter mitarbeiterin mitarbeitern kundenberater kundenberaterin berater beraterin sachbearbeiter
            sachbearbeiterin ansprechpartner ansprechpartnerin vorgesetzten vorgesetzter
            humain humains conseiller conseillère conseillers opérateur opératrice
            humano humana agente agentes asesor asesora representante operador operadora
            umano umana operatore operatrice consulente
            medewerker medewerkers
            atendente atendentes humanos
            człowiek człowiekiem konsultant konsultantem konsultanta
            människa handläggare kundtjänstmedarbetare menneske medarbejder medarbeider rådgiver ihminen asiakaspalvelija
            оператор оператором оператора человек человеком человека менеджером специалистом людиною оператору
            temsilci temsilcisi temsilciye temsilciyle müşteri yetkili yetkiliyle
            insaan
            موظف إنسان بشري ممثل مندوب
            """)
        add(.adjective, "human agent executive operator manager representative")
        add(
            .possible,
            """
            person persons someone somebody anyone anybody people worker rep reps staff team colleague colleagues support service
            care boss superior owner specialist technician expert department centre center helpdesk employee
            person jemand jemanden jemandem kollegen kollegin kundendienst kundenservice kundendienstmitarbeiter support iemand
            personne quelqu quelquun responsable alguien persona personas qualcuno alguém pessoa someones
            persoon mens klantenservice osobą kimś kogoś någon nogen kundeservice kundtjänst biri biriyle birisiyle
            кем кто нибудь شخص أحد agent-e
            """)
        add(
            .contact,
            """
            talk speak chat connect connected transfer pass forward reach contact talking speaking chatting escalate call redirect deal
            conversation word hablar hable hablo comunicar comunicarme conectar contactar páseme passez pasar póngame
            parler contacter joindre passer discuter échanger sprechen reden verbinden verbinde verbindet weiterleiten spreche rede
            durchstellen chatten parlare parlo contattare passi passami passare spreken praten doorverbinden falar conversar
            transferir contatar rozmawiać porozmawiać połączyć prata tala snakke tale puhua поговорить соедините связаться
            переключите говорить позовите зв'язатися konuşmak görüşmek bağla bağlayın bağlanmak baat التحدث أتحدث اتحدث التكلم تحويلي
            """)
        add(
            .wish,
            """
            want wants wanna need needs get give let like could can may please pls plz have put bring find wish prefer request require
            asking demand would möchte will brauche bitte kann könnte wünsche möchten hätte veux voudrais besoin peux puis puedo quiero
            necesito querría quisiera podría voglio vorrei posso bisogno wil wilt graag quero preciso gostaria posso chcę chciałbym
            vill haluan хочу нужен нужно можно istiyorum chahiye karni karna أريد اريد
            """)
        add(
            .strongWish,
            """
            want wants wanna need needs get give gimme bring find require demand prefer request möchte will brauche brauch hätte bitte gib
            veux voudrais besoin donnez quiero necesito dame deme voglio vorrei dammi wil quero preciso chcę vill нужен нужно дайте позовите
            istiyorum lütfen أريد اريد
            """)
        add(
            .preposition,
            """
            to with an through me directly a any some real actual live normal zu mit einem einer einen con un une à avec met een com
            alla till med z från with une uno una um uma с сь
            """)
        add(
            .refusal,
            """
            not dont doesnt didnt never no without nicht kein keinen keine keinem ohne pas sans sin senza geen sem nie bez inte utan
            ikke не без nunca jamais
            """)
        add(
            .machine,
            """
            bot bots robot robots chatbot chatbots machine machines computer ai automation automated maschine computer roboter
            máquina ordinateur macchina automate
            """)
        add(.nobody, "nobody noone niemand keiner personne nadie nessuno ninguém")
        add(.hotline, "centre center hotline helpline telefon hotline callcenter care")
        add(.past, "was were been after since hatte habe had war")
        return WordTable(roles)
    }()

    static let qualifiers = WordSet(
        """
        real live actual normal human customer another different proper physical living breathing echten echter echte richtigen
        menschlichen anderen vrai vraie real humana reale vera echt echte customer support service care senior sales
        """)
    static let fillers = WordSet(
        """
        please now pls plz hi hello hey the your a an to me i you my this ok okay yes no just only thanks thank asap immediately
        answer here bitte jetzt por favor per favore sil vous plaît ahora maintenant ora som
        """)
    static let articles = WordSet("a an any the with mit einem einer einen ein de un une una need for to live real")
    static let towards = WordSet("with to mit")
    static let yours = WordSet("your ihrer ihren eurer")
    static let humans = WordSet("human humans humano humana humanos")
    static let noOne: [Word] = ["no", "one"]
    static let speech = WordSet(
        "talk speak chat conversation word talking speaking sprechen reden chatten connect connected")
    /// Verbs that are said of things as well, and what may stand between them and a person for all that.
    static let transitive = WordSet("transfer pass forward contact connect call reach redirect")
    static let objects = WordSet(
        """
        me us this it my the a an call chat case ticket conversation issue problem matter over on straight directly through to with
        up immediately your please real live human customer one of someone somebody and speak talk
        """)
    static let me = WordSet("me us mich uns through moi")
    static let puts = WordSet("put get patch hand give bring")
    static let brings = WordSet("get have need want find bring send let")
    static let saying = WordSet(
        "told said says promised who which that answered replied did was informed confirmed assured sagte meinte called"
    )
    static let available = WordSet(
        """
        available online there here talk speak chat help assist i we who around verfügbar erreichbar disponible disponibile
        """)
    static let complaintVerbs = WordSet(
        "raise file lodge make register submit want einreichen presentar déposer poner fare fazer indienen place escalate"
    )
    enum Complaint { case complaining, complaint, escalation }
    static let complaints = WordTable<Complaint>(
        [
            "complain": .complaining, "beschweren": .complaining, "complaint": .complaint, "complaints": .complaint,
            "beschwerde": .complaint, "reclamación": .complaint, "plainte": .complaint, "reclamo": .complaint,
            "klacht": .complaint, "escalate": .escalation, "escalated": .escalation, "escalating": .escalation,
            "eskalieren": .escalation,
        ])
    static let tired = WordSet("stop tired sick hate fed enough")
    static let unreachable = WordSet("unreachable unavailable unresponsive")
    static let answering = WordSet(
        """
        answering answers answer answered picking picks picked responding responds respond replied replying replies reply reachable
        available reacts antwortet erreichbar répond responde risponde
        """)

    static let urgent = WordSet(
        "urgent urgently urgency emergency dringend notfall urgence urgente urgencia emergencia emergenza spoed noodgeval"
    )
    /// Urgent only beside what is to be done: alone they answer the question when.
    static let soon = WordSet(
        "immediate immediately asap sofort sofortige immédiate inmediata subito")
    static let remedies = WordSet(
        """
        help assistance assist support attention fix solution resolution resolve answer response reply
        hilfe lösung antwort aide réponse solution ayuda respuesta solución aiuto risposta hulp
        """)
    static let besideUrgent = WordSet(
        """
        very extremely really super most quite case matter issue problem situation request sehr fall problem echt très muy molto
        cas caso situación situation zeer erg
        """)

    /// Words before a person that make it a thing or somebody else: "password manager", "travel agent".
    static let thingsBefore = WordSet(
        """
        password task file download window package device boot user proxy product project property estate insurance travel
        cleaning free bleaching logical math mobile network mail transport
        """)
    /// Words after a person that make it a thing.
    static let thingsAfter = WordSet(
        """
        portal app code id fee fees string number numbers no hours timing timings time account page site resources error hair rights
        size sized ticket tickets request requests email address plan dashboard login poles pole
        """)

    /// Whether a sentence about a person may go on with a word, so that a noun before it was not an adjective.
    static func continues(_ word: Word) -> Bool {
        FunctionWords.contains(word) || roles[word] != nil || fillers.contains(word) || available.contains(word)
            || followers.contains(word)
    }

    private static let followers = WordSet(
        """
        instead already directly today tonight right rather quickly soon urgently because since about regarding being beings really
        immediately maybe anymore if then assistance intervention interaction sofort gleich direkt
        """)

    /// Phrases of languages without spaces, and what turns each into its opposite.
    static let unspaced: [(String, [String])] = [
        ("人工客服", ["不要", "不需要"]), ("转人工", ["不要", "不用"]), ("轉人工", ["不要", "不用"]), ("真人", ["不要", "不需要"]),
        ("人工服务", ["不要", "不需要"]), ("找客服", ["不要"]), ("和人说话", []), ("跟人说", []),
        ("担当者", ["不要"]), ("オペレーター", ["不要"]), ("人間と話", []), ("人と話", []), ("有人", []),
        ("상담원", ["필요 없", "필요없"]), ("사람과", []), ("상담사", ["필요 없", "필요없"]),
        ("เจ้าหน้าที่", ["ไม่ต้อง"]), ("คุยกับคน", []),
        ("एजेंट से बात", []), ("इंसान से बात", []), ("किसी से बात", []),
    ]

    /// A word, as it was meant, and its role.
    static func read(_ place: Int, of list: WordList) -> (word: Word, role: Role?) {
        let word = list.words[place]
        if let role = roles[word] { return (word, role) }
        let meant = corrected(word, list.letters(of: place))
        return (meant, meant == word ? nil : roles[meant])
    }

    /// The word that was meant, when one typing mistake lies between: "representitive", "opertor", "humna".
    private static func corrected(_ word: Word, _ letters: ArraySlice<UInt8>) -> Word {
        guard (4...16).contains(letters.count), !FunctionWords.contains(word), !notTypos.contains(word) else {
            return word
        }
        if let known = shortTypos[word] { return known }
        let meant = correctable.first { $0.letters.first == letters.first && Words.isSlip($0.letters, letters) }
        return meant?.word ?? word
    }

    private static let shortTypos = WordTable<Word>(
        [
            "humna": "human", "hmuan": "human", "huamn": "human", "humman": "human", "agnet": "agent",
            "agetn": "agent", "agant": "agent", "aget": "agent", "persn": "person", "perosn": "person", "tlak": "talk",
            "spaek": "speak", "speek": "speak", "speack": "speak", "conect": "connect", "persom": "person",
            "opertor": "operator", "suport": "support", "sombody": "somebody", "somone": "someone", "ther": "there",
            "mensh": "mensch", "hooman": "human",
        ])
    private static let notTypos = WordSet(
        "managed manages manage operate operated operates advised contacts contacted humane agency agenda speaks serviced services"
    )
    private static let correctable: [(word: Word, letters: ArraySlice<UInt8>)] = {
        let list = WordList(
            """
            human agent representative operator advisor supervisor manager executive receptionist person someone somebody talking speaking
            connect transfer support colleague mitarbeiter mitarbeiterin kundenberater ansprechpartner sprechen verbinden
            conseiller opérateur représentant asesor representante operador operatore consulente medewerker complaint escalate
            """)
        return list.words.indices.map { (list.words[$0], list.letters(of: $0)) }
    }()
}
