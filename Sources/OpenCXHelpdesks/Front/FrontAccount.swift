internal import HelpdeskSupport
public import OpenCXCore

/// A company's account at Front: what ``FrontChannel``, ``FrontHelpdesk`` and ``FrontArticles`` have in common.
///
/// ```swift
/// let account = FrontAccount(configuration, http: CurlHTTPClient(), clock: SystemClock())
/// let agent = Agent(AgentParts(…, channels: [FrontChannel(account)], helpdesks: [FrontHelpdesk(account)], …))
/// ```
public struct FrontAccount: Sendable {
    /// How Front is reached.
    public let configuration: FrontConfiguration
    let api: FrontAPI
    let clock: any AgentClock
    let signature: FrontSignature
    let sent = SentMessages()

    /// Makes an account. Nothing is asked yet.
    ///
    /// - Parameters:
    ///   - configuration: the token, the AI's teammate, and what webhooks are signed with.
    ///   - http: what sends. It need not follow redirects.
    ///   - clock: tells whether a webhook is fresh.
    public init(_ configuration: FrontConfiguration, http: any HTTPClient, clock: any AgentClock) {
        self.configuration = configuration
        self.clock = clock
        api = FrontAPI(configuration, http: http)
        signature = FrontSignature(signingKey: configuration.signingKey, ruleSecret: configuration.ruleSecret)
    }

    /// Whether somebody in Front is the AI.
    func isAI(_ teammate: FrontTeammate?) -> Bool { teammate?.id == configuration.teammate }

    /// Who has a conversation.
    func holder(of conversation: FrontConversation) -> ConversationHolder {
        guard let assignee = conversation.assignee else { return configuration.handlesUnassigned ? .ai : .nobody }
        return isAI(assignee) ? .ai : .person(assignee.person)
    }

    /// Verifies and reads a webhook.
    func event(in request: WebhookRequest) throws(ChannelError) -> FrontEvent {
        guard request.method == "POST" else {
            throw ChannelError(.malformed, "Front posts to this address.")
        }
        let origin = try signature.origin(of: request, now: clock.now())
        return try FrontEvent(request.body, from: origin)
    }

    /// Asks Front for what a webhook tells of. When that fails, Front is to tell it again, whatever the reason.
    static func reading<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let failure as VendorFailure {
            var error = failure.channelError(doing: "read what the webhook tells of")
            error.code = .unavailable
            throw error
        }
    }

    /// What Front wants to hear when the webhook's address is saved (dev.frontapp.com/docs/application-webhooks: challenge).
    func acknowledgement(of request: WebhookRequest) -> WebhookResponse {
        guard let challenge = request.header("x-front-challenge"), challenge.utf8.count <= 1000 else {
            return WebhookResponse(status: 200)
        }
        return .json(["challenge": .string(challenge)])
    }
}
