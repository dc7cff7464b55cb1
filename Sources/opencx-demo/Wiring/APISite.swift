internal import OpenCXAccess
internal import OpenCXCore
internal import OpenCXREST

/// The REST API on the demo's listener.
struct APISite: Sendable {
    private let api: RESTAPI

    init(_ house: House, _ widget: WidgetSite?) {
        let clock = house.agent.parts.clock
        let settings = house.configuration.api
        var parts = RESTParts(
            agent: house.agent, keys: APIKeys(store: house.access, ids: house.agent.parts.ids, clock: clock),
            memory: AnswerMemory(store: house.access, clock: clock),
            limiter: RateLimiter(.init(settings.requestsPerMinute, per: .seconds(60)), clock: clock),
            documents: house.access, replyWait: settings.replyWait)
        let imported = house.imported
        parts.importActions = { request in try await imported.take(request, at: clock.now()) }
        if let widget { parts.authenticateWidgetUser = { user in try await widget.authenticate(user) } }
        api = RESTAPI(parts)
    }

    func answer(_ request: WebhookRequest) async -> WebhookAnswer? { await api.answer(request) }
}
