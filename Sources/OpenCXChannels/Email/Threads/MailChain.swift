internal import OpenCXCore

/// The mails of a conversation, put together again from its history: which one an answer answers, and what came before (RFC 5322,
/// section 3.6.4). It says the same in every process, and after a restart.
struct MailChain: Equatable {
    /// The mail that is answered.
    var inReplyTo: String?
    /// The conversation up to it, oldest first, and with it.
    var references: [String] = []

    /// - Parameters:
    ///   - message: what is being sent.
    ///   - history: the session's history up to it, or the end of that.
    ///   - root: the id of the mail that the thread began with, where it is known.
    ///   - ownID: the id of what we have sent because of an entry.
    init?(to message: Message, history: [HistoryEntry], root: String?, ownID: (_ sequence: Int) -> String) {
        var waiting: [Place] = []
        var sent: [Place] = []
        var last: Place?
        for entry in history {
            guard let said = entry.message else { continue }
            if said.id == message.id { break }
            switch said.author {
            case .customer:
                let id = said.providerID.flatMap { $0.hasSuffix(Self.madeUp) ? nil : $0 }
                let place = Place(sequence: entry.sequence, id: id)
                waiting.append(place)
                sent.append(place)
                last = place
            case .ai:
                // Each mail gets an answer of its own, in turn.
                if !waiting.isEmpty { waiting.removeFirst() }
                sent.append(Place(sequence: entry.sequence, id: ownID(entry.sequence)))
            case .person:
                waiting = []
                sent.append(Place(sequence: entry.sequence, id: ownID(entry.sequence)))
            }
        }
        let answered = message.author == .ai ? waiting.first ?? last : last
        guard let answered, let id = answered.id else { return nil }
        inReplyTo = id
        references = sent.filter { $0.sequence <= answered.sequence }.compactMap(\.id)
        if let root, !root.hasSuffix(Self.madeUp), references.first != root { references.insert(root, at: 0) }
    }

    /// How ids end that we give to mails without one.
    static let madeUp = "@without-id"

    private struct Place {
        var sequence: Int
        var id: String?
    }
}
