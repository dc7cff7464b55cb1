/// The words that mail programs write around what was said before, in the languages that they speak.
enum MailWords {
    /// What a header of the mail before says.
    enum HeaderKind: Sendable, Hashable { case from, date, to, subject, cc }

    /// Names of headers in lower case.
    static let headerNames: [String: HeaderKind] = {
        let names: [(HeaderKind, String)] = [
            (
                .from,
                "from,von,de,da,van,fra,från,lähettäjä,od,от,від,отправитель,发件人,寄件者,寄件人,差出人,보낸 사람,gönderen,kimden,"
                    + "expéditeur,mittente,afzender,avsändare,remitente,remetente,absender,feladó,odesílatel,expeditor,"
                    + "de la,από,מאת,من,từ,dari,nadawca,відправник"
            ),
            (
                .date,
                "date,sent,gesendet,datum,envoyé,message du,envoyé le,enviado,enviado el,enviada em,enviado em,fecha,data,inviato,verzonden,"
                    + "skickat,sendt,dato,lähetetty,päivämäärä,päiväys,wysłano,wysłane,дата,отправлено,надіслано,发送时间,日期,"
                    + "寄件日期,送信日時,日時,날짜,보낸 날짜,tarih,gönderildi,gönderme tarihi,odesláno,elküldve,küldve,dátum,trimis,"
                    + "date d'envoi,ημερομηνία,נשלח,תאריך,التاريخ,ngày,tanggal,sendt dato,skickades"
            ),
            (
                .to,
                "to,an,à,para,a,aan,til,till,vastaanottaja,do,кому,收件人,宛先,받는 사람,kime,alıcı,destinataire,destinatario,"
                    + "destinatário,geadresseerde,címzett,komu,către,προς,אל,إلى,đến,kepada,empfänger,pour,adresat"
            ),
            (
                .subject,
                "subject,betreff,objet,sujet,asunto,oggetto,onderwerp,emne,ämne,aihe,temat,тема,主题,主旨,件名,제목,konu,assunto,předmět,"
                    + "tárgy,subiect,θέμα,נושא,الموضوع,chủ đề,subjek,perihal,predmet,re,betr."
            ),
            (.cc, "cc,kopie,copie,copia,kopia,copie à,cópia,kopio,копия,抄送,副本,ccn,dw,cc:"),
        ]
        var result: [String: HeaderKind] = [:]
        for (kind, list) in names { for name in list.split(separator: ",") { result[String(name)] = kind } }
        return result
    }()

    /// What stands between the dashes above a mail that is answered.
    static let original = [
        "original message", "original email", "original e-mail", "ursprüngliche nachricht", "originalnachricht",
        "original-nachricht", "ursprüngliche mail", "message d'origine", "message d’origine", "message original",
        "mensaje original", "mensagem original", "messaggio originale", "messaggio original", "oorspronkelijk bericht",
        "oorspronkelijke bericht", "origineel bericht", "oprindelig meddelelse", "original meddelelse",
        "opprinnelig melding",
        "opprinnelig e-post", "ursprungligt meddelande", "originalmeddelande", "alkuperäinen viesti",
        "wiadomość oryginalna",
        "oryginalna wiadomość", "wiadomosc oryginalna", "treść oryginalnej", "исходное сообщение", "исходное письмо",
        "оригинальное сообщение", "оригінальне повідомлення", "původní zpráva", "původní e-mail", "pôvodná správa",
        "eredeti üzenet", "mesaj original", "mesajul original", "orijinal mesaj", "özgün ileti", "izvorna poruka",
        "αρχικό μήνυμα", "原始邮件", "原始郵件", "邮件原件", "元のメッセージ", "원본 메시지", "הודעה מקורית", "الرسالة الأصلية",
        "thư gốc", "pesan asli", "reply message", "replied message", "antwort nachricht", "reply to message",
    ]

