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

    init(_ question: Question, _ shard: Shard) {
        let parameters = shard.parameters
        titleBoost =
            parameters.titleBoost / (1 + Float(question.words.count) / max(parameters.titleBoostTerms, 1))
        var planner = WordPlanner(question, shard)
        for index in question.words.indices { planner.add(index) }
        planner.addJoints()
        wordWeights = planner.weights
        unknownWeight = planner.unknownWeight
        termCount = planner.termCount
        // Stable, so that equal weights are added up in the same order every time.
        let words = planner.lookups.enumerated().sorted { a, b in
            (b.element.articleWeight, a.offset) < (a.element.articleWeight, b.offset)
        }.map(\.element)
        lookups = planner.pairs() + words
    }

    static func lookup(
        _ found: Find, _ words: [Int], _ emphasis: Float, _ share: Float, _ shard: Shard
    ) -> Lookup {
        let weights = shard.weights(found.frequency)
        return Lookup(
            places: found.places, isPair: false, unitWeight: weights.unit * emphasis * share,
            articleWeight: weights.article * emphasis * share * shard.parameters.articleShare,
            titleWeight: weights.article * share, words: words, share: share)
    }

    /// What repeating a word is worth.
    static func emphasis(_ count: Int, _ parameters: RankingParameters) -> Float {
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
