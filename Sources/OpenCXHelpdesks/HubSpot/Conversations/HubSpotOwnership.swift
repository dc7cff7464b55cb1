internal import OpenCXCore

/// Who has a conversation: its assignee, and the owner of its ticket.
///
/// Version 3 of the API cannot change an assignee, so a conversation that was handed off may still be assigned to the
/// AI's user. A ticket that a person owns is that person's for all that.
struct HubSpotOwnership: Sendable {
    let api: HubSpotAPI
    let configuration: HubSpotConfiguration

    /// A conversation and who has it.
    struct Standing: Sendable {
        var thread: HubSpotThread
        /// The ticket that belongs to it, if there is one.
        var ticket: HubSpotAPI.Record?
        var holder: ConversationHolder
    }

    /// The properties that tell who has a ticket and how far it is.
    static let properties = ["hubspot_owner_id", "hs_pipeline", "hs_pipeline_stage"]

    func standing(of thread: String) async throws -> Standing {
        try await standing(of: try await api.thread(thread))
    }

    func standing(of thread: HubSpotThread) async throws -> Standing {
        var ticket: HubSpotAPI.Record?
        if let id = thread.ticketID {
            do {
                ticket = try await api.record(id, in: "tickets", properties: Self.properties, for: .ticket)
            } catch let failure as HubSpotFailure where failure.isMissing {
                ticket = nil
            }
        }
        let owner = ticket?.properties["hubspot_owner_id"]
        return Standing(thread: thread, ticket: ticket, holder: holder(assignee: thread.assignee, owner: owner))
    }

    func holder(assignee: HubSpotActor?, owner: String?) -> ConversationHolder {
        if let owner, owner != configuration.aiOwnerID { return .person(HubSpotActor.person(owner: owner)) }
        guard let assignee else { return configuration.answersUnassigned ? .ai : .nobody }
        if assignee == HubSpotActor(user: configuration.aiUserID) { return .ai }
        // Bots, and HubSpot's own AI, answer for themselves.
        return assignee.isAgent ? .person(assignee.person) : .nobody
    }
}
