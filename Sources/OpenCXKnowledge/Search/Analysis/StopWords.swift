/// Words that say nothing about what a text is about, folded, by language.
///
/// The words of a greeting are among them: they are part of most messages and of no article.
enum StopWords {
    /// The stop words of a language, given by its two-letter code.
    static func of(_ language: String) -> TermTable { tables[language] ?? everywhere }

    private static let everywhere = table("")
    private static let tables: [String: TermTable] = lists.mapValues(table)

    private static func table(_ words: String) -> TermTable {
        var table = TermTable()
        for word in (words + " http https www com").split(whereSeparator: \.isWhitespace) {
            _ = table.intern(TextFolding.fold(Array(word.utf8)))
        }
        return table
    }

    private static let lists: [String: String] = [
        "en": """
        a about above after again against all also am an and any are aren't as at be because been before being below
        between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each few
        for from further had hadn't has hasn't have haven't having he her here hers herself him himself his how i if in
        into is isn't it its itself just let me more most my myself no nor not now of off on once only or other our ours
        ourselves out over own same she should so some such than that the their theirs them themselves then there these
        they this those through to too under until up very was wasn't we were what when where which while who whom why
        will with won't would you your yours yourself yourselves i'm i've i'd i'll you're it's that's there's what's im
        ive dont doesnt cant wont didnt isnt hi hello hey dear please thanks thank thx regards
        """,
        "de": """
        aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus bei bin
        bis bist da damit dann das dass daß dein deine deinem deinen deiner dem den denn der des dich die dies diese
        diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines einig einige einigen er es etwas
        euch euer eure für gegen gewesen hab habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem
        ihren ihrer ihres im in indem ins ist jede jedem jeden jeder jedes jene jetzt kann können könnte mal man manche mein
        meine meinem meinen meiner meines mich mir mit muss müssen nach nicht noch nun nur ob oder ohne sehr sein seine
        seinem seinen seiner seit selbst sich sie sind so solche soll sollte sondern sonst über um und uns unser unsere
        unserem unseren unter viel vom von vor während war waren warst was weg weil weiter welche welchem welchen welcher
        welches wenn wer werde werden wie wieder will wir wird wirst wo wollen würde würden zu zum zur zwar zwischen
        hallo guten tag bitte danke liebe grüße gruß mfg gerne
        """,
        "fr": """
        a ai ainsi au aux avec ce ces cet cette c d dans de des du elle elles en est et eu être il ils j je l la le les leur
        leurs lui m ma mais me même mes moi mon n ne nos notre nous on ont ou où par pas peut plus pour qu que quel quelle
        quelles quels qui quoi s sa sans se ses si son sont sur t ta te tes toi ton tu un une vos votre vous y été était
        comment puis-je dois fait faire avez avons ici cela ça comme donc bonjour merci svp plaît cordialement
        """,
        "es": """
        a al algo como con cómo cual cuál cuando cuándo de del desde donde dónde e el él ella ellas ellos en entre era es
        esa ese eso esta está están estar este esto estos fue ha han hay he hasta la las le les lo los más me mi mis muy
        nada ni no nos o os para pero por porque puede puedo que qué quién se ser si sí sin sobre son su sus también te
        tengo ti tiene tu tus un una uno unos y ya yo hola gracias favor saludos buenos días
        """,
        "it": """
        a ad ai al alla alle anche c che chi ci come con cosa così da dal dalla dei del della delle dello di dove e è ed era
        essere fa gli ha hai hanno ho i il in io l la le lei lo loro lui ma me mi mia mie miei mio ne nei nel nella no noi
        non nostro o per perché più può posso quale quando quello questa questo qui se sei si sia solo sono su sua sul suo
        ti tra tu tuo un una uno vi voi ciao salve buongiorno grazie saluti
        """,
        "nl": """
        aan al alle als ben bij daar dan dat de deze die dit doch doen door een en er ga ge geen had heb hebben heeft hem
        het hier hij hoe hun ik in is ja je jij jouw kan kunnen maar me meer men met mij mijn moet na naar niet nog nu of om
        ons ook op over te tegen toch tot u uit uw van veel voor waar wanneer wat was we wel welke werd wie wij wil worden
        wordt zal ze zei zich zij zijn zo zou hallo dank bedankt graag groet groeten alstublieft
        """,
        "pt": """
        a ao aos as até com como da das de dela dele deles do dos e é ela elas ele eles em entre era essa esse esta está
        estão este eu foi há isso isto já lhe mais mas me meu meus minha muito na nas não nem no nos nós o onde os ou para
        pela pelo por porque posso qual quando que quem se sem ser seu seus só sua suas também te tem tenho um uma você
        vocês olá oi obrigado obrigada favor bom dia
        """,
    ]
}
