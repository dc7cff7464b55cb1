internal import OpenCXCore

/// What the chat shows before anybody has written.
public struct WebChatPage: Sendable, Hashable {
    /// The team's name.
    public var title: String
    /// The first line of the conversation.
    public var greeting: String
    /// Questions to begin with, shown as buttons.
    public var suggestions: [String]

    /// Makes a page.
    public init(title: String = "Help", greeting: String = "Hello! How can I help you?", suggestions: [String] = []) {
        self.title = title
        self.greeting = greeting
        self.suggestions = suggestions
    }

    /// The page or the script; `nil` for any other path.
    func asset(for request: WebhookRequest, files: WebFiles?) -> WebhookResponse? {
        switch request.path {
        case "/":
            return Self.asset(
                ChatPage.html(title: title), type: "text/html", caching: "no-cache",
                more: [("content-security-policy", ChatPage.contentSecurityPolicy)])
        case "/widget.js":
            let script = WidgetScript.text(self, files: files)
            let tag = "\"\(StableHash.hex(script))\""
            let caching = [(name: "etag", value: tag), (name: "cache-control", value: "public, max-age=300")]
            if request.header("if-none-match") == tag { return WebhookResponse(status: 304, headers: caching) }
            // Any page may show it; what may speak with the server is another matter (`WebOrigins`).
            return Self.asset(
                script, type: "text/javascript", caching: "public, max-age=300",
                more: [("etag", tag), ("cross-origin-resource-policy", "cross-origin")])
        default: return nil
        }
    }

    private static func asset(
        _ text: String, type: String, caching: String, more: [(name: String, value: String)]
    ) -> WebhookResponse {
        WebhookResponse(
            status: 200,
            headers: [
                ("content-type", "\(type); charset=utf-8"), ("x-content-type-options", "nosniff"),
                ("referrer-policy", "no-referrer"), ("cache-control", caching),
            ] + more, body: Array(text.utf8))
    }
}
