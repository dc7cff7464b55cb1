internal import OpenCXCore
internal import OpenCXHubSpot

extension VendorAccounts {
    mutating func addHubSpot(
        _ settings: HubSpotSettings, _ secrets: Secrets, _ http: any HTTPClient, _ clock: any AgentClock
    ) throws {
        let credentials: HubSpotCredentials =
            switch settings.credentials {
            case .token(let variable):
                .privateApp(try secrets.value(of: variable, for: "the private app's access token"))
            case .oauth(let client, let secret, let refresh):
                .oauth(
                    clientID: client, clientSecret: try secrets.value(of: secret, for: "the app's client secret"),
                    refreshToken: try secrets.value(of: refresh, for: "the grant's refresh token"))
            }
        var configuration = HubSpotConfiguration(
            credentials: credentials,
            clientSecret: try secrets.value(
                of: settings.clientSecretVariable, for: "the app's client secret, which signs webhooks"),
            publicURL: settings.publicURL, aiUserID: settings.user, aiOwnerID: settings.ownerOfUser,
            answersUnassigned: settings.answersUnassigned, inboxIDs: settings.inboxes, portalID: settings.portal,
            trustsSenders: settings.trustsSenders, tickets: HubSpotTicketSettings(settings.tickets),
            handoffAssignee: settings.handoffAssignee, passesRepliesOn: settings.passesRepliesOn,
            acceptsOlderSignatures: settings.acceptsOlderSignatures,
            sessionURL: settings.sessionURL)
        if let baseURL = settings.baseURL { configuration.baseURL = baseURL }
        let account = HubSpotAccount(configuration, http: http, clock: clock)
        let (channel, helpdesk) = (ChannelID(settings.id), HelpdeskID(settings.id))
        helpdesks.append(HubSpotHelpdesk(id: helpdesk, of: account))
        if settings.answersInPlace {
            channels.append(HubSpotChannel(id: channel, helpdesk: helpdesk, of: account))
            // An app has one address for everything: what is told of conversations and of tickets.
            hooks[settings.id] = [.channel(channel), .helpdesk(helpdesk)]
        } else {
            hooks[settings.id] = [.helpdesk(helpdesk)]
        }
        checks.append(Check(name: settings.id) { await account.check() })
    }
}

extension HubSpotTicketSettings {
    fileprivate init(_ settings: HubSpotSettings.Tickets) {
        let names = settings.properties
        self.init(
            pipeline: settings.pipeline, stage: settings.stage, closedStages: settings.closedStages,
            closingStage: settings.closingStage, ownerID: settings.owner,
            properties: HubSpotProperties(
                handoffKey: names["handoff_key"], session: names["session"], ticketNumber: names["ticket_number"],
                tags: names["tags"], sentiment: names["sentiment"], reasons: names["reasons"],
                channel: names["channel"]))
    }
}
