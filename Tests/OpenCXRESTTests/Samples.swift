import OpenCXCore

/// A body for each operation that has one, by the operation's name.
enum Samples {
    static let bodies: [String: JSONValue] = [
        "createContact": ["contact": ["email": "kim@example.com", "name": "Kim", "custom_data": ["plan": "pro"]]],
        "updateContact": ["contact": ["name": "Kim Lee"]],
        "createSession": ["contact_id": "contact-1", "channel": ["type": "api"]],
        "filterSessions": ["filters": ["status": ["open"]], "sort_by": "created_at", "page": 1, "limit": 10],
        "updateSession": ["status": "closed_resolved"],
        "sendMessage": ["sender": "contact", "message": ["type": "text", "text": "Do you ship to Spain?"]],
        "addTags": ["tags": ["vip", "refund"]],
        "submitScore": ["score": 4, "comment": "Quick."],
        "createTraining": ["title": "Ask for the order number", "content": "Always ask.", "type": "BEHAVIORAL"],
        "updateTraining": ["content": "Ask once."],
        "updateAutopilot": ["is_on": false],
        "importActions": ["name": "shop", "spec": ["openapi": "3.1.0"]],
        "authenticateUser": ["email": "kim@example.com", "customData": ["plan": "pro"]],
        "redactMessage": ["messageId": "none.1"],
        "redactSession": ["sessionId": "none"],
    ]
}
