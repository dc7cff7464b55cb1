internal import OpenCXCore

/// Requests of providers: each channel and helpdesk that has one is called at `/hooks/` and its name.
enum Hooks {
    private static let prefix = "/hooks/"

    /// Where that is, for the access log.
    static let route = prefix + "{channel}"

    /// Answers a provider's request; `nil` when it is for something else.
    static func answer(_ request: WebhookRequest, _ house: House) async -> WebhookResponse? {
        guard request.path.hasPrefix(prefix) else { return nil }
        let name = String(request.path.dropFirst(prefix.count))
        if let targets = house.accounts.hooks[name] { return await answer(request, targets, house.agent) }
        guard house.configuration.hooks.contains(ChannelID(name)) else { return nil }
        return await house.agent.handle(request, on: ChannelID(name))
    }

    /// Lets each of them read what is meant for it. Whoever fails decides, so that the provider tells it again; what was done by then
    /// is known, and done once.
    private static func answer(
        _ request: WebhookRequest, _ targets: [VendorAccounts.Target], _ agent: Agent
    ) async -> WebhookResponse {
        var first: WebhookResponse?
        for target in targets {
            let response =
                switch target {
                case .channel(let id): await agent.handle(request, on: id)
                case .helpdesk(let id): await agent.handle(request, at: id)
                }
            guard (200..<300).contains(response.status) else { return response }
            first = first ?? response
        }
        return first ?? WebhookResponse(status: 404)
    }

    /// Where bodies may be larger than elsewhere: mails come with their files.
    static func largerBodies(_ configuration: Configuration) -> [String: Int] {
        let mails = configuration.email.filter { $0.inbound != nil }
        return Dictionary(
            mails.map { (prefix + $0.id.rawValue, Mailing.largestRequest) }, uniquingKeysWith: { first, _ in first })
    }

    /// Complains about channels that cannot be told apart.
    static func check(_ channels: [any Channel]) throws {
        var seen: Set<ChannelID> = []
        for channel in channels where !seen.insert(channel.id).inserted {
            throw Failure("Two channels are called \"\(channel.id)\". Give each an \"id\" of its own.")
        }
    }
}

extension Configuration {
    /// The channels that providers call.
    var hooks: Set<ChannelID> { Set(sms.map(\.id) + email.filter { $0.inbound != nil }.map(\.id)) }
}