    /// What stands between the dashes above a mail that is passed on.
    static let forwarded = [
        "forwarded message", "forwarded by", "forwarded email", "weitergeleitete nachricht", "weitergeleitete mail",
        "message transféré", "message transmis", "message réexpédié", "mensaje reenviado", "mensagem encaminhada",
        "mensagem reencaminhada", "messaggio inoltrato", "doorgestuurd bericht", "doorgestuurde bericht",
        "videresendt meddelelse", "videresendt besked", "videresendt melding", "videresendt e-post", "vidarebefordrat",
        "välitetty viesti", "edelleenlähetetty", "wiadomość przekazana", "przekazana wiadomość",
        "пересылаемое сообщение",
        "пересланное сообщение", "переслане повідомлення", "přeposlaná zpráva", "preposlaná správa",
        "továbbított üzenet",
        "mesaj redirecționat", "yönlendirilmiş ileti", "iletilen mesaj", "προωθημένο μήνυμα", "转发邮件", "转发的邮件",
        "轉寄郵件", "転送メッセージ", "전달된 메시지",
    ]

    /// How Apple's mail program begins a mail that is passed on.
    static let forwardBeginnings = [
        "begin forwarded message", "anfang der weitergeleiteten", "début du message réexpédié",
        "début du message transféré",
        "inicio del mensaje reenviado", "início da mensagem encaminhada", "início da mensagem reencaminhada",
        "inizio messaggio inoltrato", "inizio del messaggio inoltrato", "begin doorgestuurd bericht",
        "start på videresendt", "begynnelse på videresendt", "videresendt melding", "vidarebefordrat brev",
        "alkaa välitetty viesti", "początek przekazywanej", "начало переадресованного", "начало пересылаемого",
        "počátek přeposlané", "začátek přeposlané",
    ]

    /// What help desks write above all that came before.
    static let replyAbove = WordFinder([
        "reply above this line", "please type your reply above", "write above this line", "reply above the line",
        "bitte antworten sie oberhalb", "bitte oberhalb dieser", "répondez au-dessus de cette ligne",
        "responda por encima de esta línea", "antwoord boven deze regel",
    ])

    private static let writing = [
        "wrote", "writes", "schrieb", "schrieben", "a écrit", "écrivait", "escribió", "escribio", "escreveu",
        "ha scritto",
        "scrive", "scritto", "schreef", "skrev", "kirjoitti", "napisał", "napisala", "napisał(a)", "napisała", "pisze",
        "написал", "написала", "написал(а)", "пишет", "писал", "написав", "написала", "napsal", "napísal", "írta",
        "ezt írta",
        "a scris", "yazdı", "şunu yazdı", "napisao", "je napisao", "je pisal", "έγραψε", "写道", "寫道", "のメッセージ", "書きました",
        "님이 작성", "작성:", "כתב", "כתבה", "كتب", "đã viết", "menulis", "va escriure", "idatzi", "rašė", "kirjutas",
        "rakstīja",
        "на писа", "написа", "a scris:", "hat geschrieben", "hat am", "skrifaði", "ha escrit", "sagte", "said",
    ]

    /// Whether a word for writing is in it.
    static func hasWriting(_ text: String) -> Bool { writingFinder.isIn(text) }

    private static let writingFinder = WordFinder(writing)

    /// Whether it ends with such a word.
    static func endsWithWriting(_ text: String) -> Bool { writing.contains { text.hasSuffix($0) } }

    private static let openers = [
        "on ", "am ", "le ", "el ", "il ", "op ", "den ", "em ", "w dniu ", "dnia ", "på ", "pe ", "na ", "в ", "dne ",
        "dňa ",
        "a ", "vào ", "pada ", "dana ", "il giorno ", "in data ", "in a message", "at ", "ons", "tor", "fre", "man",
        "tir", "tis",
        "lør", "lör", "søn", "sön", "mån", "mandag", "ma ", "ti ", "ke ", "to ", "pe ", "la ", "su ", "mon", "tue",
        "wed", "thu",
        "fri", "sat", "sun", "mo", "di", "mi", "do", "fr", "sa", "so", "lun", "mar", "mer", "jeu", "ven", "sam", "dim",
        "jue",
        "vie", "sáb", "dom", "seg", "ter", "qua", "qui", "sex", "пн", "вт", "ср", "чт", "пт", "сб", "вс", "pon", "wto",
        "wt",
        "śr", "czw", "pią", "pt", "sob", "nie", "20", "19", "στις ", "בתאריך", "2",
    ]

