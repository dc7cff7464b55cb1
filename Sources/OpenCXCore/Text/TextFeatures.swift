/// The features of a text that linear models weigh: words, pairs of neighbours, runs of three to five characters within words, and
/// two words that carry meaning in one text, wherever they stand; each as a hash. Linear in the text, of which the first 3,000
/// bytes count.
struct TextFeatures: Sendable {
    /// Each feature once, in order, and how often it occurs.
    private(set) var counts: [(feature: UInt64, count: Int)] = []
    /// The features that are single words, each once.
    private(set) var words: [UInt64] = []

    static let byteLimit = 3000

    init(_ text: String) {
        let tokens = Words.all(in: Self.beginning(of: text))
        var all: [UInt64] = []
        all.reserveCapacity(tokens.count * 16)
        var previous = Self.seed(.boundary)
        for token in tokens {
            let scalars = token.unicodeScalars.map(\.value)
            let word = Self.marked(Self.hash(scalars), .word)
            words.append(word)
            all.append(word)
            all.append(Self.pair(previous, word, .pair))
            previous = word
            Self.addRuns(of: scalars, to: &all)
        }
        if !tokens.isEmpty { all.append(Self.pair(previous, Self.seed(.boundary), .pair)) }
        Self.addCompany(of: tokens, to: &all)
        all.sort()
        for feature in all {
            if counts.last?.feature == feature {
                counts[counts.count - 1].count += 1
            } else {
                counts.append((feature, 1))
            }
        }
        words = Array(Set(words)).sorted()
    }

    /// Cut at a byte, so that a text of one huge character is no work either.
    private static func beginning(of text: String) -> String {
        text.utf8.count <= byteLimit ? text : String(decoding: text.utf8.prefix(byteLimit), as: UTF8.self)
    }

    private static func addRuns(of word: [UInt32], to all: inout [UInt64]) {
        let edge = UInt32(UInt8(ascii: "<"))
        let letters = [edge] + word + [edge]
        for start in letters.indices {
            var hash = seed(.run)
            for length in 1...5 {
                guard start + length <= letters.count else { break }
                hash = step(hash, letters[start + length - 1])
                if length >= 3 { all.append(marked(hash, .run)) }
            }
        }
    }

    /// Of a longer text this many different words count, so that the pairs stay few.
    private static let companyLimit = 16

    /// Which words that carry meaning occur together: "card" with "lost" says more than either of them, whatever is between.
    private static func addCompany(of tokens: [String], to all: inout [UInt64]) {
        var stems = tokens.filter { !FunctionWords.all.contains($0) }.map { token in
            hash(Words.stem(token).unicodeScalars.map(\.value))
        }
        stems.sort()
        var last: UInt64?
        stems.removeAll { stem in
            defer { last = stem }
            return stem == last
        }
        stems = Array(stems.prefix(companyLimit))
        for first in stems.indices {
            for second in stems.indices.dropFirst(first + 1) {
                all.append(pair(stems[first], stems[second], .company))
            }
        }
    }

    /// What a feature is, in its two lowest bits.
    private enum Kind: UInt64 { case word, pair, run, company }

    private enum Seed: UInt64 { case word = 1, pair, run, boundary }

    /// How much a feature counts beside a word. There are many runs of characters, and many companions, that say the same.
    static func emphasis(of feature: UInt64) -> Float {
        switch Kind(rawValue: feature & 3) {
        case .run, .company: 0.7
        case .word, .pair, nil: 1
        }
    }

    private static func marked(_ hash: UInt64, _ kind: Kind) -> UInt64 { hash & ~3 | kind.rawValue }

    private static func seed(_ seed: Seed) -> UInt64 { 0xCBF2_9CE4_8422_2325 &+ seed.rawValue &* 0x9E37_79B9_7F4A_7C15 }

    private static func step(_ hash: UInt64, _ scalar: UInt32) -> UInt64 {
        let mixed = (hash ^ UInt64(scalar)) &* 0x0000_0100_0000_01B3
        return mixed ^ (mixed >> 29)
    }

    private static func hash(_ scalars: [UInt32]) -> UInt64 { scalars.reduce(seed(.word), step) }

    private static func pair(_ a: UInt64, _ b: UInt64, _ kind: Kind) -> UInt64 {
        var hash = seed(.pair) ^ a
        hash = hash &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ (hash >> 32) ^ b) &* 0xC4CE_B9FE_1A85_EC53
        return marked(hash ^ (hash >> 29), kind)
    }
}

/// Which features a model knows, and how much each of them tells (TF-IDF).
struct FeatureSpace: Sendable {
    private let places: [UInt64: Int32]
    private let weights: [Float]
    /// What a word weighs that no example has.
    private let unknownWeight: Float

    /// How many features there are.
    var count: Int { weights.count }

    /// Learns the features of texts; of more than `limit`, those that occur in most texts.
    init(_ texts: [TextFeatures], limit: Int = 65_536) {
        var frequencies: [UInt64: Int] = [:]
        for text in texts { for (feature, _) in text.counts { frequencies[feature, default: 0] += 1 } }
        var known = frequencies.map { (feature: $0.key, frequency: $0.value) }
        known.sort { ($1.frequency, $0.feature) < ($0.frequency, $1.feature) }
        known = Array(known.prefix(limit))
        var places: [UInt64: Int32] = [:]
        places.reserveCapacity(known.count)
        var weights: [Float] = []
        for (place, entry) in known.enumerated() {
            places[entry.feature] = Int32(place)
            weights.append(Self.weight(entry.frequency, of: texts.count))
        }
        self.places = places
        self.weights = weights
        unknownWeight = Self.weight(0, of: texts.count)
    }

    private static func weight(_ frequency: Int, of count: Int) -> Float {
        Float(Elementary.log(Double(1 + count) / Double(1 + frequency)) + 1)
    }

    /// A text as a vector of length one, in the order of the places; empty when nothing in it is known.
    func vector(_ text: TextFeatures) -> SparseVector {
        var vector = SparseVector()
        var square: Float = 0
        for (feature, count) in text.counts {
            guard let place = places[feature] else { continue }
            let often = count == 1 ? 1 : Float(1 + Elementary.log(Double(count)))
            let value = often * weights[Int(place)] * TextFeatures.emphasis(of: feature)
            vector.places.append(place)
            vector.values.append(value)
            square += value * value
        }
        vector.scale(by: square > 0 ? 1 / square.squareRoot() : 0)
        return vector
    }

    /// The known single words of a text and what they weigh, unscaled.
    func words(_ text: TextFeatures) -> SparseVector {
        var vector = SparseVector()
        for word in text.words {
            guard let place = places[word] else { continue }
            vector.places.append(place)
            vector.values.append(weights[Int(place)])
        }
        return vector
    }

    /// How much of what a text's words weigh is known, in `0...1`.
    func coverage(_ text: TextFeatures) -> Double {
        var known: Float = 0
        var all: Float = 0
        for word in text.words {
            if let place = places[word] {
                known += weights[Int(place)]
                all += weights[Int(place)]
            } else {
                all += unknownWeight
            }
        }
        return all > 0 ? Double(known / all) : 0
    }
}

/// A vector most of whose members are zero.
struct SparseVector: Sendable, Equatable {
    var places: [Int32] = []
    var values: [Float] = []

    mutating func scale(by factor: Float) {
        for place in values.indices { values[place] *= factor }
    }

    /// Adds members after the others, for features that are there in every text.
    mutating func append(_ dense: [Float], from place: Int) {
        for (offset, value) in dense.enumerated() {
            places.append(Int32(place + offset))
            values.append(value)
        }
    }
}
