internal import HelpdeskSupport
internal import OpenCXCore

/// The end of a session, where HubSpot has its conversation.
struct HubSpotEnding: Sendable {
    let account: HubSpotAccount

    private var api: HubSpotAPI { account.api }
    private var configuration: HubSpotConfiguration { account.configuration }

    func run(_ ending: ConversationEnding) async throws -> EndingOutcome {
        switch HubSpotReference(ending.reference) {
        case .thread(let thread): return try await end(thread: thread, ending)
        case .ticket(let ticket): return try await end(ticket: ticket, ending)
        case nil: return .left("The conversation's name is none of HubSpot's.")
        }
    }

    private func text(_ ending: ConversationEnding) -> (mark: String, markdown: String) {
        let mark = HandoffText.marker(ending.idempotencyKey)
        let text = HandoffText.ending(ending, link: configuration.link(to: ending.session, ending.ticket))
        return (mark, HubSpotWords.cutKeeping(mark, of: text))
    }

    private func end(thread: String, _ ending: ConversationEnding) async throws -> EndingOutcome {
        let (mark, markdown) = text(ending)
        let comments = HubSpotComments(api: api, thread: thread)
        try await comments.post(markdown, mark: mark, isRetry: ending.isRetry, since: nil)
        let standing = try await HubSpotOwnership(api: api, configuration: configuration).standing(of: thread)
        if standing.thread.isClosed { return .done }
        switch standing.holder {
        case .ai: break
        case .person: return .left("A person has the conversation in HubSpot, so it was not closed.")
        case .nobody: return .left("The conversation in HubSpot is not the AI's, so it was not closed.")
        }
        try await api.closeThread(thread)
        return .done
    }

    private func end(ticket: String, _ ending: ConversationEnding) async throws -> EndingOutcome {
        let (mark, markdown) = text(ending)
        var known: [String] = []
        if ending.isRetry {
            let record = try await api.record(ticket, in: "tickets", association: "notes", for: .ticket)
            known = try await api.notes(HubSpotNotes.newest(record.associated))
        }
        let note = HubSpotNotes.Note(mark: mark, html: HubSpotWords.html(markdown), at: account.clock.now())
        try await HubSpotNotes(api: api, ticket: ticket).write([note], known: known)
        let record = try await api.record(ticket, in: "tickets", properties: HubSpotOwnership.properties, for: .ticket)
        let settings = configuration.tickets
        if record.properties["hs_pipeline_stage"].map(settings.closedStages.contains) == true { return .done }
        let owner = record.properties["hubspot_owner_id"]
        guard owner == nil || owner == configuration.aiOwnerID else {
            return .left("A person has the ticket in HubSpot, so it was not closed.")
        }
        guard let stage = settings.closingStage else {
            return .left("The configuration names no stage for tickets that are done.")
        }
        guard record.properties["hs_pipeline"] == settings.pipeline else {
            return .left("The ticket is in another pipeline than the configuration names.")
        }
        try await api.update(ticket: ticket, ["hs_pipeline_stage": stage])
        return .done
    }
}
