/// Picks what answers a question out of a passage: the sentences that speak of it, with their steps, lists and tables whole.
struct Extract {
    /// About how much text an answer has, in characters; a list may go beyond it rather than be cut.
    static let length = 700

    private let question: Set<String>
    private let wantsSteps: Bool

    init(question: String, matched: [String] = []) {
        self.question = Set(Words.content(of: question) + matched.map { Words.stem($0.lowercased()) })
        // "How do I …?" is answered by steps, if there are any.
        wantsSteps = HowTo.isAsked(in: question)
    }

    /// The passage that answers, out of those of one article, and its answer as CommonMark.
    ///
    /// - Parameter found: the passages that the search found, best first; the others have to be clearly better.
    func best(of passages: [Passage], found: [PassageID]) -> (passage: Passage, text: RedactedText)? {
        let scored = passages.map { passage in
            let blocks = MarkdownBlock.all(in: passage.markdown.text)
            let heading = score(passage.headings.map(\.text).joined(separator: " "))
            let body = blocks.map { score($0.text) + bonus($0) }.max() ?? 0
            let place = found.prefix(3).firstIndex(of: passage.id) ?? 3
            // The first lines of an article answer what its title asks.
            let lead = passage.ordinal == 0 && passage.headings.isEmpty ? 0.4 * score(passage.title.text) : 0
            return (passage, body + 0.5 * heading + lead - 0.1 * Double(place))
        }
        guard let best = scored.max(by: { $0.1 < $1.1 })?.0 else { return nil }
        return (best, text(from: best))
    }

    /// The answer out of one passage, as CommonMark.
    func text(from passage: Passage) -> RedactedText {
        let blocks = MarkdownBlock.all(in: passage.markdown.text)
        guard let best = bestBlock(of: blocks) else { return .empty }
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
            guard isAnnounced || (size + next.text.count <= Self.length && isRelated(next)) else { break }
            chosen = chosen.lowerBound...(chosen.upperBound + 1)
            size += next.text.count
        }
        let text = blocks[chosen].map { $0.kind == .paragraph ? shortened($0.text, size) : $0.text }
        return RedactedText(derived: text.filter { !$0.isEmpty }.joined(separator: "\n\n"), from: passage.markdown)
    }

    private func bonus(_ block: MarkdownBlock) -> Double {
        switch block.kind {
        case .list: wantsSteps && block.text.first?.isNumber == true ? 0.6 : 0.1
        case .quote: -0.3
        default: 0
        }
    }

    private func bestBlock(of blocks: [MarkdownBlock]) -> Int? {
        let scores = blocks.enumerated().map { place, block in
            // The first block of a passage usually answers its heading.
            score(block.text) + (place == 0 ? 0.35 : 0) + bonus(block)
        }
        return scores.indices.max { scores[$0] < scores[$1] }
    }

    private func isRelated(_ block: MarkdownBlock) -> Bool {
        block.kind != .paragraph || score(block.text) > 0
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
        let ranked = sentences.indices.sorted { a, b in
            (score(sentences[a]), b) > (score(sentences[b]), a)
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
