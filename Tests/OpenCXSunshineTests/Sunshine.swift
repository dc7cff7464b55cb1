import OpenCXCore
import OpenCXSunshine
import OpenCXTesting

/// Sunshine Conversations as tests play it.
enum Sunshine {
    static let url = "https://acme.zendesk.example/sc"
    static let secret = "wh00k-secret"
    static let now = Timestamp(milliseconds: 1_790_000_000_000)

    static func configuration(_ change: (inout SunshineConfiguration) -> Void = { _ in }) -> SunshineConfiguration {
        var configuration = SunshineConfiguration(
            baseURL: url + "/", appID: "5d8cff3c", keyID: "app_1", keySecret: Secret("k3y"),
            webhookSecrets: [Secret("another"), Secret(secret)], integration: "int-ours",
            sessionLink: "https://support.example.com/inbox/{ticket}")
        change(&configuration)
        return configuration
    }

    static func helpdesk(
        _ http: any HTTPClient, _ change: (inout SunshineConfiguration) -> Void = { _ in }
    ) -> SunshineHelpdesk {
        SunshineHelpdesk(configuration(change), http: http)
    }

    // MARK: Webhooks

    static func request(_ events: [JSONValue], key: String? = secret) -> WebhookRequest {
        let body: JSONValue = [
            "app": ["id": "5d8cff3c"], "webhook": ["id": "w1", "version": "v2"], "events": .array(events),
        ]
        return WebhookRequest(
            path: "/hooks/sunshine",
            headers: [("content-type", "application/json")] + (key.map { [("X-API-Key", $0)] } ?? []),
            body: body.serialized())
    }

    static func message(
        _ content: JSONValue, in conversation: String, id: String = "m900", by author: String = "business",
        name: String? = "Ana", source: String = "zd:agentWorkspace", metadata: JSONValue = .null
    ) -> JSONValue {
        [
            "id": .string("event-of-\(id)"), "type": "conversation:message", "createdAt": "2026-09-21T14:13:20.000Z",
            "payload": [
                "conversation": ["id": .string(conversation), "type": "personal"],
                "message": [
                    "id": .string(id), "received": "2026-09-21T14:13:20.000Z",
                    "author": ["type": .string(author), "displayName": name.map { .string($0) } ?? .null],
                    "content": content, "source": ["type": .string(source)], "metadata": metadata,
                ],
            ],
        ]
    }

    static func text(_ text: String) -> JSONValue { ["type": "text", "text": .string(text)] }

    static func control(_ verb: String, reason: String?, in conversation: String, id: String = "e1") -> JSONValue {
        [
            "id": .string(id), "type": .string("switchboard:\(verb)"), "createdAt": "2026-09-21T14:13:20.000Z",
            "payload": [
                "conversation": ["id": .string(conversation), "type": "personal"],
                "reason": reason.map { .string($0) } ?? .null, "metadata": [:],
            ],
        ]
    }

    // MARK: What goes out

    static func followUp(
        _ text: String = "Hello?", _ reference: String, isRetry: Bool = false, files: [String] = []
    ) -> FollowUp {
        FollowUp(
            idempotencyKey: "s1-9-follow-sunshine", isRetry: isRetry, session: "session-1",
            ticket: TicketNumber(rawValue: 4521), reference: reference,
            line: TranscriptLine(author: .customer, text: UnredactedText(text), at: now),
            files: files.map(UnredactedText.init))
    }

    static func ending(
        _ reference: String, _ status: SessionStatus = .closedResolved, isRetry: Bool = false
    ) -> ConversationEnding {
        ConversationEnding(
            idempotencyKey: "s1-9-ending-sunshine", isRetry: isRetry, session: "session-1",
            ticket: TicketNumber(rawValue: 4521), channel: "web", channelKind: .web, reference: reference,
            status: status, actor: .customer, summary: UnredactedText("Jane asked for the opening hours."),
            sentiment: .happy, tags: [])
    }
}
