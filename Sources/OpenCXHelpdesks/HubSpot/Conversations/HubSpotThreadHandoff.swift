internal import HelpdeskSupport
internal import OpenCXCore

/// A handoff of a conversation that lives in HubSpot: a comment for the team, the ticket's owner and properties, and
/// the assignee where the configuration asks for it.
struct HubSpotThreadHandoff: Sendable {
    let account: HubSpotAccount
    let thread: String

    private var api: HubSpotAPI { account.api }
    private var configuration: HubSpotConfiguration { account.configuration }

    func run(_ handoff: HandoffPackage) async throws {
        let comments = HubSpotComments(api: api, thread: thread)
        let text = HandoffText.comment(handoff, link: configuration.link(to: handoff.session, handoff.ticket))
        try await comments.post(
            text, mark: HandoffText.marker(handoff.idempotencyKey), isRetry: handoff.isRetry, since: handoff.record.at)
        let ownership = HubSpotOwnership(api: api, configuration: configuration)
        let standing = try await ownership.standing(of: thread)
        // Who has taken it meanwhile keeps it. The ticket comes last: once it has passed on, the conversation is not
        // the AI's any more.
        if let assignee = configuration.handoffAssignee, standing.holder == .ai {
            try await api.assignThread(thread, to: assignee)
        }
        if let ticket = standing.ticket {
            try await HubSpotTicketWriting(account: account).hand(ticket, over: handoff)
        }
    }
}

/// Comments of ours in a conversation.
struct HubSpotComments: Sendable {
    let api: HubSpotAPI
    let thread: String

    /// Writes a comment, unless an earlier try has.
    ///
    /// - Parameters:
    ///   - markdown: the comment, with the mark in it.
    ///   - mark: what it is known by.
    ///   - isRetry: whether there may be one.
    ///   - since: it is not older than this; `nil` where that is not known.
    func post(_ markdown: String, mark: String, isRetry: Bool, since: Timestamp?) async throws {
        if isRetry {
            // HubSpot's clock may differ a little from ours.
            let since = (since ?? .epoch) - .seconds(300)
            var isThere = false
            try await api.messages(of: thread) { entry in
                if entry.type == "COMMENT", entry.text.contains(mark) { isThere = true }
                return !isThere && (entry.at ?? since) >= since
            }
            if isThere { return }
        }
        let text = HubSpotWords.cutKeeping(mark, of: markdown)
        try await api.comment(HubSpotWords.plain(text), html: HubSpotWords.html(text), on: thread)
    }
}
