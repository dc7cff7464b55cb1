public import OpenCXCore

extension HubSpotAccount {
    /// Takes in a webhook of the app for the channel and the helpdesk alike, for an app has one address for all of its
    /// events.
    ///
    /// 2xx only when both have recorded what is theirs. When the one has and the other has not, HubSpot tells it all
    /// again; what is recorded is known by its id.
    ///
    /// - Parameters:
    ///   - request: what HubSpot posted.
    ///   - agent: the agent that has both.
    ///   - channel: the channel's id; `nil` where no conversations are answered in place.
    ///   - helpdesk: the helpdesk's id.
    public static func answer(
        _ request: WebhookRequest, by agent: Agent, channel: ChannelID? = "hubspot", helpdesk: HelpdeskID = "hubspot"
    ) async -> WebhookResponse {
        if let channel {
            let response = await agent.handle(request, on: channel)
            guard (200..<300).contains(response.status) else { return response }
        }
        return await agent.handle(request, at: helpdesk)
    }
}
