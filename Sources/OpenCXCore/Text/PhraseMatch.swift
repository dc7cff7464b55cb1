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
        guard !message.whole.isEmpty else { return 0 }
        var best = phrases.keywordScore(message.whole)
        for part in message.parts {
            for example in phrases.examples { best = max(best, Self.overlap(example, part)) }
        }
        return best
    }

    /// A message's words, worked out once for all phrases that it is compared with.
    package struct Message: Sendable {
        fileprivate let whole: Set<String>
        fileprivate let parts: [Set<String>]

        /// Reads a message.
        package init(_ text: String) {
            // A long message may ask in one of its sentences.
            let sentences = text.beginning(4000).utf8.split { Self.ends.contains($0) }
            let words = sentences.map { Set(Words.content(of: String(Substring($0)))) }
            whole = words.reduce(into: []) { $0.formUnion($1) }
            parts = (words.count == 1 ? [] : words.prefix(20).filter { !$0.isEmpty }) + [whole]
        }

        private static let ends = Array(".?!\n;".utf8)
    }

    /// Most of the example must be there; what the customer says beyond it counts a little against.
    private static func overlap(_ example: Set<String>, _ message: Set<String>) -> Double {
        let shared = example.count { word in message.contains(word) || message.contains { Words.isNear(word, $0) } }
        let recall = Double(shared) / Double(example.count)
        let precision = Double(min(shared, message.count)) / Double(message.count)
        return recall * (0.6 + 0.4 * precision)
    }

    private struct Source: Hashable {
        var examples: [String]
        var keywords: String
    }

    /// Phrases, and the words made of them.
    private final class Phrases: Sendable {
        let examples: [Set<String>]
        private let keywords: Set<String>

        init(_ source: Source) {
            examples = source.examples.map { Set(Words.content(of: $0)) }.filter { !$0.isEmpty }
            keywords = Set(Words.content(of: source.keywords)).subtracting(Self.generic)
        }

        func keywordScore(_ message: Set<String>) -> Double {
            let shared = keywords.count { word in
                message.contains(word) || message.contains { Words.isNear(word, $0) }
            }
            return [0, 0.55, 0.75, 0.85, 0.9][min(shared, 4)]
        }

        /// Words of descriptions that say nothing about the subject.
        private static let generic = Set(
            "anything question issue problem customer order topic related matter ask kunde frage problem thema".split(
                separator: " "
            ).map { Words.stem(String($0)) })
    }

    /// More than a team's topics, scenarios and actions together.
    private static let capacity = 4000
    private static let known = Locked<[Source: Phrases]>([:])
}
