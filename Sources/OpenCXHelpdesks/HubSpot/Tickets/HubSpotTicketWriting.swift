internal import HelpdeskSupport
internal import OpenCXCore

/// What a ticket says.
struct HubSpotTicketWriting: Sendable {
    let account: HubSpotAccount

    private var settings: HubSpotTicketSettings { account.configuration.tickets }

    /// What every ticket has.
    func properties(of handoff: HandoffPackage) -> [String: String] {
        let about = handoff.record.topic ?? handoff.summary.reveal()
        let mark = HandoffText.marker(handoff.idempotencyKey)
        let link = account.configuration.link(to: handoff.session, handoff.ticket)
        let comment = HubSpotWords.plain(HandoffText.comment(handoff, link: link))
        let text = [comment, "Customer: " + customer(handoff.contact), "Tags: " + handoff.tags.joined(separator: ", ")]
        var properties = [
            "subject": HubSpotWords.line("\(handoff.ticket) \(about)", limit: 200),
            "content": HubSpotWords.cutKeeping(mark, of: text.joined(separator: "\n")),
            "hs_pipeline": settings.pipeline, "hs_pipeline_stage": settings.stage,
        ]
        if let owner = settings.ownerID { properties["hubspot_owner_id"] = owner }
        return properties
    }

    /// What the configuration has names for.
    func customProperties(of handoff: HandoffPackage) -> [String: String] {
        let names = settings.properties
        let values = [
            (names.handoffKey, HubSpotWords.key(handoff.idempotencyKey)), (names.session, handoff.session.rawValue),
            (names.ticketNumber, "\(handoff.ticket.rawValue)"), (names.tags, handoff.tags.joined(separator: ";")),
            (names.sentiment, handoff.record.sentiment.rawValue),
            (names.reasons, handoff.record.reasons.map(\.rawValue).joined(separator: ";")),
            (names.channel, handoff.channelKind.rawValue),
        ]
        var properties: [String: String] = [:]
        for (name, value) in values {
            if let name { properties[name] = HubSpotWords.line(value, limit: 5000) }
        }
        return properties
    }

    /// Makes a ticket that is there wait for a person: the owner, unless somebody has it; an open stage; what it
    /// carries.
    func hand(_ ticket: HubSpotAPI.Record, over handoff: HandoffPackage) async throws {
        var plain: [String: String] = [:]
        let owner = ticket.properties["hubspot_owner_id"]
        if owner == nil || owner == account.configuration.aiOwnerID, owner != settings.ownerID {
            plain["hubspot_owner_id"] = settings.ownerID ?? ""
        }
        // Stages are a pipeline's; a ticket of another one keeps its own.
        if ticket.properties["hs_pipeline"] == settings.pipeline,
            ticket.properties["hs_pipeline_stage"].map(settings.closedStages.contains) == true
        {
            plain["hs_pipeline_stage"] = settings.stage
        }
        var custom = customProperties(of: handoff)
        // It names the handoff that made the ticket.
        if let key = settings.properties.handoffKey { custom[key] = nil }
        let all = plain.merging(custom, uniquingKeysWith: { $1 })
        if all.isEmpty { return }
        do {
            try await account.api.update(ticket: ticket.id, all)
        } catch let failure as HubSpotFailure where failure.isRefusal && !custom.isEmpty {
            if !plain.isEmpty { try await account.api.update(ticket: ticket.id, plain) }
        }
    }

    private func customer(_ contact: Contact) -> String {
        let known = [contact.name, contact.email, contact.phone].compactMap { $0 }.map {
            HubSpotWords.line($0, limit: 300)
        }
        if known.isEmpty { return "unknown" }
        return known.joined(separator: ", ") + (contact.isVerified ? "" : " (not verified)")
    }
}
