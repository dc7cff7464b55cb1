/// The words of ``Closing``, in the languages of ``Consent``.
extension Closing {
    /// What takes leave; of two that begin alike, the longer one comes first.
    static let leaves = Consent.sequences(
        """
        best regards, kind regards, kindest regards, warm regards, warmest regards, with best regards, with kind regards, best
        wishes, kind wishes, with best wishes, all the best, best, regards, yours sincerely, sincerely yours, sincerely, yours
        faithfully, yours truly, yours, respectfully, cordially, cheers, take care, have a nice day, have a great day, br, kr,
        rgds, mit freundlichen grüßen, mit freundlichen grüssen, mit freundlichen gruessen, mit freundlichem gruß, mit
        freundlichem gruss, mit besten grüßen, mit besten grüssen, mit lieben grüßen, mit herzlichen grüßen, mit vielen
        grüßen, freundliche grüße, freundliche grüsse, freundliche gruesse, viele grüße, viele grüsse, viele gruesse, viele
        liebe grüße, beste grüße, beste grüsse, beste gruesse, liebe grüße, liebe grüsse, liebe gruesse, schöne grüße, schöne
        grüsse, herzliche grüße, herzliche grüsse, herzliche gruesse, lieber gruß, schönen gruß, grüße, grüsse, gruesse, gruß,
        gruss, mfg, lg, vg, hochachtungsvoll, schönen tag noch, schönen tag, bien cordialement, très cordialement,
        cordialement, cdlt, cdt, salutations distinguées, meilleures salutations, sincères salutations, salutations, bien à
        vous, amicalement, respectueusement, bonne journée, bonne soirée, saludos cordiales, cordiales saludos, un cordial
        saludo, un saludo, saludos, atentamente, muy atentamente, un abrazo, cordiali saluti, distinti saluti, un cordiale
        saluto, un saluto, tanti saluti, saluti, cordialmente, buona giornata, met vriendelijke groeten, met vriendelijke
        groet, met hartelijke groet, vriendelijke groeten, vriendelijke groet, hartelijke groeten, hartelijke groet, groeten,
        groetjes, groet, mvg, hoogachtend, com os melhores cumprimentos, melhores cumprimentos, com cumprimentos,
        cumprimentos, atenciosamente, saudações, um abraço, abraços, z poważaniem, pozdrawiam, pozdrowienia, srdačan pozdrav,
        lijep pozdrav, lep pozdrav, pozdrav, s pozdravem, med vänlig hälsning, vänliga hälsningar, hälsningar, mvh, med venlig
        hilsen, med vennlig hilsen, vennlig hilsen, hilsen, cu stimă
        """)

    /// What gives thanks, which may come before anything.
    static let thanks = Consent.sequences(
        """
        many thanks in advance, thank you in advance, thanks in advance, thank you very much, thank you so much, thank you,
        thanks a lot, thanks so much, thanks again, many thanks, thanks, thx, vielen dank im voraus, danke im voraus, vielen
        lieben dank, vielen dank, besten dank, herzlichen dank, danke schön, dankeschön, danke sehr, danke, merci beaucoup,
        merci davance, merci bien, merci, muchas gracias, gracias de antemano, gracias, grazie mille, molte grazie, grazie in
        anticipo, grazie, alvast bedankt, hartelijk bedankt, hartelijk dank, bedankt, dank u wel, dank u, dank je wel, dank
        je, muito obrigado, muito obrigada, obrigado, obrigada, dziękuję, hvala, tack, takk, mulțumesc
        """)

    /// What may stand in the line above a name.
    static let partings = leaves + thanks

    /// What stands between two of them.
    static let joiners = Consent.words("and und et y e en i och og")

    /// What stands in the middle of names and titles without a capital.
    static let particles = Consent.words(
        "van von vom zu zur der den de di da do dos das del della du la le los el bin ibn al y e et en und and of")

    /// What says something where a name stands, capital or not. It does not matter that some are names, too: then the customer is
    /// asked once more.
    static let meanings = FunctionWords.all.subtracting(["al", "mia", "will"])
        .union(Consent.doubts).union(Consent.noes).union(Consent.brakes).union(Consent.refusals)
        .union(
            Consent.words(
                """
                both half one two three four everything nothing none neither either keep leave hang pause sorry forget undo oops
                today tonight soon next week month monday tuesday wednesday thursday friday saturday sunday sometime after
                before mistake error cancelled cancellation edit update correction scratch ignore reverse different wrong change
                refund exchange replacement voucher partly
                beide beides halb eins zwei drei alles nichts behalten behalte bleibt lassen vergessen moment entschuldigung
                heute abend bald nächste woche monat montag dienstag mittwoch donnerstag freitag samstag sonntag danach vorher
                abbrechen abbruch storno stornieren stornierung stopp stoppen irrtum fehler versehen falsch doch umtausch
                erstattung gutschein teilweise korrektur stop
                tous toutes deux trois tout rien garder gardez laissez oubliez désolé pardon aujourdhui bientôt semaine mois
                lundi annuler annulez annulation arrêter arrête erreur mardi mercredi jeudi vendredi samedi dimanche après avant
                faux échange remboursement
                cancelar cancela cancele para parar pare error ambos dos tres todo nada dejar deja olvida olvídalo perdón hoy
                luego después antes semana mes lunes martes miércoles jueves viernes sábado domingo cambio reembolso
                annulla annullare ferma fermo basta errore entrambi due tre tutto niente lascia lasci scusa scusi oggi dopo
                prima settimana mese lunedì martedì mercoledì giovedì venerdì sabato domenica cambio rimborso
                annuleer annuleren stoppen fout twee drie alles niets houden laat vergeet vandaag straks later week maand
                maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
                erro engano dois três tudo nada deixe deixa esqueça desculpe hoje depois semana mês segunda terça quarta quinta
                sexta
                anuluj stoppa avbryt jutro ale jednak sutra ali nemoj imorgon men imorgen zítra mâine dar
                """))
}
