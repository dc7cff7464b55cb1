/// Decides, word by word, what a question looks up.
struct WordPlanner {
    private let question: Question
    private let shard: Shard
    private let parameters: RankingParameters
    /// What each word finds under its own name.
    private let finds: [Find]
    private let joints: [(found: Find, words: [Int])]
    private let smallTalk: TermTable
    private let synonyms: Synonyms?
    private var interests: [Float] = []
    private var respellings = 0

    /// What to look up, in the order of the words.
    private(set) var lookups: [QueryPlan.Lookup] = []
    /// What each word weighs in the evidence.
    private(set) var weights: [Float]
    /// The weight of the words that nothing was found for.
    private(set) var unknownWeight: Float = 0
    /// How many words were searched for.
    private(set) var termCount = 0

    /// Words of one question that are respelled at most: each costs a walk over the vocabulary.
    private static let maximumRespellings = 16

    init(_ question: Question, _ shard: Shard) {
        self.question = question
        self.shard = shard
        parameters = shard.parameters
        smallTalk = SmallTalk.of(shard.language)
        synonyms = Synonyms.of(shard.language)
        weights = Array(repeating: 0, count: question.words.count)
        finds = question.words.map { Find($0.term, in: shard) }
        joints = Self.joints(of: question, finds, in: shard)
        lookups.reserveCapacity(2 * question.words.count)
        interests.reserveCapacity(question.words.count)
    }

    /// Two words may be one (`mail box`) where one of the two says nothing; a code may be cut anywhere (`FH 10423`).
    private static func joints(
        of question: Question, _ finds: [Find], in shard: Shard
    ) -> [(found: Find, words: [Int])] {
        let lower = question.lower
        let likely = question.joints.filter { joint in
            joint.words.contains { finds[$0].frequency.articles == 0 }
                || lower[joint.first].contains(where: ASCII.isDigit)
                || lower[joint.second].contains(where: ASCII.isDigit)
        }
        if likely.isEmpty { return [] }
        let stopWords = StopWords.of(shard.language)
        var stemmer = Stemmer(language: shard.language)
        var joints: [(found: Find, words: [Int])] = []
        for joint in likely {
            var term: [UInt8] = []
            let isTerm = Array(lower[joint.first] + lower[joint.second]).withUnsafeBufferPointer {
                AnalyzedWord.appendTerm(of: $0, stopWords: stopWords, stemmer: &stemmer, to: &term)
            }
            guard isTerm, !question.contains(term) else { continue }
            let found = Find(term, in: shard)
            if found.frequency.articles > 0 { joints.append((found, joint.words)) }
        }
        return joints
    }

    /// Plans the next word: what it is, else what it may mean; and what it is called elsewhere.
    mutating func add(_ index: Int) {
        let word = question.words[index]
        let interest = smallTalk.find(word.term) == nil ? 1 : parameters.smallTalkShare
        let emphasis = QueryPlan.emphasis(word.count, parameters) * interest
        let found = finds[index]
        interests.append(interest)
        let others = word.isAside ? [] : synonyms(of: word)
        for other in others { look(other, index, emphasis, parameters.synonymShare) }
        let isKnown = found.frequency.articles > 0
        if isKnown { look(found, index, emphasis, 1) }
        guard isKnown || !(word.isAside || joints.contains { $0.words.contains(index) }) else { return }
        termCount += 1
        let meant = others.isEmpty && !word.isAside ? respellings(of: word, found) : []
        for (candidate, share) in meant { look(candidate, index, emphasis, share) }
        if isKnown {
            weights[index] = shard.weights(found.frequency).unit * interest
        } else if let likeliest = others.first ?? meant.first?.found {
            weights[index] = shard.weights(likeliest.frequency).unit * interest
        } else if word.term.count < 5 || !word.term.allSatisfy(ASCII.isDigit) {
            // A long number would be an order or a telephone, not a topic.
            weights[index] = shard.weights(Frequency()).unit * interest
            unknownWeight += weights[index]
        }
    }

    /// Plans the words that the customer wrote apart.
    mutating func addJoints() {
        for joint in joints {
            let share = parameters.misspellingShares[1]
            lookups.append(
                QueryPlan.lookup(joint.found, joint.words, QueryPlan.emphasis(1, parameters), share, shard))
            let weight = shard.weights(joint.found.frequency).unit
            for word in joint.words where weights[word] == 0 { weights[word] = weight }
        }
    }

    /// What to look up for neighbouring words.
    func pairs() -> [QueryPlan.Lookup] {
        question.pairs.compactMap { pair in
            var found = Find()
            for (view, (first, second)) in zip(shard.views, zip(finds[pair.first].places, finds[pair.second].places)) {
                var place: Int?
                if let first, let second {
                    place = view.segment.pairs.find(
                        UInt32(truncatingIfNeeded: first), UInt32(truncatingIfNeeded: second))
                }
                if let place { found.frequency.add(view.frequency(ofPair: place)) }
                found.places.append(place)
            }
            guard found.frequency.articles > 0 else { return nil }
            let interest = max(interests[pair.first], interests[pair.second])
            let emphasis = QueryPlan.emphasis(pair.count, parameters) * interest
            var lookup = QueryPlan.lookup(found, [], emphasis, parameters.pairShare, shard)
            lookup.isPair = true
            lookup.titleWeight = 0
            return lookup
        }
    }

    private mutating func look(_ found: Find, _ word: Int, _ emphasis: Float, _ share: Float) {
        lookups.append(QueryPlan.lookup(found, [word], emphasis, share, shard))
    }

    /// What else the word may be called, as far as the index knows it and the question does not say it anyway.
    private func synonyms(of word: Question.Word) -> [Find] {
        (synonyms?.of(word.term) ?? []).compactMap { term in
            if question.contains(term) { return nil }
            let found = Find(term, in: shard)
            return found.frequency.articles > 0 ? found : nil
        }
    }

    /// What the word may mean when the index does not hold it, or in one article only. Codes and numbers mean themselves.
    private mutating func respellings(of word: Question.Word, _ found: Find) -> [(found: Find, share: Float)] {
        guard found.frequency.articles <= 1, respellings < Self.maximumRespellings,
            !word.term.contains(where: ASCII.isDigit)
        else { return [] }
        respellings += 1
        if found.frequency.articles == 0 { return Respelling.candidates(for: word, in: shard) }
        return Respelling.likelier(than: word, found, in: shard).map { ($0, parameters.misspellingShares[1]) }
    }
}
