/// What people write that is about none of a team's topics, in our own words: what a classifier learns "something else" from
/// before a team gives examples of it.
enum BackgroundSentences {
    /// About anything under the sun.
    static let general: [String] = generalText.split(separator: "\n").map(String.init)

    /// What customers ask everywhere. Good for telling a few topics from the rest of support; those that share a word with a topic
    /// may well be about it and are left out there.
    static let support: [String] = supportText.split(separator: "\n").map(String.init)

    private static let supportText = """
        where is my order
        my parcel has not arrived
        how long does delivery take
        do you ship to other countries
        how do i send an item back
        when do i get my money back
        my payment was declined
        which payment methods do you accept
        i was charged twice
        i cannot sign in
        i forgot my password
        how do i change my address
        how do i close my account
        please cancel my subscription
        i need an invoice for my company
        is this product available in blue
        which size fits me
        the app crashes when i open it
        i get an error message
        does it work with my phone
        how do i install the update
        the item arrived broken
        is there a warranty
        do you have a store nearby
        what are your opening hours
        can i use two coupons
        i want to change my booking
        how do i upgrade my plan
        can you recommend something for beginners
        the instructions are missing
        wo ist meine bestellung
        wie kann ich den artikel zurückschicken
        ich kann mich nicht anmelden
        wie lange dauert die lieferung
        wann bekomme ich mein geld zurück
        ich brauche eine rechnung
        """

    private static let generalText = """
        who won the football game last night
        how tall is the highest mountain on earth
        what is the capital of mongolia
        tell me something about the history of rome
        why do cats purr
        how far away is the moon
        can you write a poem about autumn
        what should i cook for dinner with leftover rice
        is it true that goldfish forget everything
        recommend a good novel for the train
        who was the first person to sail around the world
        my neighbour plays the drums all day
        i think it will rain on saturday
        how many teeth does a shark have
        do you believe in ghosts
        what does this idiom mean
        explain quantum physics to a child
        my daughter starts school next week
        how do i get wine out of a carpet
        what year did the war end
        which planet has the most rings
        how do plants grow in the dark
        is tomato a fruit
        what are the rules of chess
        how do i train for a marathon
        who wrote this symphony
        i had a strange dream about a whale
        how does a steam engine work
        what languages are spoken in switzerland
        how old is the universe
        help me with my maths homework
        solve this equation for x
        why is the sea salty
        what is the best way to learn the piano
        the bus was late again this morning
        which team leads the league
        give me some ideas for a birthday speech
        how do i fix a dripping tap
        what is the population of brazil
        who is the president of the country
        how do bees make honey
        do fish sleep at night
        what is the fastest animal
        how long does it take to boil an egg
        my friend moved to another city
        can dogs eat grapes
        what are some side effects of this pill
        how do i teach my dog to sit
        write a short story about a dragon
        when does daylight saving time begin
        what is the meaning of my name
        how many stars are in the sky
        who painted that famous ceiling
        should i wear a coat today
        how is the air quality outside
        what is inflation
        are there any protests downtown
        how do i change a flat tyre on a bicycle
        what is the difference between a crocodile and an alligator
        is coffee bad for the heart
        how do you say cheese in norwegian
        i am so bored
        my head hurts since yesterday
        what is the plot of the new film
        who sings this song
        which actor played the villain
        what are the symptoms of a cold
        how much protein is in lentils
        the traffic near the bridge is terrible
        where can i go hiking around here
        what do you think about politics
        are you a robot
        how are you doing today
        tell me a joke about lawyers
        what is your favourite colour
        nice to meet you
        i just wanted to say something
        never mind
        hmm not sure
        what
        why is that
        ok let me think about it
        yes that one
        test
        asdf
        hello hello
        where is the nearest train station
        how do volcanoes erupt
        can i grow lemons on a balcony
        what causes thunder
        when was the telephone invented
        how do i become a pilot
        what is a good name for a kitten
        is there life on mars
        how do i tie a bow tie
        how can i sleep better
        what is the square root of two
        how do i meet new people in a big city
        my brother broke his leg while skiing
        who discovered penicillin
        wie wird das wetter morgen
        wer hat das spiel gewonnen
        was ist die hauptstadt von australien
        warum ist der himmel blau
        erzähl mir einen witz
        wie lange kocht man kartoffeln
        ich habe heute schlecht geschlafen
        mein hund frisst nicht
        was hältst du von der regierung
        quel temps fait il demain
        qui a gagné le match
        raconte moi une blague
        quelle est la capitale du canada
        qué tiempo hace hoy
        quién ganó el partido
        cuéntame un chiste
        cuál es la montaña más alta
        che tempo fa oggi
        chi ha vinto la partita
        raccontami una barzelletta
        wat voor weer wordt het morgen
        wie heeft de wedstrijd gewonnen
        quem ganhou o jogo
        conta uma piada
        """
}
