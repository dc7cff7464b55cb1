/// How close a message comes to phrases that somebody wrote down: a topic's examples, a scenario's questions, an action's.
///
/// Compares the words that carry meaning, rough stems and typing mistakes allowed. A trained classifier is better where there
/// are many examples; this one needs none to be useful.
package struct PhraseMatch: Sendable {
    private let phrases: Phrases

    /// Remembers what it made of the phrases, for they are the same with every message.
    ///
    /// - Parameters:
    ///   - examples: whole messages.
    ///   - keywords: a description; each of its words speaks for a match, but none alone is enough for a sure one.
    package init(examples: [String], keywords: String = "") {
        let source = Source(examples: examples, keywords: keywords)
        if let known = Self.known.withLock({ $0[source] }) {
            phrases = known
            return
        }
        let phrases = Phrases(source)
        Self.known.withLock { known in
            if known.count >= Self.capacity { known = [:] }
            known[source] = phrases
        }
        self.phrases = phrases
    }

    /// How well a message matches, in `0...1`.
    package func score(_ message: Message) -> Double {
        guard !message.isEmpty else { return 0 }
        let shared = phrases.keywords.all.count { message.parts(with: $0, of: phrases.keywords) != 0 }
        var best = [0, 0.55, 0.75, 0.85, 0.9][min(shared, 4)]
        for example in phrases.examples { best = max(best, message.overlap(with: example)) }
        return best
    }

    /// A message's words, worked out once for all phrases that it is compared with.
    package struct Message: Sendable {
        /// A bit for each part of the message.
        fileprivate typealias Parts = UInt32

        private var stems = Stems()
        /// Which parts each of the stems is in.
        private var parts: [Parts] = []
        /// How many stems each part has. A long message may ask in one of its sentences, so the first of them are parts, and
        /// the message as a whole is the last one.
        private var counts: [Int] = Array(repeating: 0, count: sentenceLimit + 1)

        private static let sentenceLimit = 20

        /// Reads a message.
        package init(_ text: String) {
            self.init(WordList(text.beginning(4000)))
        }

        /// Takes a message that was read.
        init(_ list: WordList) {
            let list = list.beginning(4000)
            for (number, sentence) in list.sentences.enumerated() {
                for place in sentence.words {
                    guard let stem = stems.insert(place, of: list) else { continue }
                    if stem == parts.count { parts.append(0) }
                    note(stem, in: Self.sentenceLimit)
                    if number < Self.sentenceLimit { note(stem, in: number) }
                }
            }
        }

        private mutating func note(_ stem: Int, in part: Int) {
            let bit: Parts = 1 << Parts(part)
            if parts[stem] & bit != 0 { return }
            parts[stem] |= bit
            counts[part] += 1
        }

        var isEmpty: Bool { parts.isEmpty }

        /// The parts that have a stem.
        fileprivate func parts(with stem: Stems.Stem, of others: Stems) -> Parts {
            var found: Parts = 0
            for place in parts.indices where stems.isNear(stems.all[place], stem, of: others) { found |= parts[place] }
            return found
        }

        /// How well the best part matches an example. Most of the example must be there; what the customer says beyond it
        /// counts a little against.
        fileprivate func overlap(with example: Stems) -> Double {
            let found = example.all.map { parts(with: $0, of: example) }
            guard found.contains(where: { $0 != 0 }) else { return 0 }
            var best = 0.0
            for (part, count) in counts.enumerated() where count > 0 {
                let shared = found.count { $0 & (1 << Parts(part)) != 0 }
                let recall = Double(shared) / Double(found.count)
                let precision = Double(min(shared, count)) / Double(count)
                best = max(best, recall * (0.6 + 0.4 * precision))
            }
            return best
        }
    }

    private struct Source: Hashable {
        var examples: [String]
        var keywords: String
    }

    /// Phrases, and the words made of them.
    private final class Phrases: Sendable {
        let examples: [Stems]
        let keywords: Stems

        init(_ source: Source) {
            examples = source.examples.map { Stems(WordList($0)) }.filter { !$0.all.isEmpty }
            var keywords = Stems(WordList(source.keywords))
            keywords.remove(Self.generic)
            self.keywords = keywords
        }

        /// Words of descriptions that say nothing about the subject.
        private static let generic = Stems(
            WordList(
                """
                anything question issue problem customer order topic related matter ask kunde frage problem thema
                """))
    }

    /// More than a team's topics, scenarios and actions together.
    private static let capacity = 4000
    private static let known = Locked<[Source: Phrases]>([:])
}
