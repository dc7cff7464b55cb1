internal import HelpdeskSupport
internal import OpenCXCore

/// What a customer wrote after the handoff, as notes on the ticket; a ticket that was done is opened again.
struct HubSpotFollowUp: Sendable {
    let account: HubSpotAccount

    func run(_ followUp: FollowUp) async throws {
        // A conversation in HubSpot has the message already.
        guard case .ticket(let ticket)? = HubSpotReference(followUp.reference) else { return }
        let api = account.api
        let record = try await api.record(
            ticket, in: "tickets", properties: HubSpotOwnership.properties,
            association: followUp.isRetry ? "notes" : nil, for: .ticket)
        let known = followUp.isRetry ? try await api.notes(HubSpotNotes.newest(record.associated)) : []
        // Escaped, a byte may become six.
        let parts = HandoffText.followUp(followUp, limit: HubSpotWords.limit / 6)
        let notes = parts.enumerated().map { place, text in
            HubSpotNotes.Note(
                mark: HandoffText.marker(followUp.idempotencyKey, part: place + 1), html: HubSpotWords.escaped(text),
                at: followUp.line.at)
        }
        try await HubSpotNotes(api: api, ticket: ticket).write(notes, known: known)
        let settings = account.configuration.tickets
        // Stages are a pipeline's; a ticket of another one keeps its own.
        if record.properties["hs_pipeline"] == settings.pipeline,
            record.properties["hs_pipeline_stage"].map(settings.closedStages.contains) == true
        {
            try await api.update(ticket: ticket, ["hs_pipeline_stage": settings.stage])
        }
    }
}
