internal import HelpdeskSupport
internal import OpenCXCore

/// A handoff as a ticket: the customer's record, the ticket with the summary, and the transcript as notes.
struct HubSpotTicketHandoff: Sendable {
    let account: HubSpotAccount

    private var api: HubSpotAPI { account.api }

    /// Makes a ticket, or finds the one that an earlier try made and completes it; returns its id.
    func open(_ handoff: HandoffPackage) async throws -> String {
        let contact = try await HubSpotContacts(api: api).find(handoff.contact)
        let search = HubSpotTicketSearch(account: account, handoff: handoff, contact: contact)
        if handoff.isRetry, let ticket = try await search.ticket() {
            try await complete(ticket, handoff)
            return ticket
        }
        let (ticket, isOld) = try await create(handoff, for: contact, search)
        if isOld {
            try await complete(ticket, handoff)
        } else {
            let notes = HubSpotNotes(api: api, ticket: ticket)
            try await notes.write(transcript(handoff))
        }
        return ticket
    }

    /// Goes on in a ticket that the session has: a note with the summary, the transcript, and the stage and owner of a
    /// ticket that waits for somebody.
    func append(_ handoff: HandoffPackage, to ticket: String) async throws {
        let record = try await api.record(
            ticket, in: "tickets", properties: HubSpotOwnership.properties,
            association: handoff.isRetry ? "notes" : nil,
            for: .ticket)
        let notes = HubSpotNotes(api: api, ticket: ticket)
        let known = handoff.isRetry ? try await api.notes(HubSpotNotes.newest(record.associated)) : []
        let mark = HandoffText.marker(handoff.idempotencyKey)
        let link = account.configuration.link(to: handoff.session, handoff.ticket)
        let comment = HubSpotWords.cutKeeping(mark, of: HandoffText.comment(handoff, link: link))
        let summary = HubSpotNotes.Note(mark: mark, html: HubSpotWords.html(comment), at: handoff.record.at)
        try await notes.write([summary] + transcript(handoff), known: known)
        try await HubSpotTicketWriting(account: account).hand(record, over: handoff)
    }

    private func complete(_ ticket: String, _ handoff: HandoffPackage) async throws {
        let record = try await api.record(ticket, in: "tickets", association: "notes", for: .ticket)
        let known = try await api.notes(HubSpotNotes.newest(record.associated))
        try await HubSpotNotes(api: api, ticket: ticket).write(transcript(handoff), known: known)
    }

    /// Makes the ticket. Where HubSpot refuses its properties, it has one for this handoff already, or one of the
    /// names or values in the configuration does not fit: then the ticket is made without them, for the customer waits.
    private func create(
        _ handoff: HandoffPackage, for contact: String?, _ search: HubSpotTicketSearch
    ) async throws -> (id: String, isOld: Bool) {
        let writing = HubSpotTicketWriting(account: account)
        let associations = contact.map { [($0, HubSpotAPI.Association.ticketToContact)] } ?? []
        let plain = writing.properties(of: handoff)
        let custom = writing.customProperties(of: handoff)
        do {
            let all = plain.merging(custom, uniquingKeysWith: { $1 })
            return (try await api.create(in: "tickets", all, associations: associations, for: .ticket), false)
        } catch let failure as HubSpotFailure where failure.isRefusal && !custom.isEmpty {
            if let ticket = try await search.ticketByKey() { return (ticket, true) }
            return (try await api.create(in: "tickets", plain, associations: associations, for: .ticket), false)
        }
    }

    private func transcript(_ handoff: HandoffPackage) -> [HubSpotNotes.Note] {
        // Escaped, a byte may become six.
        HandoffText.transcript(handoff, limit: HubSpotWords.limit / 6).enumerated().map { place, text in
            let mark = HandoffText.marker(handoff.idempotencyKey, part: place + 1)
            return HubSpotNotes.Note(mark: mark, html: HubSpotWords.escaped(text), at: handoff.record.at)
        }
    }
}
