/// What a question looks up in a shard, and what each find is worth.
struct QueryPlan {
    /// One list to read.
    struct Lookup {
        /// What is looked up: a term or a pair of terms, by segment; `nil` where a segment does not have it.
        var places: [Int?]
        var isPair: Bool
        /// What a find counts in the passage and in the article: inverse document frequency, count in the question, share.
        var unitWeight: Float
        var articleWeight: Float
        /// The term's own weight, for the title; zero for pairs.
        var titleWeight: Float
        /// The words of the question it speaks for, and how well.
        var words: [Int]
        var share: Float
    }

    /// What to look up, rarest first, pairs before words.
    private(set) var lookups: [Lookup] = []
    /// What each word of the question weighs in the evidence; zero for those that only repeat others.
    private(set) var wordWeights: [Float]
    /// The sum of the weights of words that nothing was found for.
    private(set) var unknownWeight: Float = 0
    /// How many words of the question were searched for.
    private(set) var termCount = 0
    /// How much a fully named title adds.
    let titleBoost: Float

    /// The sum of all words' weights.
    var totalWeight: Float { wordWeights.reduce(0, +) }

    /// The share of the question's weight on words that the shard does not know, in `0...1`.
    var unknownShare: Double {
        let total = totalWeight
        return total > 0 ? Double(unknownWeight / total) : 0
    }

    /// Words of one question that are respelled at most: each costs a walk over the vocabulary.
    private static let maximumRespellings = 16

    init(_ question: Question, _ shard: Shard) {
        let parameters = shard.parameters
        var respellings = 0
        var numbers: [[Int?]] = []
        wordWeights = Array(repeating: 0, count: question.words.count)
        titleBoost =
            parameters.titleBoost / (1 + Float(question.words.count) / max(parameters.titleBoostTerms, 1))
        // Two words may be one (`mail box`) where one of the two says nothing; a code may be cut anywhere (`FH 10423`).
        let joints = question.joints.filter { joint in
            Find(joint.term, in: shard).frequency.articles > 0
                && (joint.term.contains(where: ASCII.isDigit)
                    || joint.words.contains {
                        Find(question.words[$0].term, in: shard).frequency.articles == 0
                    })
        }
        let joined = Set(joints.flatMap(\.words))
        let smallTalk = SmallTalk.of(shard.language)
        var words: [Lookup] = []
        for (index, word) in question.words.enumerated() {
            let interest = smallTalk.find(word.term) == nil ? 1 : parameters.smallTalkShare
            let emphasis = Self.emphasis(word.count, parameters) * interest
            let found = Find(word.term, in: shard)
            numbers.append(found.places)
            let synonyms = word.isAside ? [] : Self.synonyms(of: word, beside: question, shard)
            for synonym in synonyms {
                words.append(Self.lookup(synonym, [index], emphasis, parameters.synonymShare, shard))
            }
            if found.frequency.articles > 0 {
                words.append(Self.lookup(found, [index], emphasis, 1, shard))
                wordWeights[index] = shard.weights(found.frequency).unit * interest
                termCount += 1
                continue
            }
            if word.isAside || joined.contains(index) { continue }
            termCount += 1
            if let synonym = synonyms.first {
                wordWeights[index] = shard.weights(synonym.frequency).unit * interest
                continue
            }
            var candidates: [(found: Find, share: Float)] = []
            if respellings < Self.maximumRespellings, !word.term.contains(where: ASCII.isDigit) {
                respellings += 1
                candidates = Respelling.candidates(for: word, in: shard)
            }
            if candidates.isEmpty {
                // A long number is an order or a telephone, not a topic.
                if word.term.count >= 5, word.term.allSatisfy(ASCII.isDigit) { continue }
                wordWeights[index] = shard.weights(Frequency()).unit * interest
                unknownWeight += wordWeights[index]
            }
            for candidate in candidates {
                words.append(Self.lookup(candidate.found, [index], emphasis, candidate.share, shard))
                wordWeights[index] = max(wordWeights[index], shard.weights(candidate.found.frequency).unit)
            }
        }
        for joint in joints {
            let found = Find(joint.term, in: shard)
            guard found.frequency.articles > 0 else { continue }
            let share = parameters.misspellingShares[1]
            words.append(Self.lookup(found, joint.words, Self.emphasis(1, parameters), share, shard))
            let weight = shard.weights(found.frequency).unit
            for word in joint.words where wordWeights[word] == 0 { wordWeights[word] = weight }
        }
        // Stable, so that equal weights are added up in the same order every time.
        words = words.enumerated().sorted { a, b in
            (b.element.articleWeight, a.offset) < (a.element.articleWeight, b.offset)
        }.map(\.element)
        lookups = Self.pairs(question, numbers, shard) + words
    }

    /// What else the word may be called, as far as the index knows it and the question does not say it anyway.
    private static func synonyms(of word: Question.Word, beside question: Question, _ shard: Shard) -> [Find] {
        guard let synonyms = Synonyms.of(shard.language) else { return [] }
        return synonyms.of(word.term).compactMap { term in
            if question.words.contains(where: { $0.term == term }) { return nil }
            let found = Find(term, in: shard)
            return found.frequency.articles > 0 ? found : nil
        }
    }

    private static func pairs(_ question: Question, _ numbers: [[Int?]], _ shard: Shard) -> [Lookup] {
        question.pairs.compactMap { pair in
            var found = Find()
            for (view, (first, second)) in zip(shard.views, zip(numbers[pair.first], numbers[pair.second])) {
                var place: Int?
                if let first, let second {
                    place = view.segment.pairs.find(
                        UInt32(truncatingIfNeeded: first), UInt32(truncatingIfNeeded: second))
                }
                if let place { found.frequency.add(view.frequency(ofPair: place)) }
                found.places.append(place)
            }
            guard found.frequency.articles > 0 else { return nil }
            let emphasis = emphasis(pair.count, shard.parameters)
            var lookup = lookup(found, [], emphasis, shard.parameters.pairShare, shard)
            lookup.isPair = true
            lookup.titleWeight = 0
            return lookup
        }
    }

    private static func lookup(
        _ found: Find, _ words: [Int], _ emphasis: Float, _ share: Float, _ shard: Shard
    ) -> Lookup {
        let weights = shard.weights(found.frequency)
        return Lookup(
            places: found.places, isPair: false, unitWeight: weights.unit * emphasis * share,
            articleWeight: weights.article * emphasis * share * shard.parameters.articleShare,
            titleWeight: weights.article * share, words: words, share: share)
    }

    /// What repeating a word is worth.
    private static func emphasis(_ count: Int, _ parameters: RankingParameters) -> Float {
        let count = Float(count)
        return count * (parameters.questionSaturation + 1) / (count + parameters.questionSaturation)
    }
}

/// A term in the segments of a shard.
struct Find {
    var places: [Int?] = []
    var frequency = Frequency()

    init() {}

    init(_ term: [UInt8], in shard: Shard) {
        for view in shard.views {
            let place = view.segment.terms.find(term)
            if let place { frequency.add(view.frequency(ofTerm: place)) }
            places.append(place)
        }
    }
}
