internal import OpenCXCore

/// What browsers are told of other origins: the widget runs on the team's page and talks to this server.
///
/// There are no cookies, so nothing is ever done in a visitor's name that their page's script does not hold a token for.
struct CrossOrigin: Sendable {
    let allowed: Set<String>?

    /// Whether the page that made the request may use the API. What is no browser names no origin.
    func allows(_ request: WebhookRequest) -> Bool {
        guard let allowed, let origin = request.header("origin") else { return true }
        return allowed.contains(origin)
    }

    /// The answer to a browser that asks before it sends.
    func preflight(_ request: WebhookRequest) -> WebhookResponse {
        guard allows(request) else { return WidgetProblem.forbiddenOrigin.response }
        return WebhookResponse(
            status: 204,
            headers: [
                ("access-control-allow-methods", "GET, POST, OPTIONS"),
                ("access-control-allow-headers", "Accept, Authorization, Content-Type, User-Agent, X-Bot-Token"),
                ("access-control-max-age", "7200"),
            ])
    }

    /// What every answer carries, so that the page's script may read it.
    func headers(for request: WebhookRequest) -> [(name: String, value: String)] {
        guard let allowed else {
            return [("access-control-allow-origin", "*"), ("access-control-expose-headers", Self.exposed)]
        }
        guard let origin = request.header("origin"), allowed.contains(origin) else { return [("vary", "Origin")] }
        return [
            ("access-control-allow-origin", origin), ("access-control-expose-headers", Self.exposed),
            ("vary", "Origin"),
        ]
    }

    private static let exposed =
        "RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, X-Vercel-AI-UI-Message-Stream"
}
