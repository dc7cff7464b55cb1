public import OpenCXCore

/// An account at HubSpot: what ``HubSpotChannel`` and ``HubSpotHelpdesk`` share.
public struct HubSpotAccount: Sendable {
    /// How it is reached.
    public let configuration: HubSpotConfiguration
    let api: HubSpotAPI
    let clock: any AgentClock

    /// Names an account; nothing is called yet.
    ///
    /// - Parameters:
    ///   - configuration: how HubSpot is reached, and reaches us.
    ///   - http: what sends.
    ///   - clock: tells how old a webhook is, and when a token ends.
    public init(_ configuration: HubSpotConfiguration, http: any HTTPClient, clock: any AgentClock) {
        self.configuration = configuration
        self.clock = clock
        let baseURL = configuration.baseURL
        api = HubSpotAPI(
            baseURL: baseURL, http: http,
            tokens: HubSpotTokens(configuration.credentials, baseURL: baseURL, http: http, clock: clock))
    }

    /// Verifies a webhook and reads its events.
    func events(in request: WebhookRequest) throws(ChannelError) -> [HubSpotEvent] {
        guard request.method == "POST" else {
            throw ChannelError(.malformed, "HubSpot posts events to this address.")
        }
        let signature = HubSpotSignature(
            secret: configuration.clientSecret, url: configuration.publicURL,
            acceptsOlder: configuration.acceptsOlderSignatures)
        try signature.check(request, now: clock.now())
        let events = try HubSpotEvent.read(request.body)
        guard let portal = configuration.portalID else { return events }
        return events.filter { $0.portalID == nil || $0.portalID == portal }
    }
}
