public import OpenCXCore

/// Handoffs to HubSpot: as a ticket with the transcript, or in place, where the conversation lives in HubSpot.
///
/// HubSpot knows no idempotency keys. A second try looks for what an earlier one has written, by a mark that tickets,
/// notes and comments carry, and goes on from there. Where it looks, it reads records from where they are kept;
/// HubSpot's search, which is up to half a minute behind, is asked only for customers without an address. With
/// ``HubSpotProperties/handoffKey`` HubSpot itself refuses a second ticket for the same handoff.
public struct HubSpotHelpdesk: Helpdesk {
    /// Names the helpdesk.
    public let id: HelpdeskID

    private let account: HubSpotAccount

    /// Makes a helpdesk.
    ///
    /// - Parameters:
    ///   - id: names the helpdesk; stays the same from run to run.
    ///   - account: the account.
    public init(id: HelpdeskID = "hubspot", of account: HubSpotAccount) {
        self.id = id
        self.account = account
    }

    /// Hands a conversation over.
    ///
    /// One that lives in HubSpot gets a comment for the team, and its ticket passes to the configured owner, or to
    /// nobody. Another becomes a ticket of the customer's, found by their address or made, with the transcript as
    /// notes; a session that has a ticket goes on in it.
    ///
    /// - Throws: `HelpdeskError`.
    public func open(_ handoff: HandoffPackage) async throws -> HelpdeskReceipt {
        do {
            return HelpdeskReceipt(reference: try await reference(of: handoff).text)
        } catch let failure as HubSpotFailure {
            throw failure.helpdeskError
        }
    }

    private func reference(of handoff: HandoffPackage) async throws -> HubSpotReference {
        let known = handoff.reference.flatMap(HubSpotReference.init)
        do {
            switch known {
            case .thread(let thread):
                try await HubSpotThreadHandoff(account: account, thread: thread).run(handoff)
                return .thread(thread)
            case .ticket(let ticket):
                try await HubSpotTicketHandoff(account: account).append(handoff, to: ticket)
                return .ticket(ticket)
            case nil: break
            }
        } catch let failure as HubSpotFailure where failure.isMissing {
            // Somebody has deleted it. The customer still waits.
        }
        return .ticket(try await HubSpotTicketHandoff(account: account).open(handoff))
    }

    /// Adds what the customer has written since to the ticket, and opens one that was done.
    ///
    /// - Throws: `HelpdeskError`.
    public func append(_ followUp: FollowUp) async throws {
        do {
            try await HubSpotFollowUp(account: account).run(followUp)
        } catch let failure as HubSpotFailure where failure.isMissing {
            // Somebody has deleted the ticket; the built-in inbox has the message.
        } catch let failure as HubSpotFailure {
            throw failure.helpdeskError
        }
    }

    /// Notes the end of a session, and closes its conversation or ticket, if nobody has taken it. Who has it is read
    /// right before.
    ///
    /// - Throws: `HelpdeskError`.
    public func end(_ ending: ConversationEnding) async throws -> EndingOutcome {
        do {
            return try await HubSpotEnding(account: account).run(ending)
        } catch let failure as HubSpotFailure where failure.isMissing {
            return .left("HubSpot does not have the conversation any more.")
        } catch let failure as HubSpotFailure {
            throw failure.helpdeskError
        }
    }

    /// Verifies a webhook and tells what people did to tickets: closed them, opened them again, took them, and what
    /// they sent to the customer from them.
    ///
    /// - Throws: `ChannelError`, like ``HubSpotChannel/events(in:)``.
    public func events(in request: WebhookRequest) async throws -> [TeamEvent] {
        let events = try account.events(in: request)
        do {
            return try await HubSpotTicketReading(account: account).events(events)
        } catch let failure as HubSpotFailure {
            throw ChannelError(.unavailable, failure.message, retryAfter: failure.retryAfter)
        }
    }
}
