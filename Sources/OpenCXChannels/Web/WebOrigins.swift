internal import OpenCXCore

/// Which other sites may show the chat: pages of these origins may speak with the server from a visitor's browser.
///
/// There are no cookies here, so such a page learns nothing but what it has begun itself: whoever knows a conversation's id can
/// read the conversation, from any page. What the list keeps out is other people's pages with the team's chat on them.
public struct WebOrigins: Sendable, Hashable {
    private let isAny: Bool
    private let origins: Set<String>

    /// Pages of the server itself only.
    public static let none = WebOrigins([])

    /// Makes a list of origins such as `https://shop.example`; `*` stands for all there are.
    public init(_ origins: [String]) {
        isAny = origins.contains("*")
        self.origins = Set(origins.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 })
    }

    /// What a browser asks before it lets another site's page speak with the server.
    func preflight(_ request: WebhookRequest) -> WebhookResponse {
        answering(
            WebhookResponse(
                status: 204,
                headers: [
                    ("access-control-allow-methods", "GET, POST"),
                    ("access-control-allow-headers", "content-type, last-event-id"),
                    ("access-control-max-age", "7200"),
                ]), to: request)
    }

    /// The response with what lets a page of these origins read it.
    func answering(_ response: WebhookResponse, to request: WebhookRequest) -> WebhookResponse {
        var response = response
        response.headers += headers(for: request)
        return response
    }

    func headers(for request: WebhookRequest) -> [(name: String, value: String)] {
        guard !isAny else { return [("access-control-allow-origin", "*")] }
        // Caches may not hand one site's answer to another.
        let vary = [(name: "vary", value: "origin")]
        guard let origin = request.header("origin"), origins.contains(origin) else {
            return origins.isEmpty ? [] : vary
        }
        return vary + [("access-control-allow-origin", origin)]
    }
}
