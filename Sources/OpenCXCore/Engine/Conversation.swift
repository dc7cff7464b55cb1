/// A claim's history, read as a conversation.
struct Conversation {
    /// What the customer wrote since it was last dealt with.
    let pending: [Message]
    /// What was said before that, oldest first.
    let earlier: [Message]
    /// Whether all that is pending was written after the last thing that the AI said, and so may answer it.
    let followsReply: Bool

    init(_ claim: TurnClaim) {
        self.init(claim.history, settled: claim.session.settledSequence)
    }

    init(_ history: [HistoryEntry], settled: Int) {
        var pending: [Message] = []
        var earlier: [Message] = []
        var (firstPending, lastReply) = (Int.max, 0)
        // What a channel's page says before the customer writes is no answer to anything, and not even ours.
        var isOpening = history.first?.sequence == 1
        for entry in history {
            guard let message = entry.message else { continue }
            let isReply = message.author == .ai
            isOpening = isOpening && isReply
            if isOpening { continue }
            if isReply { lastReply = entry.sequence }
            if message.author == .customer, entry.sequence > settled {
                firstPending = min(firstPending, entry.sequence)
                pending.append(message)
            } else {
                earlier.append(message)
            }
        }
        self.pending = pending
        self.earlier = earlier
        followsReply = firstPending > lastReply
    }

    /// The pending messages as one question.
    var question: RedactedText { pending.map(\.text).joined(separator: "\n") }

    /// What to search for. "And to Switzerland?" means little without the question before it.
    var searchText: RedactedText {
        let question = question
        guard question.text.utf8.count < 60, let before = earlier.last(where: { $0.author == .customer }) else {
            return question
        }
        let words = WordList(question.text).words
        guard let lead = words.first, Self.leads.contains(lead),
            words.count(where: { !FunctionWords.contains($0) }) <= 2, SmallTalk.kind(of: question.text) == nil
        else { return question }
        return [before.text, question].joined(separator: "\n")
    }

    private static let leads = WordSet("and what how und wie or oder then dann et y")
}
