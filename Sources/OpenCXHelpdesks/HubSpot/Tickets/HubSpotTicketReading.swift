internal import OpenCXCore

/// What events tell of tickets that sessions were handed off to.
struct HubSpotTicketReading: Sendable {
    let account: HubSpotAccount

    private var configuration: HubSpotConfiguration { account.configuration }

    /// - Throws: ``HubSpotFailure``.
    func events(_ told: [HubSpotEvent]) async throws -> [TeamEvent] {
        var seen: Set<String> = []
        let wanted = told.filter { event in
            switch (event.subject, event.kind) {
            case (.ticket, _): true
            case (.conversation, .newMessage(let message?)):
                configuration.passesRepliesOn && !event.isComment && seen.insert(message).inserted
            default: false
            }
        }
        return try await HubSpotAPI.each(wanted) { event in
            switch (event.subject, event.kind) {
            case (.ticket, _):
                try await isStillSo(event)
                    ? activity(event).map { TeamEvent($0, in: .ticket(event.objectID), providerID: event.providerID) }
                    : nil
            case (.conversation, .newMessage(let message?)): try await reply(message, in: event.objectID)
            default: nil
            }
        }.compactMap { $0 }
    }

    /// HubSpot tells what was not taken again for a day, in any order: that a ticket was closed may come after it was
    /// opened again. So what is told late counts only if the ticket still is as it says.
    private func isStillSo(_ event: HubSpotEvent) async throws -> Bool {
        guard case .propertyChange(name: "hs_pipeline_stage", let stage?) = event.kind,
            account.clock.now() - Timestamp(milliseconds: event.occurredAt) > Self.fresh
        else { return true }
        do {
            let now = try await account.api.record(
                event.objectID, in: "tickets", properties: ["hs_pipeline_stage"], for: .ticket
            ).properties["hs_pipeline_stage"]
            let closed = configuration.tickets.closedStages
            return now.map(closed.contains) == closed.contains(stage)
        } catch let failure as HubSpotFailure where failure.isMissing {
            // That it was deleted is told by another event.
            return false
        }
    }

    /// How old an event may be that nobody reads the ticket for.
    private static let fresh = Duration.seconds(60)

    /// What is told holds the new value, so the ticket need not be read: an account may change thousands that are not
    /// ours.
    private func activity(_ event: HubSpotEvent) -> TeamEvent.Activity? {
        let person = event.user.map { HubSpotActor(user: $0).person }
        switch event.kind {
        case .propertyChange(name: "hs_pipeline_stage", let stage?):
            return configuration.tickets.closedStages.contains(stage)
                ? .ended(.closedResolved, by: person) : .reopened(by: person)
        case .propertyChange(name: "hubspot_owner_id", let owner?):
            return owner == configuration.aiOwnerID
                ? .changed(UnredactedText("The ticket belongs to the AI's user."), by: person)
                : .took(HubSpotActor.person(owner: owner))
        case .propertyChange(name: "hubspot_owner_id", nil):
            return .changed(UnredactedText("The ticket has no owner."), by: person)
        case .deletion, .privacyDeletion: return .ended(.closedUnresolved, by: person)
        default: return nil
        }
    }

    /// What a person sent to the customer from a ticket. Conversations that the AI answers in place have no session
    /// under their ticket, so nothing is told twice.
    private func reply(_ id: String, in thread: String) async throws -> TeamEvent? {
        let api = account.api
        do {
            let message = try await api.message(id, of: thread)
            guard message.type == "MESSAGE", message.isOutgoing,
                let person = message.person(but: HubSpotActor(user: configuration.aiUserID)),
                let ticket = try await api.thread(thread).ticketID
            else { return nil }
            let text = try await HubSpotWords.whole(message, of: thread, api)
            return TeamEvent(
                .replied(by: person, UnredactedText(text), attachments: message.attachments), in: .ticket(ticket),
                providerID: "message-" + message.id)
        } catch let failure as HubSpotFailure where failure.isMissing {
            return nil
        }
    }
}
