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
}