    /// Whether a line begins as such lines do.
    static func opensAttribution(_ text: String) -> Bool {
        let text = text.drop { "-–*• ".contains($0) }
        return text.first?.isNumber == true || openers.contains { text.hasPrefix($0) }
    }

    /// What telephones write under mails.
    static let devicePrefixes = [
        "sent from my ", "sent from mail for ", "sent from mailbox", "sent from windows mail", "sent with ",
        "sent from outlook", "sent from yahoo", "sent from samsung",
        "sent from gmail",
        "sent from proton", "sent with proton", "sent via ", "sent using ", "sent from a mobile", "sent from mobile",
        "sent on the go", "sent from an ", "sent from phone", "sent from iphone", "get outlook for ",
        "get bluemail for",
        "gesendet von ", "gesendet mit ", "gesendet aus ", "versendet mit ", "diese nachricht wurde von meinem",
        "outlook für ", "holen sie sich outlook", "envoyé de mon ", "envoyé depuis ", "envoyé à partir ",
        "obtenez outlook",
        "télécharger outlook", "provenance : courrier", "enviado desde ", "enviado do ", "enviado de ",
        "enviado a partir",
        "enviado via ", "obtener outlook", "obter o outlook", "inviato da ", "inviato dal ", "ottieni outlook",
        "scarica outlook",
        "verzonden vanaf ", "verstuurd vanaf ", "verzonden met ", "verstuurd met ", "verzonden via", "outlook voor ",
        "skickat från ", "skickades från", "hämta outlook", "sendt fra ", "hent outlook", "få outlook", "lähetetty ",
        "hanki outlook",
        "wysłane z ", "wysłano z ", "pobierz outlook", "отправлено с ", "отправлено из ", "надіслано з ", "odesláno z",
        "odoslané z",
        "elküldve a", "iphone'umdan gönderildi", "trimis de pe", "trimis din", "poslano iz", "poslano s",
        "επεστάλη από",
        "στάλθηκε από", "发自我的", "发送自", "iphoneから送信", "androidから送信", "나의 iphone에서", "내 iphone에서",
        "נשלח מה", "أُرسلت من", "được gửi từ", "dikirim dari",
    ]

    /// What stands in such a line, so that "Sent via your form yesterday" is none.
    static let devices = WordFinder([
        "iphone", "ipad", "ipod", "android", "samsung", "galaxy", "huawei", "xiaomi", "redmi", "pixel", "oneplus",
        "motorola",
        "nokia", "blackberry", "sony", "xperia", "htc", "lg ", "outlook", "mail", "yahoo", "proton", "windows", "phone",
        "mobil",
        "handy", "tablet", "gerät", "device", "móvil", "celular", "téléphone", "telefon", "телефон", "айфон", "puhelin",
        "apple watch",
        "mac", "thunderbird", "spark", "airmail", "hey.com", "posteo", "courrier",
    ])

    /// What needs no such word: nobody begins a sentence like that.
    static let ownDevicePrefixes = [
        "sent from my ", "sent on the go", "enviado desde mi ", "enviado do meu ", "envoyé de mon ",
        "envoyé depuis mon ",
        "inviato dal mio ",
        "skickat från min ", "sendt fra min ", "verzonden vanaf mijn ", "verstuurd vanaf mijn ", "отправлено с моего ",
        "wysłano z mojego ", "wysłane z mojego ", "lähetetty minun",
    ]

    /// The same, where the device stands in the middle.
    static let deviceSuffixes: [(start: String, end: String)] = [
        ("von ", "gesendet"), ("vom ", "gesendet"), ("mit ", "gesendet"), ("iphone", "gönderildi"), ("na ", "odesláno"),
        ("iphone", "送信"), ("ipad", "送信"), ("从", "发送"), ("從", "傳送"),
    ]
}
