internal import HelpdeskSupport
public import OpenCXCore

/// Zendesk, where people work: handed off conversations become tickets, and what people do with them comes back.
///
/// A ticket's description is the summary, as an internal note, so that Zendesk mails it to nobody; the transcript follows in notes.
/// It carries the session's id as `external_id`, our number in the subject, and tags: `opencx`, `opencx_handedoff`,
/// `opencx_channel_…`, `opencx_sentiment_…` and the session's own. A conversation that lives in Zendesk (``ZendeskChannel``), or was
/// handed off before, goes on in its ticket, which is unassigned from the AI.
///
/// Mount ``/OpenCXCore/Agent/handle(_:at:)`` at the address of a webhook of Zendesk's that is subscribed to ticket events. Public
/// comments of people then go to the customer on the session's own channel; internal notes stay in Zendesk.
public struct ZendeskHelpdesk: Helpdesk {
    /// Names the helpdesk.
    public let id: HelpdeskID

    let configuration: ZendeskConfiguration
    let api: ZendeskAPI
    private let signature: ZendeskSignature
    private let clock: any AgentClock

    /// Makes a helpdesk; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - id: names the helpdesk; stays the same from run to run.
    ///   - configuration: the account.
    ///   - http: what sends.
    ///   - clock: tells whether a webhook is fresh.
    public init(
        id: HelpdeskID = "zendesk", _ configuration: ZendeskConfiguration, http: any HTTPClient, clock: any AgentClock
    ) {
        self.id = id
        self.configuration = configuration
        self.clock = clock
        api = ZendeskAPI(configuration, http: http)
        signature = ZendeskSignature(secrets: configuration.signingSecrets)
    }

    /// The kinds that the configuration names, or all.
    public func takes(_ kind: ChannelKind) -> Bool { configuration.handoffKinds?.contains(kind) ?? true }

    /// Creates a ticket, or goes on with the one that there is. A second try looks for what the first one got through.
    ///
    /// - Throws: `HelpdeskError`.
    public func open(_ handoff: HandoffPackage) async throws -> HelpdeskReceipt {
        do {
            return try await TicketHandoff(handoff, configuration: configuration, api: api).perform()
        } catch let failure as VendorFailure {
            throw failure.helpdeskError(doing: "hand a conversation off")
        }
    }

    /// Adds what the customer has written since, as an internal note, and opens a ticket that waited for them. One that is closed is
    /// followed by another.
    ///
    /// - Throws: `HelpdeskError`.
    public func append(_ followUp: FollowUp) async throws {
        do {
            try await TicketFollowUp(followUp, configuration: configuration, api: api).perform()
        } catch let failure as VendorFailure {
            throw failure.helpdeskError(doing: "add what the customer wrote")
        }
    }

    /// Notes that the session is over and, where it is resolved and the ticket still the AI's, solves it: in one call, which fails
    /// when somebody changes the ticket at the same time.
    ///
    /// - Throws: `HelpdeskError`.
    public func end(_ ending: ConversationEnding) async throws -> EndingOutcome {
        do {
            return try await TicketEnding(ending, configuration: configuration, api: api).perform()
        } catch let failure as VendorFailure {
            throw failure.helpdeskError(doing: "note that a conversation has ended")
        }
    }

    /// Verifies and reads a webhook about a ticket that we created.
    ///
    /// - Throws: `ChannelError`: `unauthorized` without a valid and fresh signature, `malformed` for what cannot be read.
    public func events(in request: WebhookRequest) async throws -> [TeamEvent] {
        try signature.check(request, now: clock.now())
        guard let event = try ZendeskEvent(request) else { return [] }
        guard let conversation = event.handedOffConversation(answeredSources: configuration.answeredSources) else {
            return []
        }
        return event.activities(agent: configuration.agent).map { id, activity in
            TeamEvent(activity, in: conversation, providerID: id)
        }
    }
}
