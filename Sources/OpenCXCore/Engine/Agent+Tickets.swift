/// A helpdesk tells of a ticket that may be ours, though we do not know its name yet.
struct ToldTooEarly: Error {}

extension Agent {
    /// How soon a failed handoff must be due again to count: one that timed out, and may have opened its ticket, is tried again
    /// within seconds. A helpdesk that has been down for longer is not asked to repeat what it tells of everybody else's tickets.
    private static let soon = Duration.seconds(10)

    /// How many entries are looked through; where more wait, one of the others may be it.
    private static let entriesLookedAt = 1000

    /// Whether a handoff to a helpdesk is on its way, so that its ticket may be there and we have not heard its name: a person is quick,
    /// the answer got lost, or the process that asked for the ticket was killed. What is told of it then would be lost.
    func mayBeOpeningTicket(at helpdesk: HelpdeskID) async throws -> Bool {
        let destination = OutboxDestination.helpdesk(helpdesk)
        // Nearly always nothing waits for the helpdesk, which is quickly found out.
        guard try await parts.store.nextDeliveryDue(to: destination) != nil else { return false }
        let entries = try await parts.store.outbox(.pending, limit: Self.entriesLookedAt)
        let soon = parts.clock.now() + Self.soon
        // An entry that somebody has taken up stays due; one that has failed is due at its next try.
        return entries.count == Self.entriesLookedAt
            || entries.contains { entry in
                guard case .handoff = entry.payload else { return false }
                return entry.destination == destination && entry.attempts > 0 && entry.dueAt <= soon
            }
    }
}
