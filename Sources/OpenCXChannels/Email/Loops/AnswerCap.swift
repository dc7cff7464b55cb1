internal import OpenCXCore

/// How much the agent says by itself in a conversation, and to a customer. Two machines that know no rules would else write to each
/// other for ever; a person who writes as often gets a person.
///
/// It goes by the history, so it says the same of a message however often that is tried, in every process, and after a restart.
struct AnswerCap: Sendable {
    let sessions: any TeamStore
    let channel: ChannelID
    let limit: Int
    let window: Duration

    /// How many times as much a customer may be told in all conversations together. Whoever writes in somebody else's name, each
    /// time in a conversation of its own, must not have us flood them.
    private static let conversations = 3
    private static let pageSize = 100

    /// Whether the AI's message is one of the first within the window that ends with it.
    func allows(_ message: OutboundMessage) async throws -> Bool {
        let end = message.message.at
        let query = SessionQuery(channel: channel, contact: message.contact.id, updatedSince: end - window)
        var (inThread, toCustomer) = (0, 0)
        var cursor: SessionCursor?
        repeat {
            let page = try await sessions.sessions(matching: query, after: cursor, limit: Self.pageSize)
            for session in page.sessions {
                let count = try await count(in: session, until: message.message)
                toCustomer += count
                if session.thread == message.thread { inThread += count }
                if inThread > limit || toCustomer > Self.conversations * limit { return false }
            }
            cursor = page.next
        } while cursor != nil
        return true
    }

    /// What the AI said in a session within the window, up to a message and with it.
    private func count(in session: Session, until message: Message) async throws -> Int {
        var count = 0
        var end = session.lastSequence
        while end > 0 {
            let start = max(0, end - Self.pageSize)
            let page = try await sessions.history(session.id, after: start, limit: end - start)
            // Of what was said in the same moment, what stands before it.
            let last = page.first { $0.message?.id == message.id }?.sequence
            if last != nil { count = 0 }
            count += page.count { entry in
                entry.message?.author == .ai && entry.at > message.at - window && entry.at <= message.at
                    && last.map { entry.sequence <= $0 } ?? true
            }
            guard let first = page.first, first.at > message.at - window, count <= Self.conversations * limit else {
                break
            }
            end = start
        }
        return count
    }
}
