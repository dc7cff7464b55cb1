/// Words that customers use for each other, by language: what support is about in any trade, and the irregular forms of verbs,
/// which stemming does not bring together.
struct Synonyms: Sendable {
    private let groups: [[UInt8]: [[UInt8]]]

    /// The synonyms of a language, given by its two-letter code.
    static func of(_ language: String) -> Synonyms? { tables[language] }

    /// Other terms for this one.
    func of(_ term: [UInt8]) -> [[UInt8]] { groups[term] ?? [] }

    private static let tables: [String: Synonyms] = Dictionary(
        uniqueKeysWithValues: lists.map { ($0, Synonyms($1, language: $0)) })

    private init(_ list: String, language: String) {
        let stopWords = TermTable()
        var stemmer = Stemmer(language: language)
        var groups: [[UInt8]: [[UInt8]]] = [:]
        for line in list.split(whereSeparator: \.isNewline) {
            var terms: [[UInt8]] = []
            for word in line.split(separator: " ") {
                var term: [UInt8] = []
                Array(word.utf8).withUnsafeBufferPointer {
                    _ = AnalyzedWord.appendTerm(of: $0, stopWords: stopWords, stemmer: &stemmer, to: &term)
                }
                if !terms.contains(term) { terms.append(term) }
            }
            for term in terms {
                for other in terms where other != term && groups[term]?.contains(other) != true {
                    groups[term, default: []].append(other)
                }
            }
        }
        self.groups = groups
    }

    private static let lists: [String: String] = [
        "en": """
        parcel package shipment
        shipping delivery postage shipment
        ship deliver dispatch send sent
        invoice bill receipt
        voucher coupon gift
        discount promo coupon rebate
        refund reimburse repay
        exchange swap replace
        cancel abort revoke
        delete erase remove
        login logon signin
        password passcode
        broken damaged defective faulty ripped torn snapped broke break
        repair fix mend
        shop store
        change modify edit alter update
        cost price fee charge
        pay payment paid
        buy bought purchase
        phone telephone mobile
        delayed late overdue
        lost lose missing
        newsletter marketing ads advertising unsubscribe
        customs duty import tariff
        tax vat
        spam junk
        photo picture image
        setup install configure
        attach attachment
        crash freeze hang
        folder directory
        begin began start
        choose chose chosen
        forget forgot forgotten
        find found
        write wrote written
        freight courier carrier
        collect pickup
        colour color
        installment instalment
        mailbox inbox
        """,
        "de": """
        paket sendung päckchen lieferung
        versand lieferung zustellung porto
        liefern zustellen versenden schicken verschicken geliefert zugestellt versendet geschickt
        versandkosten porto lieferkosten
        rechnung beleg quittung
        gutschein rabatt coupon
        erstattung rückerstattung rückzahlung erstatten
        umtausch umtauschen tauschen
        rücksendung retoure rückgabe zurücksenden zurückschicken
        stornieren abbestellen kündigen widerrufen
        löschen entfernen
        anmelden einloggen login
        passwort kennwort
        kaputt defekt beschädigt gerissen gebrochen
        reparatur reparieren
        laden geschäft filiale
        ändern bearbeiten wechseln
        kosten preis gebühr gebühren
        bezahlen zahlen zahlung bezahlung
        kaufen gekauft bestellen
        telefon telefonisch anrufen
        verspätet spät verzögert
        verloren verschwunden
        zoll einfuhr
        adresse anschrift
        konto benutzerkonto kundenkonto
        """,
    ]
}
