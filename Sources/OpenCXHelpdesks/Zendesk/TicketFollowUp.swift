internal import HelpdeskSupport
internal import OpenCXCore

/// What a customer wrote after the handoff on its way into the ticket, as internal notes: the customer is on a channel of their own, and
/// Zendesk would mail them a copy of what is public.
struct TicketFollowUp {
    let followUp: FollowUp
    let configuration: ZendeskConfiguration
    let api: ZendeskAPI

    func perform() async throws {
        // Nothing can be added to a ticket that is closed or gone; the built-in inbox has the message.
        guard let id = Int64(followUp.reference), let ticket = try await api.ticket(id), !ticket.isClosed else {
            return
        }
        let known = followUp.isRetry ? try await api.comments(of: id) : []
        var plain = followUp
        plain.line.text = UnredactedText(PlainField.block(followUp.line.text.reveal(), limit: 200_000))
        plain.files = followUp.files.map { UnredactedText(PlainField.line($0.reveal(), limit: 200)) }
        for (place, part) in HandoffText.followUp(plain, limit: TicketHandoff.commentLimit).enumerated() {
            let mark = HandoffText.marker(followUp.idempotencyKey, part: place + 1)
            if known.contains(where: { $0.holds(mark) }) { continue }
            var change: [String: JSONValue] = [
                "comment": ["body": .string(part), "public": false, "author_id": .integer(configuration.agent)]
            ]
            // Who waits for the customer has to see that they wrote.
            if ["pending", "hold", "solved"].contains(ticket.status) { change["status"] = "open" }
            _ = try await api.update(id, change)
        }
    }
}
