internal import OpenCXCore
internal import OpenCXSunshine

extension VendorAccounts {
    mutating func addSunshine(_ settings: SunshineSettings, _ secrets: Secrets, _ http: any HTTPClient) throws {
        var configuration = SunshineConfiguration(
            baseURL: settings.baseURL, appID: settings.app, keyID: settings.key,
            keySecret: try secrets.value(of: settings.secretVariable, for: "the API key's secret"),
            webhookSecrets: try settings.webhookSecretVariables.map {
                try secrets.value(of: $0, for: "a webhook's secret")
            },
            integration: settings.integration, ticketNumberField: settings.ticketNumberField.map(Int64.init),
            sessionLink: settings.sessionURL)
        if let workspace = settings.agentWorkspace { configuration.agentWorkspace = workspace }
        let helpdesk = SunshineHelpdesk(id: HelpdeskID(settings.id), configuration, http: http)
        helpdesks.append(helpdesk)
        hooks[settings.id] = [.helpdesk(helpdesk.id)]
        checks.append(Check(name: settings.id) { await helpdesk.check() })
    }
}
