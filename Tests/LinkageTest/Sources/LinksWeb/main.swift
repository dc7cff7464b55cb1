import OpenCXCore
import OpenCXWeb

let request = WebhookRequest(
    path: "/v1/sessions/visitor-0123456789abcdef/messages", headers: [("content-type", "application/json")],
    body: Array(#"{"text": "Hello"}"#.utf8))
print("LinksWeb: \(try await WebChannel().receive(request).count) message")
