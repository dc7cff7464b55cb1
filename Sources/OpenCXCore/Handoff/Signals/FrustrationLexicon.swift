/// Words and phrases of frustration in seven languages, by how much each says.
///
/// Written from general knowledge, not learned: what people are angry about differs from shop to shop, how they say it does
/// not. A word that often names a thing or an event ("trash", "a fraud on my card") says less than one that judges.
enum FrustrationLexicon {
    /// A phrase in the words of a ``WordList``.
    struct Phrase {
        var text: String
        var words: [Word]
        var weight: Double
        /// Whether it begins with a "not" that belongs to it.
        var isNegative: Bool { FrustrationLexicon.negations.contains(words[0]) }
    }

    /// The phrases that begin with a word, the longest first.
    static let byFirstWord: WordTable<[Phrase]> = {
        let phrases = [(furious, 0.8), (angry, 0.6), (upset, 0.4), (annoyed, 0.2), (faint, 0.1)].flatMap {
            list, weight in
            list.split { $0 == "," || $0 == "\n" }.map { entry in
                let words = WordList(String(entry))
                return Phrase(text: words.strings.joined(separator: " "), words: words.words, weight: weight)
            }
        }
        let byFirstWord = Dictionary(grouping: phrases) { $0.words[0] }
        return WordTable(byFirstWord.mapValues { $0.sorted { $0.words.count > $1.words.count } })
    }()

    /// Words that turn round what follows: "not angry", "nicht schlimm".
    static let negations = WordSet(
        """
        not no never dont doesnt didnt isnt wasnt arent aint without cant wont nothing hardly neither nor havent hasnt
        less nicht kein keine nie pas jamais nunca non mai niet geen nooit não
        """)

    /// Enough for a handoff by itself, also beside a softening word.
    private static let furious = """
        abysmal, appalled, appalling, asshole, at my wits end, atrocious, bastards, beyond a joke
        beyond frustrated, blood boil, bullcrap, bullshit, disgraceful, do your job, dumbass
        enough is enough, enraged, exasperated, exasperating, fed up, for fucks sake, fuck, fucking, furious
        incompetence, incompetent, inexcusable, infuriating, intolerable, irate, last straw, liars, livid
        losing my patience, losing patience, lost patience, makes me angry, out of patience, outraged
        outrageous, run out of patience, screw you, shame on you, sick and tired, stfu, sue you
        thanks for nothing, thieves, wasting my time, whats wrong with you people
        unverschämt, unverschämtheit, frechheit, zum kotzen, verarschen, verarscht, stinksauer
        eine zumutung, zumutung, es reicht mir, betrüger, schnauze voll, nase voll, ras le bol
        foutage de gueule, honteux, scandaleux, inadmissible, une honte, arnaqueurs, jen ai marre
        sinvergüenzas, estafadores, estoy harto, estoy harta, vergognoso, truffatori, sono stufo, sono stufa
        schandalig, oplichters, uma vergonha
        """

    /// Judges the service, or says in plain words how the writer feels.
    private static let angry = """
        10th time, already told you, angry, are you joking, are you kidding, are you serious, argh
        bad service, bastard, cant stand, cheated, clowns, countless times, dammit, damnit, despise, detest
        disgrace, disgusted, disgusting, dishonest, dissatisfied, dont you care, dont you understand
        driving me crazy, driving me mad, driving me nuts, enough already, fck, fifth time, fix it now
        fix this now, for christs sake, for gods sake, for heavens sake, fourth time, frustrated, fucked
        fuckin, get it together, get lost, got to be joking, grr, had enough, horrendous, horrific, how dare
        how many times do i have to, how many times have i asked, how many times have i told
        how many times must i, hundredth time, i already said, idiot, idiotic, idiots, inept, insufferable
        insulting, isnt helpful, kidding me, leave me alone, legal action, letting me down, liar, loathe
        lose my mind, losing a customer, losing my mind, lost a customer, lousy, maddening, made me angry
        makes me mad, makes me sick, moron, morons, must be joking, negligence, negligent, never again
        never buy, never buying, never order, no excuse, no one cares, nobody cares, not acceptable
        not good enough, not helpful, pathetic, pissed, poor service, ridiculous, rip off, ripoff
        ripped off, rude, screw this, scum, shambles, shameful, shit, shitty, shut up, sick of, sucks
        take legal, taking my business, that was no help, told you already, trading standards, unacceptable
        unhelpful, unprofessional, useless, vile, wasnt helpful, waste my time, waste of money
        waste of time, wasting time, what is wrong with you, whats wrong with you, will sue, wits end
        worthless, wtaf, wtf, wth, zero help
        lächerlich, nutzlos, wütend, scheiße, scheiss, schlechter service, mieser service, katastrophe
        reicht mir, genug davon, zeitverschwendung, unfassbar, unmöglich dieser, inakzeptabel
        nicht akzeptabel, keine lust mehr, inacceptable, ridicule, en colère, furieux, furieuse
        perte de temps, mauvais service, merde, inaceptable, vergonzoso, vergüenza, ridículo
        pérdida de tiempo, mal servicio, pésimo, enfadado, enfadada, mierda, vergogna, inaccettabile
        ridicolo, perdita di tempo, pessimo, arrabbiato, arrabbiata, schifo, belachelijk, onacceptabel
        waardeloos, boos, woedend, tijdverspilling, inaceitável, péssimo, perda de tempo, raiva, nie wieder
        plus jamais, nunca más, mai più, nooit meer, nunca mais
        """

