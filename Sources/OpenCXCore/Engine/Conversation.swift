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
        var entries = history.compactMap { entry in entry.message.map { (entry.sequence, $0) } }
        // What a channel's page says before the customer writes is no answer to anything, and not even ours.
        if history.first?.sequence == 1 { entries = Array(entries.drop { $0.1.author == .ai }) }
        pending = entries.filter { $0.0 > settled && $0.1.author == .customer }.map(\.1)
        let lastReply = entries.last { $0.1.author == .ai }?.0 ?? 0
        followsReply = entries.allSatisfy { $0.0 <= settled || $0.1.author != .customer || $0.0 > lastReply }
        earlier = entries.filter { $0.0 <= settled || $0.1.author != .customer }.map(\.1)
    }

    /// The pending messages as one question.
    var question: RedactedText { pending.map(\.text).joined(separator: "\n") }

    /// What to search for. "And to Switzerland?" means little without the question before it.
    var searchText: RedactedText {
        guard Words.content(of: question.text).count <= 2, SmallTalk.kind(of: question.text) == nil,
            let before = earlier.last(where: { $0.author == .customer }), question.text.utf8.count < 60,
            let lead = Words.all(in: question.text).first,
            ["and", "what", "how", "und", "wie", "or", "oder", "then", "dann", "et", "y"].contains(lead)
        else { return question }
        return [before.text, question].joined(separator: "\n")
    }
}
