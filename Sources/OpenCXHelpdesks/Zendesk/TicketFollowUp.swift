internal import HelpdeskSupport
internal import OpenCXCore

/// What a customer wrote after the handoff on its way into the ticket, as internal notes: the customer is on a channel of their own, and
/// Zendesk would mail them a copy of what is public.
///
/// A ticket that is closed, as one is that was merged into another, takes nothing any more. What is written then makes a follow-up
/// ticket, which carries the session's id like the first one, so that what people answer there finds the customer.
struct TicketFollowUp {
    private let followUp: FollowUp
    private let configuration: ZendeskConfiguration
    private let api: ZendeskAPI
    /// The notes that it takes, each with its mark.
    private let parts: [(mark: String, text: String)]

    /// How many of a closed ticket's follow-ups are looked at.
    private static let limit = 10

    init(_ followUp: FollowUp, configuration: ZendeskConfiguration, api: ZendeskAPI) {
        var plain = followUp
        plain.line.text = UnredactedText(PlainField.block(followUp.line.text.reveal(), limit: 200_000))
        plain.files = followUp.files.map { UnredactedText(PlainField.line($0.reveal(), limit: 200)) }
        self.followUp = followUp
        self.configuration = configuration
        self.api = api
        parts = HandoffText.followUp(plain, limit: TicketHandoff.commentLimit).enumerated().map { place, text in
            (HandoffText.marker(followUp.idempotencyKey, part: place + 1), text)
        }
    }

    func perform() async throws {
        // Nothing can be added to a ticket that is gone; the built-in inbox has the message.
        guard let id = Int64(followUp.reference), let ticket = try await api.ticket(id) else { return }
        if let open = try await ticket.isClosed ? follower(of: ticket) : ticket {
            return try await add(parts, to: open, isKnown: followUp.isRetry)
        }
        guard let first = parts.first else { return }
        let made = try await api.create(
            follower(of: ticket, beginning: first.text), key: StableHash.hex(followUp.idempotencyKey))
        try await add(Array(parts.dropFirst()), to: made.ticket, isKnown: made.isKnown)
    }

    private func add(_ parts: [(mark: String, text: String)], to ticket: ZendeskTicket, isKnown: Bool) async throws {
        let known = isKnown ? try await api.comments(of: ticket.id) : []
        for part in parts where !known.contains(where: { $0.holds(part.mark) }) {
            var change: [String: JSONValue] = ["comment": note(part.text)]
            // Who waits for the customer has to see that they wrote.
            if ["pending", "hold", "solved"].contains(ticket.status) { change["status"] = "open" }
            _ = try await api.update(ticket.id, change)
        }
    }

    private func note(_ text: String) -> JSONValue {
        ["body": .string(text), "public": false, "author_id": .integer(configuration.agent)]
    }

    /// The newest ticket of this session that follows a closed one and is not closed as well.
    private func follower(of closed: ZendeskTicket) async throws -> ZendeskTicket? {
        for id in closed.followUps.sorted(by: >).prefix(Self.limit) {
            if let ticket = try await api.ticket(id), !ticket.isClosed, ticket.externalID == followUp.session.rawValue {
                return ticket
            }
        }
        return nil
    }

    /// A ticket that follows a closed one. It inherits that one's tags.
    private func follower(of closed: ZendeskTicket, beginning text: String) -> JSONValue {
        var ticket: [String: JSONValue] = [
            "subject": .string(closed.subject ?? "Conversation with the AI agent (\(followUp.ticket))"),
            "comment": note(text), "external_id": .string(followUp.session.rawValue),
            "via_followup_source_id": .integer(closed.id),
        ]
        if let requester = closed.requester { ticket["requester_id"] = .integer(requester) }
        if let group = configuration.handoffGroup { ticket["group_id"] = .integer(group) }
        if let field = configuration.ticketNumberField {
            ticket["custom_fields"] = [["id": .integer(field), "value": .string(String(followUp.ticket.rawValue))]]
        }
        return .object(ticket)
    }
}