    /// Adds up: two of them, or one and emphasis, are frustration.
    private static let upset = """
        absurd, abusive, again and again, already did that, already done that, already explained
        already told, anger, annoy, annoyed, annoying, annoys, are you even, arrogant, awful, bad review
        bbb, bigot, bitch, bloody, bully, bullying, cancel everything, cancel my account, cannot believe
        cant believe, careless, cheating, clueless, consumer protection, corrupt, couldnt care less, coward
        cowards, crap, crappy, creepy, criminals, cringe, cringey, cruel, damn, dare you, depressing
        did you even, didnt care, disappointed, disappointing, disappointment, do you even, doesnt care
        doesnt help, dont care, dreadful, dumb, dumbest, embarrassing, embarrassment, entitled
        every single time, evil, excuses, ffs, fk, fool, fools, for months now, for the last time
        for weeks now, frustrate, frustrates, frustrating, frustration, gah, garbage, geez, give up, go away
        goddamn, going crazy, good grief, greedy, hate, hated, hates, hating, hopeless, horrible
        how difficult, how hard, hypocrisy, hypocrite, hypocrites, i cant even, i demand, i just said
        i told you, ignorant, ignored, ignoring, insult, irritated, irritating, jeez, keep asking
        keep saying, keep telling, keep waiting, lame, let down, lied, loser, losers, lying, my lawyer
        my money back, my patience, never answer, never replied, never respond, never responded, never use
        never using, never worked, never works, nightmare, no help, no help at all, no one answers
        no one helps, no one replies, no one responds, no reply, no response, nobody answers, nobody helps
        nobody replies, nobody responds, nonsense, not funny, not happy, not helping, not impressed
        not one person, not satisfied, not working again, nothing helps, nothing works, obnoxious, ombudsman
        one star, over and over again, overrated, pointless, racist, rage, regret, report you, ridiculously
        rubbish, same issue again, same problem again, same thing again, scam, selfish, sexist, shame on
        sheesh, shocking, sigh, smh, so many times, so tired, sort it out, sort this out, still broken
        still doesnt work, still not working, still nothing, still waiting, stupid, stupidest, stupidity
        suck, terrible, that didnt help, third time, time after time, tired of, toxic, ugh, unbelievable
        unfair, unhappy, unjust, upset, waiting for days, waiting for hours, waiting for weeks, wasted
        wasted my, wasting my, what the heck, what the hell, who cares, why cant you, why dont you
        why wont you, worst, yet again, you dont understand, you kidding, you serious
        sauer, enttäuscht, enttäuschend, genervt, nervt, ärgerlich, verärgert, schon wieder, zum dritten mal
        keine antwort, niemand antwortet, warte immer noch, immer noch nicht, frustriert, frustrierend
        peinlich, schrecklich, furchtbar, déçu, déçue, décevant, énervé, énervée, agacé, agacée, frustré
        toujours pas, aucune réponse, personne ne répond, horrible expérience, decepcionado, decepcionada
        molesto, molesta, frustrado, frustrada, sin respuesta, nadie responde, todavía no, otra vez lo mismo
        deluso, delusa, frustrato, inutile, nessuna risposta, nessuno risponde, ancora niente, teleurgesteld
        gefrustreerd, geen antwoord, niemand reageert, nog steeds niet, alweer, decepcionado com, chateado
        chateada, sem resposta, ninguém responde, ainda não, voleurs, ladri, ladrones, ladrões
        """

    /// Common in calm reports too.
    private static let annoyed = """
        a joke, abuse, abused, already tried, as i said, ass, attorney, bad, badly, been waiting, blame
        boring, bothered, bs, can you even, cancelling, come on, complain, complaining, complaint, crazy
        demanding, depressed, destroyed, do something, does nothing, doesnt help me, dont ever, dont get why
        embarrassed, fail, failure, fake, for days now, get out, gross, hell, horribly, how can you
        how is this, i said, insane, joke, keeps asking, keeps saying, lawyer, lazy, lies, like i said, mad
        makes me want, makes no sense, mess, money back, multiple times, nasty, no answer, not ok, not okay
        omg, once again, over an hour, over and over, pissed off, poor, poorly, ruined, sad, sadly, screwed
        screwed up, second time, seriously, several times, shame, sick, still hasnt, still havent
        still having, still isnt, still no, still not, still the same, sue, switching to, terribly, the hell
        trash, ugly, unnecessary, unreal, very poor, want a refund, waste, what a joke, what kind of
        whatever, why is it so, worse, your job
        mist, schade, leider schon, dommage, lástima, peccato, jammer, anwalt, unglaublich
        """

    /// Tells texts apart that have nothing else.
    private static let faint = """
        broken, extremely, failed, hurt, literally, unfortunately, weird, wrong
        """
}
