internal import HelpdeskSupport
public import OpenCXCore

/// Zendesk messaging, where people answer live: a handed off conversation becomes one of Sunshine Conversations', and what people
/// write in it goes to the customer on the session's own channel.
///
/// The customer stays where they are. For the conversation they are a user without a device, found again by our contact's id; the
/// summary and what was said so far stand there as messages of the business, and then control passes to the agent workspace, which
/// makes a ticket of it. What the customer writes from then on is posted as theirs. One session has one conversation.
///
/// E-mail is better handed off as tickets (module `OpenCXZendesk`).
///
/// Mount ``/OpenCXCore/Agent/handle(_:at:)`` at the address of a conversations integration that is subscribed to
/// `conversation:message`, `switchboard:releaseControl` and `switchboard:passControl`.
public struct SunshineHelpdesk: Helpdesk {
    /// Names the helpdesk.
    public let id: HelpdeskID

    let configuration: SunshineConfiguration
    let api: SunshineAPI
    private let key: SunshineWebhookKey

    /// Makes a helpdesk; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - id: names the helpdesk; stays the same from run to run.
    ///   - configuration: the app.
    ///   - http: what sends.
    public init(id: HelpdeskID = "sunshine", _ configuration: SunshineConfiguration, http: any HTTPClient) {
        self.id = id
        self.configuration = configuration
        api = SunshineAPI(configuration, http: http)
        key = SunshineWebhookKey(secrets: configuration.webhookSecrets)
    }

    /// Live channels; mails are no conversation of Sunshine's.
    public func takes(_ kind: ChannelKind) -> Bool { kind != .email }

    /// Makes a conversation, or goes on with the one that there is. A second try looks for what the first one got through.
    ///
    /// - Throws: `HelpdeskError`.
    public func open(_ handoff: HandoffPackage) async throws -> HelpdeskReceipt {
        do {
            return try await SunshineHandoff(handoff, configuration: configuration, api: api).perform()
        } catch let failure as VendorFailure {
            throw failure.helpdeskError(doing: "hand a conversation off")
        }
    }

    /// Posts what the customer has written since, in their name. If people have let go of the conversation, they get it again.
    ///
    /// - Throws: `HelpdeskError`.
    public func append(_ followUp: FollowUp) async throws {
        do {
            try await SunshineFollowUp(followUp: followUp, configuration: configuration, api: api).perform()
        } catch let failure as VendorFailure {
            throw failure.helpdeskError(doing: "add what the customer wrote")
        }
    }

    /// Tells the people who have the conversation that the session is over. The ticket stays theirs: only they close it.
    ///
    /// - Throws: `HelpdeskError`.
    public func end(_ ending: ConversationEnding) async throws -> EndingOutcome {
        do {
            return try await SunshineEnding(ending, configuration: configuration, api: api).perform()
        } catch let failure as VendorFailure {
            throw failure.helpdeskError(doing: "note that a conversation has ended")
        }
    }

    /// Verifies and reads a webhook: what people wrote, and that they closed the ticket.
    ///
    /// - Throws: `ChannelError`: `unauthorized` without a secret that fits, `malformed` for what cannot be read.
    public func events(in request: WebhookRequest) async throws -> [TeamEvent] {
        try key.check(request)
        return try SunshineEvents.read(request)
    }
}
