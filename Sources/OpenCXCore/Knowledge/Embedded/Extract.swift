/// Picks what answers a question out of a passage: the sentences that speak of it, with their steps, lists and tables whole.
struct Extract {
    /// About how much text an answer has, in characters; a list may go beyond it rather than be cut.
    static let length = 700

    /// How many different words of a question count.
    static let wordLimit = 60

    let question: Set<String>
    private let wantsSteps: Bool

    init(question: String, matched: [String] = []) {
        // What a question asks stands in its first words; a pasted log after them only costs time.
        let words = matched.map { Words.stem($0.lowercased()) } + Words.content(of: question.beginning(4000))
        var distinct: Set<String> = []
        for word in words where distinct.count < Self.wordLimit { distinct.insert(word) }
        self.question = distinct
        // "How do I …?" is answered by steps, if there are any.
        wantsSteps = HowTo.isAsked(in: question)
    }

    /// The passage that answers, out of those of one article, and its answer as CommonMark.
    ///
    /// - Parameter found: the passages that the search found, best first; the others have to be clearly better.
    func best(of passages: [Passage], found: [PassageID]) -> (passage: Passage, text: RedactedText)? {
        let scored = passages.map { passage in
            let blocks = scoredBlocks(of: passage)
            let heading = score(passage.headings.map(\.text).joined(separator: " "))
            let body = blocks.map { $0.score + bonus($0.block) }.max() ?? 0
            let place = found.prefix(3).firstIndex(of: passage.id) ?? 3
            // The first lines of an article answer what its title asks.
            let lead = passage.ordinal == 0 && passage.headings.isEmpty ? 0.4 * score(passage.title.text) : 0
            return (passage, blocks, body + 0.5 * heading + lead - 0.1 * Double(place))
        }
        guard let (passage, blocks, _) = scored.max(by: { $0.2 < $1.2 }) else { return nil }
        return (passage, RedactedText(derived: text(from: blocks), from: passage.markdown))
    }

    /// A block and how much of the question it speaks of, worked out once.
    private typealias ScoredBlock = (block: MarkdownBlock, score: Double)

    private func scoredBlocks(of passage: Passage) -> [ScoredBlock] {
        MarkdownBlock.all(in: passage.markdown.text).map { ($0, score($0.text)) }
    }

    private func text(from scored: [ScoredBlock]) -> String {
        let blocks = scored.map(\.block)
        guard let best = bestBlock(of: scored) else { return "" }
        var chosen = best...best
        var size = blocks[best].text.count
        // A list without the sentence that introduces it hangs in the air, and so does that sentence without its list.
        if best > 0, blocks[best].kind != .paragraph, blocks[best - 1].kind == .paragraph {
            chosen = (best - 1)...best
            size += blocks[best - 1].text.count
        }
        while chosen.upperBound + 1 < blocks.count {
            let next = blocks[chosen.upperBound + 1]
            let isAnnounced = blocks[chosen.upperBound].text.hasSuffix(":") && next.kind != .paragraph
            guard isAnnounced || (size + next.text.count <= Self.length && isRelated(scored[chosen.upperBound + 1]))
            else { break }
            chosen = chosen.lowerBound...(chosen.upperBound + 1)
            size += next.text.count
        }
        let text = blocks[chosen].map { $0.kind == .paragraph ? shortened($0.text, size) : $0.text }
        return text.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private func bonus(_ block: MarkdownBlock) -> Double {
        switch block.kind {
        case .list: wantsSteps && block.text.first?.isNumber == true ? 0.6 : 0.1
        case .quote: -0.3
        default: 0
        }
    }

    private func bestBlock(of blocks: [ScoredBlock]) -> Int? {
        let scores = blocks.enumerated().map { place, scored in
            // The first block of a passage usually answers its heading.
            scored.score + (place == 0 ? 0.35 : 0) + bonus(scored.block)
        }
        return scores.indices.max { scores[$0] < scores[$1] }
    }

    private func isRelated(_ scored: ScoredBlock) -> Bool {
        scored.block.kind != .paragraph || scored.score > 0
    }

    /// How much of the question a text speaks of.
    private func score(_ text: String) -> Double {
        guard !question.isEmpty else { return 0 }
        let words = Set(Words.content(of: text))
        let shared = question.count { word in words.contains(word) || words.contains { Words.isNear(word, $0) } }
        return Double(shared) / Double(question.count)
    }

    /// A long paragraph without the sentences that say nothing about the question; order is kept.
    private func shortened(_ paragraph: String, _ size: Int) -> String {
        guard size > Self.length, paragraph.count > 300 else { return paragraph }
        let sentences = Sentences.all(in: paragraph)
        guard sentences.count > 2 else { return paragraph }
        let scores = sentences.map(score)
        let ranked = sentences.indices.sorted { a, b in
            (scores[a], b) > (scores[b], a)
        }
        var kept: Set<Int> = []
        var length = 0
        for place in ranked where length < Self.length / 2 || sentences[place].hasSuffix(":") {
            kept.insert(place)
            length += sentences[place].count
        }
        return kept.sorted().map { sentences[$0] }.joined(separator: " ")
    }
}
