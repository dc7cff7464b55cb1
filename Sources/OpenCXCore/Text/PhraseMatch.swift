/// How close a message comes to phrases that somebody wrote down: a topic's examples, a scenario's questions, an action's.
///
/// Compares the words that carry meaning, rough stems and typing mistakes allowed. A trained classifier is better where there
/// are many examples; this one needs none to be useful.
package struct PhraseMatch: Sendable {
    private let examples: [Set<String>]
    private let keywords: Set<String>

    /// - Parameters:
    ///   - examples: whole messages.
    ///   - keywords: a description; each of its words speaks for a match, but none alone is enough for a sure one.
    package init(examples: [String], keywords: String = "") {
        self.examples = examples.map { Set(Words.content(of: $0)) }.filter { !$0.isEmpty }
        self.keywords = Set(Words.content(of: keywords)).subtracting(Self.generic)
    }

    /// Words of descriptions that say nothing about the subject.
    private static let generic = Set(
        "anything question issue problem customer order topic related matter ask kunde frage problem thema".split(
            separator: " "
        ).map { Words.stem(String($0)) })

    /// How well a message matches, in `0...1`.
    package func score(_ message: String) -> Double {
        let whole = Set(Words.content(of: String(message.prefix(4000))))
        guard !whole.isEmpty else { return 0 }
        var best = keywordScore(whole)
        // A long message may ask in one of its sentences.
        let parts = message.prefix(4000).split { ".?!\n;".contains($0) }.prefix(20)
        for part in parts.map({ Set(Words.content(of: String($0))) }) + [whole] where !part.isEmpty {
            for example in examples { best = max(best, Self.overlap(example, part)) }
        }
        return best
    }

    /// Most of the example must be there; what the customer says beyond it counts a little against.
    private static func overlap(_ example: Set<String>, _ message: Set<String>) -> Double {
        let shared = example.count { word in message.contains(word) || message.contains { Words.isNear(word, $0) } }
        let recall = Double(shared) / Double(example.count)
        let precision = Double(min(shared, message.count)) / Double(message.count)
        return recall * (0.6 + 0.4 * precision)
    }

    private func keywordScore(_ message: Set<String>) -> Double {
        let shared = keywords.count { word in message.contains(word) || message.contains { Words.isNear(word, $0) } }
        return [0, 0.55, 0.75, 0.85, 0.9][min(shared, 4)]
    }
}
