internal import OpenCXCore
internal import OpenCXZendesk

extension VendorAccounts {
    mutating func addZendesk(
        _ settings: ZendeskSettings, _ secrets: Secrets, _ http: any HTTPClient, _ clock: any AgentClock,
        beside sunshine: [SunshineSettings]
    ) throws {
        let token = try secrets.value(
            of: settings.tokenVariable, for: settings.email == nil ? "an OAuth access token" : "an API token")
        var configuration = ZendeskConfiguration(
            baseURL: settings.baseURL,
            credentials: settings.email.map { .apiToken(email: $0, token) } ?? .accessToken(token),
            agent: Int64(settings.agent),
            signingSecrets: try settings.signingSecretVariables.map {
                try secrets.value(of: $0, for: "a webhook's signing secret")
            },
            webhooks: settings.webhooks, handlesUnassigned: settings.handlesUnassigned,
            handoffGroup: settings.handoffGroup.map(Int64.init),
            ticketNumberField: settings.ticketNumberField.map(Int64.init), sessionLink: settings.sessionURL,
            believesClaimedAddresses: settings.trustsAddresses)
        // Each conversation goes to one place: live ones to Sunshine Conversations, where there are any.
        configuration.handoffKinds = settings.handoffChannels ?? (sunshine.isEmpty ? nil : [.email])
        if let sources = settings.answeredSources { configuration.answeredSources = sources }
        let (channel, helpdesk) = (ChannelID(settings.id), HelpdeskID(settings.id))
        let desk = ZendeskHelpdesk(id: helpdesk, configuration, http: http, clock: clock)
        helpdesks.append(desk)
        hooks[settings.id] = [.helpdesk(helpdesk)]
        if settings.answersInPlace {
            channels.append(ZendeskChannel(id: channel, helpdesk: helpdesk, configuration, http: http, clock: clock))
            hooks[settings.id] = [.channel(channel), .helpdesk(helpdesk)]
        }
        if let articles = settings.articles {
            sources.append(
                ZendeskArticles(
                    id: KnowledgeSourceID(settings.id), configuration, locales: articles.locales, http: http))
        }
        checks.append(Check(name: settings.id) { await desk.check() })
    }
}
