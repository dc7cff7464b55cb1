internal import HelpdeskSupport
internal import OpenCXCore

/// Looks for the ticket that an earlier try of a handoff may have made.
///
/// HubSpot's search finds a new ticket only after some seconds, so a try that follows quickly would make a second one.
/// First comes what is read from where it is kept: the ticket by its unique property, then those of the customer's
/// record. Only for a customer without a record the search has to do.
struct HubSpotTicketSearch: Sendable {
    let account: HubSpotAccount
    let handoff: HandoffPackage
    let contact: String?

    private var api: HubSpotAPI { account.api }
    private var mark: String { HandoffText.marker(handoff.idempotencyKey) }
    /// HubSpot's clock may differ a little from ours.
    private var since: Timestamp { handoff.record.at - .seconds(300) }
    /// How many tickets are looked at.
    private static let limit = 30

    func ticket() async throws -> String? {
        if let ticket = try await ticketByKey() { return ticket }
        if let contact { return try await ticket(of: contact) }
        let found = try await api.search(
            "tickets",
            [
                ("createdate", "GTE", String(since.milliseconds)),
                ("content", "CONTAINS_TOKEN", HubSpotWords.key(handoff.idempotencyKey)),
            ], properties: ["content"], for: .ticket)
        return found.first { $0.properties["content"]?.contains(mark) == true }?.id
    }

    /// The ticket by the property that names the handoff, where there is one.
    func ticketByKey() async throws -> String? {
        guard let property = account.configuration.tickets.properties.handoffKey else { return nil }
        do {
            let key = HubSpotWords.key(handoff.idempotencyKey)
            return try await api.record(key, in: "tickets", by: property, for: .ticket).id
        } catch let failure as HubSpotFailure where failure.isMissing || failure.isRefusal {
            // None has it, or the property is not unique and finds nothing.
            return nil
        }
    }

    private func ticket(of contact: String) async throws -> String? {
        let record = try await api.record(contact, in: "contacts", association: "tickets", for: .contact)
        // Ids grow, by and large: the newest come first, and after a few that are older than the handoff it is not there.
        var older = 0
        for id in HubSpotNotes.newest(record.associated, limit: Self.limit) {
            let ticket: HubSpotAPI.Record
            do {
                ticket = try await api.record(id, in: "tickets", properties: ["content"], for: .ticket)
            } catch let failure as HubSpotFailure where failure.isMissing {
                continue
            }
            if ticket.properties["content"]?.contains(mark) == true { return id }
            if let at = ticket.createdAt, at < since { older += 1 }
            if older == 5 { return nil }
        }
        return nil
    }
}
