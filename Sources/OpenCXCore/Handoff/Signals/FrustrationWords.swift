/// Words and how much each speaks for frustration, in quarters; `Benchmarks/Scripts/frustration-words.py` learned them.
enum FrustrationWords {
    static let bias = -2.51

    static let weights: [String: Double] = {
        var weights: [String: Double] = [:]
        for (quarters, words) in byWeight {
            for word in words.split(whereSeparator: \.isWhitespace) { weights[String(word)] = Double(quarters) / 4 }
        }
        return weights
    }()

    private static let byWeight: [(Int, String)] = [
        (
            67,
            """
            disgusting
            """
        ),
        (
            47,
            """
            annoyed
            """
        ),
        (
            44,
            """
            annoying awful fuck upset worst
            """
        ),
        (
            43,
            """
            worse
            """
        ),
        (
            41,
            """
            hate shitty
            """
        ),
        (
            38,
            """
            asshole hated
            """
        ),
        (
            37,
            """
            shut
            """
        ),
        (
            36,
            """
            bitch
            """
        ),
        (
            33,
            """
            disappointed
            """
        ),
        (
            32,
            """
            angry garbage idiot
            """
        ),
        (
            31,
            """
            image nonsense pissed ridiculous stupid
            """
        ),
        (
            30,
            """
            dumb nasty
            """
        ),
        (
            28,
            """
            fucking
            """
        ),
        (
            27,
            """
            creepy hell
            """
        ),
        (
            26,
            """
            biggest dare ugly
            """
        ),
        (
            25,
            """
            horrible
            """
        ),
        (
            24,
            """
            block gross shit
            """
        ),
        (
            23,
            """
            bowl
            """
        ),
        (
            21,
            """
            damn missed sucks
            """
        ),
        (
            20,
            """
            mad offended rough total
            """
        ),
        (
            19,
            """
            blame elected moron weird
            """
        ),
        (
            18,
            """
            clapped hockey uncomfortable
            """
        ),
        (
            17,
            """
            dropped felt gone murder thread
            """
        ),
        (
            16,
            """
            bad boring media political racist stop suck terrible useless worried
            """
        ),
        (
            15,
            """
            dislike lost mess message ugh world
            """
        ),
        (
            14,
            """
            eat hurt table text
            """
        ),
        (
            13,
            """
            expected fucked kill lose poor posts somewhere unless
            """
        ),
        (
            12,
            """
            anti expect eye fake foul high insane killing law points respect
            """
        ),
        (
            11,
            """
            cats crap face karma miss screw team
            """
        ),
        (
            10,
            """
            alone anymore away bullshit falling killed pay problem sexual spelling
            """
        ),
        (
            9,
            """
            badly being bunch care class feels food goes throw wearing who
            """
        ),
        (
            8,
            """
            call deal games girlfriend incredibly mouth obviously posted sense tend towards
            """
        ),
        (
            7,
            """
            car chat couldnt honestly new no out over running school told unfortunately
            """
        ),
        (
            6,
            """
            america argument big cartoon deserve especially gonna jealous never part players such teachers us
            work youre yours
            """
        ),
        (
            5,
            """
            are around been country dont feelings fire lakers lord loser me notes opinion their while whole
            """
        ),
        (
            4,
            """
            again all already break clearly destroyed doesnt done everybody gave get going laws long looking
            months none parents photo read serious sick theyre wrong
            """
        ),
        (
            3,
            """
            because calling cancer cant crazy do even example hear how lack music not off people porn praying run
            seemed shot win won yet
            """
        ),
        (
            2,
            """
            about and any anything awkward bro context didnt either her here id issue it language like mean much
            of old orange party piss republicans same seems still stuff that them uncle yep
            """
        ),
        (
            -2,
            """
            actually ago also be body cool fair for gorgeous have hug im interested less luck more needs now once
            or player pretty ready sensitive through until well where wish women youve
            """
        ),
        (
            -3,
            """
            after age another back cute feel half happened heard hes laughed make nice scared strong wait what
            when
            """
        ),
        (
            -4,
            """
            can cheers easy ending excited funny haha home instead life please possible seen though time
            understand without
            """
        ),
        (
            -5,
            """
            clear could future lets living lot news one other right see something there true
            """
        ),
        (
            -6,
            """
            beautiful bet check curiosity friend havent his hopefully know said shes taking wasnt works youtube
            """
        ),
        (
            -7,
            """
            agree appreciate as free girls glad good laugh normal okay she sweet top vote welcome yes yourself
            """
        ),
        (
            -8,
            """
            afraid enjoy favorite hilarious link maybe then
            """
        ),
        (
            -9,
            """
            buy did edit ex fact joke open since starting theres trying twitter very
            """
        ),
        (
            -10,
            """
            come nah word
            """
        ),
        (
            -11,
            """
            anxious dude hope likes seem sorry
            """
        ),
        (
            -12,
            """
            giving loved lucky others try
            """
        ),
        (
            -13,
            """
            congrats fun interesting lol next wonder
            """
        ),
        (
            -14,
            """
            curious laughing tho
            """
        ),
        (
            -15,
            """
            everyone outside rest thanks worry wouldnt
            """
        ),
        (
            -16,
            """
            story whos
            """
        ),
        (
            -17,
            """
            omg wow
            """
        ),
        (
            -19,
            """
            amazing best trick
            """
        ),
        (
            -20,
            """
            great
            """
        ),
        (
            -21,
            """
            truth
            """
        ),
        (
            -22,
            """
            awesome happy love
            """
        ),
        (
            -23,
            """
            hahaha supporters
            """
        ),
        (
            -27,
            """
            thank
            """
        ),
    ]
}
