internal import OpenCXCore

/// What the chat page shows before anybody has written.
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

    /// The page, its style and its script; `nil` for any other path.
    func asset(at path: String) -> WebhookResponse? {
        switch path {
        case "/":
            Self.asset(
                ChatPage.html(title: title, greeting: greeting, suggestions: suggestions), type: "text/html")
        case "/chat.css": Self.asset(ChatPage.css, type: "text/css")
        case "/chat.js": Self.asset(ChatPage.script, type: "text/javascript")
        default: nil
        }
    }

    private static func asset(_ text: String, type: String) -> WebhookResponse {
        WebhookResponse(
            status: 200,
            headers: [
                ("content-type", "\(type); charset=utf-8"), ("x-content-type-options", "nosniff"),
                ("referrer-policy", "no-referrer"), ("cache-control", "no-cache"),
                ("content-security-policy", ChatPage.contentSecurityPolicy),
            ], body: Array(text.utf8))
    }
}
