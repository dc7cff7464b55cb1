internal import OpenCXCore
internal import OpenCXFront

extension VendorAccounts {
    mutating func addFront(
        _ settings: FrontSettings, _ secrets: Secrets, _ http: any HTTPClient, _ clock: any AgentClock
    ) throws {
        var configuration = FrontConfiguration(
            token: try secrets.value(of: settings.tokenVariable, for: "an API token"), teammate: settings.teammate,
            handlesUnassigned: settings.handlesUnassigned,
            signingKey: try settings.signingKeyVariable.map {
                try secrets.value(of: $0, for: "the application's signing key")
            },
            ruleSecret: try settings.ruleSecretVariable.map {
                try secrets.value(of: $0, for: "the company's API secret")
            },
            trustsSenders: settings.trustsSenders, createsContacts: settings.createsContacts,
            handoffTags: settings.handoffTags, sessionURL: settings.sessionURL)
        if let baseURL = settings.baseURL { configuration.baseURL = baseURL }
        let account = FrontAccount(configuration, http: http, clock: clock)
        let (channel, helpdesk) = (ChannelID(settings.id), HelpdeskID(settings.id))
        channels.append(FrontChannel(id: channel, helpdesk: helpdesk, account))
        helpdesks.append(FrontHelpdesk(id: helpdesk, account))
        hooks[settings.id] = [.channel(channel)]
        if let articles = settings.articles {
            sources.append(
                FrontArticles(
                    id: KnowledgeSourceID(settings.id), bases: articles.bases, siteURL: articles.siteURL, account))
        }
        checks.append(Check(name: settings.id) { await account.check() })
    }
}
